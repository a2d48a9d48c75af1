"""Every address and socket of the site, found in the address book itself."""

from collections.abc import Iterator

from django.urls import URLResolver, get_resolver

from community.urls import websocket_urlpatterns

KEY = "00000000-0000-4000-8000-000000000000"
# What stands for each argument of an address when nothing real is meant.
SAMPLES = {"uuid": KEY, "int": "1", "slug": "nowhere", "string": "nowhere", "path": "nowhere"}


def arguments(one) -> dict[str, str]:
    """Arguments that fit a part of an address and name nothing that exists."""
    converters = getattr(one.pattern, "converters", {})
    known = {name: SAMPLES[type(kind).__name__.removesuffix("Converter").lower()] for name, kind in converters.items()}
    return known or dict.fromkeys(one.pattern.regex.groupindex, "1")


def patterns(
    resolver: URLResolver | None = None, space: str = "", known: dict | None = None
) -> Iterator[tuple[str, dict]]:
    """(view name, sample arguments) of every HTTP address."""
    for one in (resolver or get_resolver()).url_patterns:
        merged = (known or {}) | arguments(one)
        if isinstance(one, URLResolver):
            yield from patterns(one, f"{space}{one.namespace}:" if one.namespace else space, merged)
        else:
            yield f"{space}{one.name or one.pattern}", merged


def samples() -> dict[str, dict]:
    """View name -> arguments that fit and name nothing."""
    return dict(patterns())


def names() -> list[str]:
    return sorted(samples())


def sockets() -> list:
    return list(websocket_urlpatterns)
