"""A case is looked over before others read it: each page of one that they read already, and a draft as a whole."""

from collections.abc import Callable
from functools import partial

from django import forms
from django.http import QueryDict

from forums.cases.models import Case
from forums.models.alias import sealed_key
from forums.writing.review import Careful, Nearby, folded_names

TEXTS = {
    "context": ("title", "sector", "context"),
    "situation": ("situation", "actions_tried"),
    "question": ("question",),
}
ANSWERS = ("fine", "seen", "good", "swap")


def nearby(user, case: Case, *, named: bool) -> Callable[[], Nearby]:
    """Where `case` is written. Its replies get the same neutral words. `named`: it stands under the own name."""
    names = folded_names([user.name]) if named else frozenset()
    return partial(Nearby, str(sealed_key(user, case.pk)), names)


class WholeCase(Careful):
    """All words of a draft, and what its author answers about them; what is swapped goes into the draft."""

    def __init__(self, case: Case, sent: QueryDict) -> None:
        self.case = case
        self.factors = list(case.factors.all())
        texts = {f"{step}.{name}": getattr(case, name) for step, names in TEXTS.items() for name in names}
        texts |= {f"factor.{factor.pk}": factor.text for factor in self.factors}
        data = QueryDict(mutable=True)
        data.update(texts)
        for name in ANSWERS:
            data.setlist(name, sent.getlist(name))
        super().__init__(data)
        self.careful = tuple(texts)
        for name in texts:
            self.fields[name] = forms.CharField(required=False, strip=False)

    def save(self) -> Case:
        """The draft with its words as they stand now. Raises Conflict when it was changed meanwhile."""
        case = self.case
        for step, names in TEXTS.items():
            fresh = {name: self.fitting(case, name, f"{step}.{name}") for name in names}
            case = case.keep(step, fresh, case.revision_of(step))
        rows = [vars(one) | {"text": self.fitting(one, "text", f"factor.{one.pk}")} for one in self.factors]
        return case.keep("factors", {"factors": rows}, case.revision_of("factors"))

    def fitting(self, row, field: str, name: str) -> str:
        """The words for a field of `row`; what stood there when they became too long for it."""
        longest, words = row._meta.get_field(field).max_length, self.cleaned_data[name]
        return words if longest is None or len(words) <= longest else getattr(row, field)
