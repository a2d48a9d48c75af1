from django.urls import include, path

from tests.bench.bare import bare, store

urlpatterns = [path("bench/bare/", bare), path("bench/bare/store/", store), path("", include("community.urls"))]
