"""What every test may ask for. The clock and the mail server are the only things that are not real."""

import pytest
from django.conf import settings

from community.catalogue import compile_stale

compile_stale()


def pytest_configure(config):
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # the server's entry looks there when it is imported
    config.addinivalue_line("markers", "e2e: in a real browser; in a run of its own")
    config.addinivalue_line("markers", "services: needs PostgreSQL and Redis")


@pytest.fixture(autouse=True)
def _plain_settings(settings, tmp_path):
    """Static files without hashed names, mail kept in memory, no limits unless a test asks for them."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.WHITENOISE_AUTOREFRESH = True  # looks for a file when it is asked, so none has to be gathered first
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.RATE_LIMITS = False
    settings.UPLOADS_DIR = tmp_path / "uploads"


@pytest.fixture
def enter(client):
    """Sign a person in and give the client: `enter(person).get("/")`."""

    def enter(person):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return enter
