from django.apps import AppConfig
from django.db.models.signals import post_migrate

from forums import index


class ForumsConfig(AppConfig):
    name = "forums"
    label = "forums"
    verbose_name = "What people write"

    def ready(self) -> None:
        post_migrate.connect(index.keep, sender=self)
