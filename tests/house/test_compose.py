"""The grown shape cannot be started everywhere; what it says is held against the project."""

import re
from pathlib import Path

import yaml
from django.core.management import get_commands, load_command_class
from django.urls import resolve

BASE = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((BASE / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("migrate", "web", "worker")


def known_variables() -> set[str]:
    return set(re.findall(r"^# ([A-Z_]+)=", (BASE / ".env.example").read_text(), re.MULTILINE))


def test_it_has_every_part():
    assert set(SERVICES) == {"proxy", "migrate", "web", "worker", "postgres", "redis"}
    assert SERVICES["web"]["deploy"]["replicas"] >= 2


def test_our_parts_run_commands_that_exist_with_options_that_they_take():
    for name in OURS:
        words = SERVICES[name]["command"].split()
        assert words[:2] == ["python", "manage.py"]
        command = load_command_class(get_commands()[words[2]], words[2])
        command.create_parser("manage.py", words[2]).parse_args(words[3:])


def test_our_parts_are_not_root_and_cannot_write_their_own_files():
    for name in OURS:
        service = SERVICES[name]
        assert service["user"].split(":")[0] not in ("", "0", "root")
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]


def test_the_variables_are_ones_that_the_settings_read():
    source = (BASE / "community" / "settings.py").read_text()
    for name in OURS:
        for variable in SERVICES[name]["environment"]:
            assert f'"{variable}"' in source, variable
            assert variable in known_variables()


def test_every_variable_of_the_settings_is_in_the_example():
    source = (BASE / "community" / "settings.py").read_text()
    read = set(re.findall(r'(?:env\.\w+|_kept|env\.email_url)\(\s*"([A-Z_]+)"', source))
    assert read <= known_variables() | {"EMAIL_URL"}
    assert known_variables() - read <= {"EMAIL_URL"}


def test_the_database_is_migrated_once_before_anything_else_starts():
    for name in ("web", "worker"):
        assert SERVICES[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert SERVICES["migrate"]["restart"] == "no"
    assert "--no-migrate" in SERVICES["web"]["command"]


def test_health_is_asked_at_an_address_that_exists():
    asked = " ".join(SERVICES["web"]["healthcheck"]["test"])
    path = re.search(r"http://127\.0\.0\.1:8000(/\w+)", asked)[1]
    assert resolve(path).view_name == "community:healthz"
    for name in ("web", "postgres", "redis"):
        assert SERVICES[name]["healthcheck"]["interval"]


def test_the_parts_find_each_other_by_name():
    environment = SERVICES["web"]["environment"]
    assert "@postgres:5432/" in environment["DATABASE_URL"]
    assert environment["REDIS_URL"].startswith("redis://redis:")
    assert "--to web:8000" in SERVICES["proxy"]["command"]
