"""Words that point at one person: "de enige vrouw", "de decaan van de faculteit", "de nieuwe collega van Inkoop"."""

from collections.abc import Iterator

from forums.writing.findings import Finding, Kind, Neutral, made
from forums.writing.lists import KNOWN, PEOPLE, fold, table
from forums.writing.people import DETERMINERS
from forums.writing.tokens import Token, Words

ROLES = {name: frozenset(fold(word) for word in several) for name, several in table("roles").items()}
ENDINGS = (
    "arts", "chirurg", "leider", "leidster", "manager", "directeur", "medewerker", "medewerkster", "verpleegkundige",
    "docent", "adviseur", "assistent", "assistente", "chauffeur", "monteur", "therapeut", "loog", "functionaris",
    "coordinator", "chef", "meester", "hoofd", "begeleider", "specialist", "collega", "werker",
)  # fmt: skip
FEW = 7  # words that a place takes at most


def is_person(token: Token) -> bool:
    return token.fold in PEOPLE or (len(token.fold) > 7 and token.fold.endswith(ENDINGS))


def roles(words: Words, neutral: Neutral) -> Iterator[Finding]:
    for at, token in enumerate(words):
        end = alone(words, at) or placed(words, at) or function(words, at)
        if end:
            before = words.before(at)
            start = before.start if before and before.fold in DETERMINERS else token.start
            key = fold(words.source[token.start : words[end - 1].end])
            yield made(words.source, start, words[end - 1].end, Kind.ROLE, neutral(key), key)


def person_after(words: Words, at: int, between: int) -> int:
    """The index behind the word for somebody that follows `at`, with so many words between; 0 without."""
    run = words.run(at, between + 2)
    for step, token in enumerate(run[1:], 1):
        if is_person(token):
            return at + step + 1
        if token.fold in ROLES["joins"] or token.fold in DETERMINERS:
            break
    return 0


def alone(words: Words, at: int) -> int:
    """De enige vrouw (in het team), de langst zittende verpleegkundige. The index behind it, or 0."""
    if words[at].fold not in ROLES["alone"]:
        return 0
    before = words.before(at)
    if before and before.fold in ("ik", "een", "geen"):
        return 0
    end = person_after(words, at, 2)
    return where(words, end) or end if end else 0


def placed(words: Words, at: int) -> int:
    """De nieuwe collega van de afdeling Inkoop. The index behind it, or 0 without a place."""
    if words[at].fold not in ROLES["placed"]:
        return 0
    end = person_after(words, at, 1)
    return where(words, end, narrow=True) if end else 0


def function(words: Words, at: int) -> int:
    """De decaan van de faculteit Letteren. The index behind it, or 0 when its place is no narrower than ours."""
    token = words[at]
    if token.fold not in ROLES["functions"] or (token.capital and not token.begins):
        return 0
    before = words.before(at)
    if before and before.fold in ("een", "geen", "elke", "iedere", "mijn"):
        return 0
    return where(words, at + 1, narrow=True)


def where(words: Words, at: int, *, narrow: bool = False) -> int:
    """The index behind "van de afdeling Inkoop" when that stands at `at`; 0 when it does not.

    `narrow` asks for a place that narrows down: "van mijn team" does not.
    """
    if at >= len(words) or not words[at].joined or words[at].fold not in ROLES["joins"]:
        return 0
    run = words.run(at, FEW)
    step = 1
    while step < len(run) and run[step].fold in DETERMINERS:
        step += 1
    if step >= len(run):
        return 0
    wide = run[step].fold in ROLES["common"] or (step == 1 and run[step].fold in ROLES["wide"])
    name = step + 1 if step + 1 < len(run) and names_it(run, step) else step
    if narrow and wide and name == step:
        return 0
    while name + 1 < len(run) and run[name + 1].capital and run[name + 1].fold not in KNOWN:
        name += 1
    return at + name + 1


def names_it(run: list[Token], step: int) -> bool:
    """Whether the word behind tells which one: "afdeling Inkoop", "groep 7"."""
    token = run[step + 1]
    return (
        token.capital or token.text.isdigit() or (run[step].fold in ("afdeling", "groep", "team") and is_which(token))
    )


def is_which(token: Token) -> bool:
    return token.fold in ("inkoop", "verkoop", "financien", "communicatie", "personeelszaken", "zorg", "onderhoud")
