"""By what someone is signed in, in words: a browser on a system."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

# The first that occurs counts: Edge and Opera also say Chrome, Chrome also says Safari.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def first(known: tuple, text: str) -> str:
    return next((name for sign, name in known if sign in text), "")


@dataclass(frozen=True)
class Device:
    browser: str
    system: str

    @classmethod
    def of(cls, user_agent: str) -> "Device":
        return cls(first(BROWSERS, user_agent), first(SYSTEMS, user_agent))

    def __str__(self) -> str:
        if self.browser and self.system:
            return _("%(browser)s on %(system)s") % {"browser": self.browser, "system": self.system}
        return self.browser or self.system or _("An unknown device")

    @property
    def icon(self) -> str:
        return "smartphone" if self.system in ("iPhone", "iPad", "Android") else "presentation"
