"""What may have gone on in the circle: what happens to it in the chat happens there, too."""

from typing import Any


class Keepable:
    """A message or a question. Its `keeps` tell where its words stand besides; call these in a transaction."""

    keeps: Any

    def go_from_circle(self, by) -> None:
        """Taken away here is taken away there."""
        for keep in self.keeps.with_posts():
            keep.take_out(by)

    def hide_in_circle(self, by, reason: str) -> None:
        for keep in self.keeps.with_posts():
            if keep.is_placed:
                keep.post.hide(by, reason)

    def restore_in_circle(self, by) -> None:
        for keep in self.keeps.with_posts():
            if keep.is_placed:
                keep.post.restore(by)
