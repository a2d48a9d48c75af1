from django.apps import AppConfig


class ResearchConfig(AppConfig):
    name = "accounts.research"
    label = "research"
    verbose_name = "Research register"
