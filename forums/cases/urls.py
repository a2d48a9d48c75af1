"""Addresses of cases."""

from django.urls import path

from forums.cases.views import cases

app_name = "cases"
urlpatterns = [
    path("", cases.cases, name="cases"),
    path("<uuid:pk>/", cases.case, name="case"),
]
