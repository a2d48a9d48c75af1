from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "forums.moderation"
    label = "moderation"
    verbose_name = "Reports and what is done with them"

    def ready(self) -> None:
        from forums.moderation import letters  # noqa: F401, PLC0415  (needs the apps)
