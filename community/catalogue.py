"""The translations: compiled when stale, extracted and checked without gettext.

`.mo` files are not committed. Whatever starts the project (manage.py, the ASGI
entry, the tests) calls `compile_stale()` first.
"""

import io
import os
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

BASE = Path(__file__).resolve().parent.parent
LOCALE = BASE / "community" / "locale"
LANGUAGES = ("nl", "en")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
METHODS = [
    ("tests/**", "ignore"),
    ("accounts/**.py", "python"),
    ("forums/**.py", "python"),
    ("events/**.py", "python"),
    ("community/**.py", "python"),
    ("templates/**.html", "community.catalogue:extract_template"),
    ("templates/**.txt", "community.catalogue:extract_template"),
]


def po_file(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def compile_stale() -> list[str]:
    """Compile each catalogue whose `.mo` is missing or older. Returns the languages compiled."""
    done = []
    for language in LANGUAGES:
        source = po_file(language)
        target = source.with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
            continue
        draft = target.with_suffix(f".{os.getpid()}.tmp")
        with draft.open("wb") as out:
            write_mo(out, read(language))
        draft.replace(target)  # whole or not at all: several processes may start at once
        done.append(language)
    return done


def read(language: str) -> Catalog:
    with po_file(language).open("rb") as source:
        return read_po(source, locale=language)


def extract_template(fileobj, keywords, comment_tags, options) -> Iterator:
    """Babel's extractor for Django templates: Django turns them into Python first."""
    source = templatize(fileobj.read().decode(), origin=getattr(fileobj, "name", None))
    flat = "\n".join(line.lstrip() for line in source.split("\n"))  # how a template is indented is no Python
    return extract_python(io.BytesIO(flat.encode()), keywords, comment_tags, options)


def extracted() -> Catalog:
    """Every string of the project that can be translated."""
    found = Catalog(fuzzy=False)
    directories = [(m, how) for m, how in METHODS]
    for name, _line, text, comments, context in extract_from_dir(
        BASE, directories, keywords=KEYWORDS, directory_filter=_wanted
    ):
        found.add(text, None, [(name, 0)], auto_comments=comments, context=context, flags=_flags(text))
    return found


def _flags(text) -> list[str]:
    sample = text if isinstance(text, str) else text[0]
    return ["python-format"] if "%(" in sample else []


def _wanted(path) -> bool:
    return not Path(path).name.startswith((".", "node_modules", "var"))


def update(language: str, known: Catalog | None = None) -> Catalog:
    """Bring the catalogue of `language` up to date with the sources; `known` may bring translations along."""
    old = read(language) if po_file(language).exists() else Catalog(locale=language)
    if known:
        for message in known:
            if message.id and _translated(message):
                old.delete(_key(message), message.context)  # assigning alone would keep the old words
                old[_key(message)] = message
    fresh = Catalog(locale=language, project="Ruggespraak", version="1", fuzzy=False)
    for message in extracted():
        if message.id:
            before = old.get(_key(message), context=message.context)
            fresh.add(
                message.id,
                before.string if before else "",
                message.locations,
                context=message.context,
                flags=message.flags,
            )
    po_file(language).parent.mkdir(parents=True, exist_ok=True)
    with po_file(language).open("wb") as out:
        write_po(out, fresh, sort_output=True, omit_header=False, width=120, include_lineno=False)
    return fresh


def missing(language: str) -> list[Message]:
    """Strings of the sources that `language` does not translate."""
    have = read(language)
    return [m for m in extracted() if m.id and not _translated(have.get(_key(m), context=m.context))]


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _translated(message: Message | None) -> bool:
    if message is None:
        return False
    parts = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(parts)
