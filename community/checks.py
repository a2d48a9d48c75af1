"""What must be true before the site starts."""

from django.conf import settings
from django.core.checks import Error, register
from django.core.checks import Warning as Caution


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
