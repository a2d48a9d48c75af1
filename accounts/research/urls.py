"""Addresses of the register and of studies."""

from django.urls import path

from accounts.research.views import register, studies

app_name = "research"
urlpatterns = [
    path("", register.register, name="register"),
    path("consent/", register.consent, name="consent"),
    path("withdraw/", register.withdraw, name="withdraw"),
    path("receipt/", register.receipt, name="receipt"),
    path("receipt.txt", register.receipt_file, name="receipt_file"),
    path("studies/", studies.studies, name="studies"),
    path("studies/<uuid:pk>/", studies.study, name="study"),
]
websocket_urlpatterns: list = []
