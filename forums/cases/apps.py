from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "forums.cases"
    label = "cases"
    verbose_name = "Cases from someone's own work"
