"""Finished pieces of pages, kept ready in memory for a short while.

A piece is found only under the number of the last change of its row, which was read just
before: what was changed or taken back is never shown again, and is gone from memory with it.
"""

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from accounts.clock import today

KEPT = 2_000  # rows
VARIANTS = 20  # per row: languages, and numbers of what is new
AGE = 600  # seconds
GAP = re.compile(r">\s*\n\s*<")  # between two marks: never within a text, where these signs are written as names


@dataclass(slots=True)
class Item:
    stamp: Hashable
    born: float
    made: dict[Hashable, SafeString] = field(default_factory=dict)


class Shelf:
    """Pieces by the key of their row, oldest first."""

    def __init__(self) -> None:
        self.items: OrderedDict[Hashable, Item] = OrderedDict()
        self.lock = threading.Lock()

    def take(self, key: Hashable, stamp: Hashable, variant: Hashable, make: Callable[[], SafeString]) -> SafeString:
        """The piece of `key` as it is at `stamp`, made when it is not there."""
        moment = time.monotonic()
        with self.lock:
            item = self.items.get(key)
            if item is None or item.stamp != stamp or item.born < moment - AGE or len(item.made) > VARIANTS:
                self.items.pop(key, None)
                item = self.items[key] = Item(stamp, moment)
                self.shrink(moment)
        if variant not in item.made:
            item.made[variant] = make()
        return item.made[variant]

    def forget(self, *keys: Hashable) -> None:
        with self.lock:
            for key in keys:
                self.items.pop(key, None)

    def shrink(self, moment: float) -> None:
        while len(self.items) > KEPT or next(iter(self.items.values())).born < moment - AGE:
            self.items.popitem(last=False)


shelf = Shelf()


def piece_of_post(post: Any) -> SafeString:
    """`_post.html`: the same in the page, in the answer to a reply, and over the live line. Needs author and topic."""
    variant = (get_language(), today(), post.author.name if post.author else None, post.topic.author_id)
    return shelf.take(post.pk, post.seq, variant, lambda: rendered("forums/_post.html", post=post))


def rendered(template: str, **words: Any) -> SafeString:
    """The piece without the indentation of its template, which would weigh as much as the marks that it indents."""
    return SafeString(GAP.sub(">\n<", get_template(template).render(words)))  # nothing but white space goes
