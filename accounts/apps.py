from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People and trust"

    def ready(self) -> None:
        from accounts import letters, listeners  # noqa: F401, PLC0415  (need the apps)
