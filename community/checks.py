"""What must be true before the site starts."""

from django.conf import settings
from django.core.checks import Error, register
from django.core.checks import Warning as Caution


@register()
def connections_are_not_kept(app_configs, **kwargs):
    """Under ASGI a kept connection is never found again: it only piles up."""
    if settings.DATABASES["default"].get("CONN_MAX_AGE", 0) != 0:
        return [Error("CONN_MAX_AGE must be 0 under ASGI.", id="community.E001")]
    return []


@register()
def hosts_are_named(app_configs, **kwargs):
    """A star in ALLOWED_HOSTS would admit sockets from every origin."""
    if "*" in settings.ALLOWED_HOSTS:
        return [Error("ALLOWED_HOSTS must name its hosts.", id="community.E002")]
    return []


@register()
def limits_are_shared(app_configs, **kwargs):
    """Counters in the memory of one process do not hold for several."""
    if "postgresql" in settings.DATABASES["default"]["ENGINE"] and not settings.REDIS_URL:
        return [Caution("PostgreSQL without REDIS_URL: run one process only.", id="community.W001")]
    return []
