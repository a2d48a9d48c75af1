"""Static files: hashed names, also inside our own modules, one style sheet for the page and one file for each script."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

GATHERED = "css/main.css"
MODULE = re.compile(r"js/[a-z-]+\.js")
BRINGS = re.compile(r"""^import (?:\{([^}]*)\} from )?"\./([a-z-]+)\.js";\n""", re.MULTILINE)
GIVES = re.compile(r"^export ((?:async )?function|class|const) ([A-Za-z]+)", re.MULTILINE)
PICTURE = re.compile(r"""url\("\.\./(img/[\w-]+\.svg)"\)""")
IMPORT = re.compile(r"""@import\s+url\(["']?([^"')]+)["']?\)[^;]*;|@import\s+["']([^"']+)["'][^;]*;""")


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Hashed names for style sheets and for the modules in `js/`; other packages' scripts stay as they are.

    `main.css` names the style sheets by `@import`; here it becomes one file, so that
    a page asks for one. Each module becomes one file with those that it imports.
    """

    support_js_module_import_aggregation = True
    manifest_strict = False
    _js_module_import_aggregation_patterns = (
        "js/*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )

    def post_process(self, paths: dict, dry_run: bool = False, **options) -> Iterator:
        ours = [name for name in paths if not dry_run and (name == GATHERED or MODULE.fullmatch(name))]
        for name in ours:
            whole = gathered() if name == GATHERED else whole_module(name)
            self.delete(name)
            self._save(name, ContentFile(whole.encode()))
            paths = paths | {name: (self, name)}  # read from here on, and not from its source
        yield from super().post_process(paths, dry_run, **options)


def gathered() -> str:
    """`main.css` with each style sheet that it imports put in its place, and their small pictures in theirs."""
    css = IMPORT.sub(lambda found: source(f"css/{found[1] or found[2]}"), source(GATHERED))
    return PICTURE.sub(lambda found: f'url("data:image/svg+xml,{quote(source(found[1]))}")', css)


def source(name: str) -> str:
    return Path(str(finders.find(name))).read_text()


def whole_module(name: str) -> str:
    """The module with all that it imports before it, each in a scope of its own. As it stands when it imports nothing."""
    parts: dict[str, str] = {}
    alone = put_before(parts, name)
    return alone if len(parts) == 1 else "\n".join(parts.values())


def put_before(parts: dict[str, str], name: str) -> str:
    """Add to `parts` (by name, in the order in which they run) what a module imports, and then itself."""
    code = source(name)
    for _names, other in BRINGS.findall(code):
        if f"js/{other}.js" not in parts:
            put_before(parts, f"js/{other}.js")
    body = BRINGS.sub(lambda found: f"const {{{found[1]}}} = {scope(found[2])};\n" if found[1] else "", code)
    given = ", ".join(found[2] for found in GIVES.finditer(code))
    body = GIVES.sub(lambda found: f"{found[1]} {found[2]}", body)
    parts[name] = f"const {scope(Path(name).stem)} = (() => {{\n{body}return {{ {given} }};\n}})();\n"
    return code


def scope(stem: str) -> str:
    """What a module is called inside another file."""
    return "_" + stem.replace("-", "_")
