from django.urls import include, path

from tests.bench.bare import bare

urlpatterns = [path("bench/bare/", bare), path("", include("community.urls"))]
