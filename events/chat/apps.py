from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "events.chat"
    label = "chat"
    verbose_name = "The room of a session"

    def ready(self) -> None:
        from events.chat import mails, reported  # noqa: F401, PLC0415  (needs the apps)
