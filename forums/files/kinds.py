"""Which files are taken: by what is in them, never by what they call themselves."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.words import CONTROLS
from forums.files import office, pictures
from forums.files.faults import Refused
from forums.files.names import extension, shown_name

MOST = 10 * 1024 * 1024  # bytes of one file
KINDS = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}
ALIKE = {"jpeg": "jpg", "jpe": "jpg", "jfif": "jpg", "text": "txt"}
ENCODINGS = ("utf-8-sig", "cp1252")


@dataclass(frozen=True)
class Taken:
    """A file that may stay: its name, its kind, and what is kept of it."""

    name: str
    kind: str
    data: bytes


def taken(raw_name: str, data: bytes) -> Taken:
    """Judge a file and make it safe. Raises Refused with the reason."""
    name = shown_name(raw_name)
    if not data:
        raise Refused(_("It is empty."))
    if len(data) > MOST:
        raise too_large()
    called = ALIKE.get(extension(name), extension(name))
    kind = kind_of(data, called)
    if not kind or called not in KINDS:
        raise Refused(
            _("We do not take this kind of file. Fit are: %(kinds)s.") % {"kinds": ", ".join(KINDS)},
        )
    if kind != called:
        raise Refused(
            _("Its name says %(called)s, but it is a %(kind)s file inside. Give it the name that fits.")
            % {"called": called, "kind": kind}
        )
    return Taken(name, kind, made_safe(kind, data))


def too_large() -> Refused:
    return Refused(_("It is too large. At most 10 MB fit."))


def kind_of(data: bytes, called: str) -> str:
    """What a file is by its content; `called` tells only whether a text is a table."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith(b"PK\x03\x04"):
        return office.kind_of(data)
    if is_text(data):
        return "csv" if called == "csv" else "txt"
    return ""


def is_text(data: bytes) -> bool:
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ENCODINGS
    for encoding in encodings:
        try:
            return not CONTROLS.search(data.decode(encoding).replace("\f", ""))
        except UnicodeDecodeError:
            continue
    return False


def made_safe(kind: str, data: bytes) -> bytes:
    if kind in pictures.READERS:
        return pictures.made_again(kind, data)
    if kind in office.MICROSOFT.values() or kind in office.OPEN.values():
        return office.nameless(data)
    return data
