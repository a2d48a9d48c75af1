from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "forums.cases"
    label = "cases"
    verbose_name = "Cases from someone's own work"

    def ready(self) -> None:
        from forums.cases import mails  # noqa: F401, PLC0415  (needs the apps)
