from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "community"
    verbose_name = "Community"

    def ready(self) -> None:
        from community import checks  # noqa: F401, PLC0415  (registers; needs the apps)
