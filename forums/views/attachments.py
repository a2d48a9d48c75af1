"""Fetching a file of a post, as somebody who reads that post."""

import re
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from forums.files import store
from forums.models import Attachment

ALONE = "sandbox; default-src 'none'"  # should a browser open it all the same, it can do nothing
ONE_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")


@require_safe
def attachment(request: HttpRequest, pk) -> HttpResponse:
    return send(request, Attachment.objects.read_or_404(request.user, pk=pk))


def send(request: HttpRequest, found: Attachment) -> HttpResponse:
    """The bytes of a file that this reader may have."""
    try:
        data = store.read(found.stored)
    except FileNotFoundError:
        raise Http404 from None
    response = part(data, request.headers.get("Range", ""))
    for header, value in {
        "Content-Type": found.mime,
        "Content-Disposition": disposition(found.name),
        "Content-Security-Policy": ALONE,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "Accept-Ranges": "bytes",
    }.items():
        response.headers[header] = value
    return response


def disposition(name: str) -> str:
    """Saved, never shown, under its own name; a plain one for programs that know no other letters."""
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def part(data: bytes, asked: str) -> HttpResponse:
    """All of it, or the one stretch that was asked for."""
    match = ONE_RANGE.fullmatch(asked.strip())
    if not match or match.groups() == ("", ""):
        return HttpResponse(data)
    size, (first, last) = len(data), match.groups()
    begin = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if begin > end or begin >= size:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    return HttpResponse(data[begin : end + 1], status=206, headers={"Content-Range": f"bytes {begin}-{end}/{size}"})
