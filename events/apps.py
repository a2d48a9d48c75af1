from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
    label = "events"
    verbose_name = "Sessions and return days"

    def ready(self) -> None:
        from events import mails  # noqa: F401, PLC0415  (needs the apps)
