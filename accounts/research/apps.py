from django.apps import AppConfig


class ResearchConfig(AppConfig):
    name = "accounts.research"
    label = "research"
    verbose_name = "Research register"

    def ready(self) -> None:
        from accounts.research import letters  # noqa: F401, PLC0415  (needs the apps)
