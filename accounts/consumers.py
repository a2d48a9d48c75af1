"""The line of one person: it ends on every open page when access does."""

from collections.abc import Sequence

from accounts.live.consumer import LiveConsumer
from accounts.live.room import LANGUAGES, News
from accounts.models import Epoch, User


class MeConsumer(LiveConsumer):
    """A room with one person in it. It has no news of its own yet."""

    model = User

    def thing_for(self, person) -> User | None:
        self.key = person.pk
        return super().thing_for(person)

    @classmethod
    def news(cls, pk, after: int | None, codes: Sequence[str] = LANGUAGES) -> News:
        return News([], Epoch.now(), after or 0)

    @classmethod
    def last_seqs(cls, pks: list) -> dict:
        return {}
