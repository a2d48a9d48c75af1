"""What every test may ask for. The clock and the mail server are the only things that are not real."""

import os
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.utils.translation.reloader import translation_file_changed

from community.catalogue import compile_stale, po_file

for language in compile_stale():  # the models read the words when there were none yet
    translation_file_changed(None, po_file(language).with_suffix(".mo"))


def pytest_configure(config):
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # the server's entry looks there when it is imported
    config.addinivalue_line("markers", "e2e: in a real browser; in a run of its own")
    config.addinivalue_line("markers", "services: needs PostgreSQL and Redis")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A thread of what was tested may hold its connection for a moment longer; the database can be dropped all the same."""
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )


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
    if settings.REDIS_URL:  # what one worker clears is not another's
        number = 10 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) % 5
        place = urlsplit(settings.REDIS_URL)._replace(path=f"/{number}").geturl()
        settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": place}}


@pytest.fixture
def enter(client):
    """Sign a person in and give the client: `enter(person).get("/")`."""

    def enter(person):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return enter
