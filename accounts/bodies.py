"""How much someone may send at once."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest

ROOM = 64 * 1024  # bytes for what surrounds the fields of a form


def takes_files(view: Callable) -> Callable:
    """Mark a view whose form may hold files; any other hears "too large" before its body is read."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def is_too_large(request: HttpRequest, view: Callable) -> bool:
    """Whether the body that comes in is larger than `view` takes, as its head tells."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    size = int(length) if length.isascii() and length.isdigit() else 0
    files = getattr(view, "takes_files", False) and request.content_type == "multipart/form-data"
    return size > (settings.REQUEST_MAX_SIZE if files else settings.DATA_UPLOAD_MAX_MEMORY_SIZE + ROOM)
