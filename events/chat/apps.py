from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "events.chat"
    label = "chat"
    verbose_name = "The room of a session"
