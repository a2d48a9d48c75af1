"""The browser of the system: Debian's Chromium, or any that the path knows."""

import os
import shutil

QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)


def path() -> str | None:
    """Where Chromium is; None when there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    return None


def find() -> dict:
    """The arguments of `playwright.chromium.launch`."""
    args = list(QUIET)
    if os.geteuid() == 0:
        args.append("--no-sandbox")
    return {"executable_path": path(), "args": args}
