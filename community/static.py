"""Static files: hashed names, also inside our own modules, and one style sheet for the page."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

GATHERED = "css/main.css"
IMPORT = re.compile(r"""@import\s+url\(["']?([^"')]+)["']?\)[^;]*;|@import\s+["']([^"']+)["'][^;]*;""")


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Hashed names for style sheets and for the modules in `js/`; other packages' scripts stay as they are.

    `main.css` names the style sheets by `@import`; here it becomes one file, so that
    a page asks for one.
    """

    support_js_module_import_aggregation = True
    manifest_strict = False
    _js_module_import_aggregation_patterns = (
        "js/*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )

    def post_process(self, paths: dict, dry_run: bool = False, **options) -> Iterator:
        if not dry_run and GATHERED in paths:
            self.delete(GATHERED)
            self._save(GATHERED, ContentFile(gathered().encode()))
            paths = paths | {GATHERED: (self, GATHERED)}  # read from here on, and not from its source
        yield from super().post_process(paths, dry_run, **options)


def gathered() -> str:
    """`main.css` with each style sheet that it imports put in its place."""
    main = Path(str(finders.find(GATHERED)))
    return IMPORT.sub(lambda found: (main.parent / (found[1] or found[2])).read_text(), main.read_text())
