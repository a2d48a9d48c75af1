"""Names of people: known first names and surnames, and words with a capital that nobody knows."""

from collections.abc import Iterator
from dataclasses import dataclass

from forums.writing.findings import Finding, Kind, Neutral, made
from forums.writing.lists import (
    ABBREVIATIONS,
    CAREFUL,
    FIRST_NAMES,
    KNOWN,
    PARTICLES,
    PEOPLE,
    SAYING,
    SMALL,
    SURNAME_WORDS,
    SURNAMES,
    TITLES,
    fold,
)
from forums.writing.tokens import Token, Words

DETERMINERS = frozenset(
    [
        "de",
        "het",
        "een",
        "mijn",
        "onze",
        "ons",
        "jouw",
        "jullie",
        "haar",
        "zijn",
        "hun",
        "die",
        "deze",
        "dit",
        "dat",
        "geen",
        "uw",
        "welke",
        "een",
        "elke",
        "iedere",
    ]
)
AFTER = frozenset({"junior", "senior", "jr", "sr"})
INTO_NAMES = frozenset({"der", "den", "ter", "ten", "t"})  # before a surname, never before an ordinary word
BEGIN_NAMES = frozenset({"van", "de", "der", "den", "ter", "ten", "el", "al", "ben", "von", "vom", "op", "in", "aan"})
LANGUAGE = frozenset(
    [
        "het",
        "in",
        "spreek",
        "spreekt",
        "spreken",
        "sprak",
        "praat",
        "praten",
        "les",
        "leraar",
        "lerares",
        "docent",
        "docente",
        "vak",
        "de",
        "een",
    ]
)
LONGEST = 6  # words of a name


@dataclass(slots=True, frozen=True)
class Name:
    """Words `first` up to `last` are a name; `known` tells whether a list knows it."""

    first: int
    last: int
    known: bool


def base(token: Token) -> str:
    """Without what makes it a possessive: Anna’s, Peters."""
    return token.fold.removesuffix("'s")


def is_first_name(word: str) -> bool:
    if word in FIRST_NAMES:
        return True
    if "-" in word:
        return all(part in FIRST_NAMES for part in word.split("-"))
    return word.endswith("s") and len(word) > 4 and word[:-1] in FIRST_NAMES and word not in KNOWN


def is_nothing(token: Token) -> bool:
    """Words with a capital that name nobody: known ones, abbreviations, and what begins with one of these."""
    word = base(token)
    if word in KNOWN or word in ABBREVIATIONS or any(char.isdigit() for char in word) or len(word) < 2:
        return True
    head, mark, rest = word.partition("-")
    return bool(mark) and (head in KNOWN or head in ABBREVIATIONS or len(head) == 1) and not is_first_name(rest)


def is_shouted(words: Words, index: int) -> bool:
    """Whether the words around are in capitals too: then a capital says nothing."""
    token = words[index]
    if not (token.text.isupper() and len(token.text) > 1):
        return False
    around = [words[n] for n in (index - 2, index - 1, index + 1, index + 2) if 0 <= n < len(words)]
    return sum(other.text.isupper() and len(other.text) > 1 and other.fold not in ABBREVIATIONS for other in around) > 1


def names(words: Words) -> list[Name]:
    """Every name, from left to right. What is found in the middle of a sentence counts at the beginning of one too."""
    found, index = [], 0
    while index < len(words):
        name = name_at(words, index)
        if name:
            found.append(name)
        index = name.last if name else index + 1
    met = {base(words[index]) for name in found for index in range(name.first, name.last) if words[index].capital}
    met -= PARTICLES | TITLES | PEOPLE
    taken = {index for name in found for index in range(name.first, name.last)}
    for index, token in enumerate(words):
        if token.begins and token.capital and index not in taken and base(token) in met and not is_nothing(token):
            found.append(Name(index, index + 1, known=False))
    return found


def name_at(words: Words, index: int) -> Name | None:
    token = words[index]
    before = words.before(index)
    if token.fold in TITLES and (name := after_title(words, index)):
        return name
    if token.fold in BEGIN_NAMES and (name := surname_with_particle(words, index)):
        return name
    if is_initial(words, index):
        name = initials(words, index)
        if name:
            return name
    if not token.capital:
        small = base(token) in SMALL
        return Name(index, stretched(words, index, small=True), known=True) if small else None
    if is_nothing(token) or is_shouted(words, index):
        return None
    return capital(words, index, before)


def capital(words: Words, index: int, before: Token | None) -> Name | None:
    """A word with a capital that is no everyday one."""
    token, word = words[index], base(words[index])
    known = is_first_name(word)
    last = stretched(words, index)
    if token.begins:
        plain = word in CAREFUL or (not known and (word in SURNAME_WORDS or word not in SURNAMES))
        sure = last > index + 1 or says(words, last)
        if plain and not (sure and (known or word in SURNAMES)):
            return None
        return Name(index, last, known=True)
    if word == "frans" and last == index + 1 and is_language(words, index, before):
        return None
    if token.text.isupper() and len(token.text) > 1 and not known:
        return None  # an abbreviation: see organisations
    return Name(left(words, index), last, known=known or word in SURNAMES)


def is_language(words: Words, index: int, before: Token | None) -> bool:
    """Whether the Frans here is French: "spreekt Frans", "Turks en Frans"."""
    if before is None:
        return False
    return before.fold in LANGUAGE or (before.fold in ("en", "of") and index > 1 and words[index - 2].fold in KNOWN)


def says(words: Words, index: int) -> bool:
    """Whether the word at `index` tells that somebody stands before it."""
    return index < len(words) and words[index].joined and words[index].fold in SAYING


def stretched(words: Words, index: int, *, small: bool = False) -> int:
    """Where the name ends that begins at `index`: other names, and van der with what follows."""
    run = words.run(index, LONGEST)
    last = 1
    while last < len(run):
        skip = last
        while skip < len(run) - 1 and run[skip].fold in PARTICLES and skip - last < 3:
            skip += 1
        token = run[skip]
        surname = token.fold in SURNAMES if small or (skip > last and not token.capital) else token.capital
        if skip > last and token.fold in KNOWN:
            surname = False
        if skip == last and (is_nothing(token) and token.fold not in SURNAMES) and token.fold not in AFTER:
            surname = False
        if not surname and token.fold not in AFTER:
            break
        last = skip + 1
    return index + last


def left(words: Words, index: int) -> int:
    """Where a name begins of which the word at `index` has the first capital: "van der Heijden"."""
    first = index
    while first > 0 and words[first].joined and words[first - 1].fold in INTO_NAMES and not words[first - 1].capital:
        first -= 1
    if first < index and words[first].joined and words[first - 1].fold in ("van", "in", "op", "aan", "uit"):
        first -= 1
    return first


def after_title(words: Words, index: int) -> Name | None:
    """Mevrouw Jansen, dhr. de Wit, juf Anja."""
    run = words.run(index, LONGEST)
    skip = 1
    while skip < len(run) and (run[skip].fold in PARTICLES or run[skip].fold in TITLES):
        skip += 1
    if skip >= len(run):
        return None
    token = run[skip]
    named = token.capital and token.fold not in KNOWN and not (token.text.isupper() and token.fold in ABBREVIATIONS)
    if not (
        named or (token.fold in SURNAMES and token.fold not in SURNAME_WORDS) or (skip > 1 and token.fold in SURNAMES)
    ):
        return None
    return Name(index, stretched(words, index + skip), known=True)


def surname_with_particle(words: Words, index: int) -> Name | None:
    """Van Dijk, De Haan, van den Berg: with a capital in the middle of a sentence, or a known surname behind."""
    run = words.run(index, LONGEST)
    skip = 1
    while skip < len(run) and run[skip].fold in PARTICLES:
        skip += 1
    if skip >= len(run):
        return None
    token, head = run[skip], run[0]
    if head.text.isupper():
        return None
    surname = token.fold in SURNAMES
    if head.capital and not head.begins:
        fits = token.capital
    elif head.capital:
        fits = token.capital and surname and (token.fold not in FIRST_NAMES or skip > 1)
    else:
        fits = (
            token.capital and surname and (skip > 1 or (head.fold in ("de", "van") and token.fold not in FIRST_NAMES))
        )
    return Name(index, stretched(words, index + skip), known=True) if fits else None


def is_initial(words: Words, index: int) -> bool:
    token = words[index]
    return len(token.text) == 1 and token.capital and words.source[token.end : token.end + 1] == "."


def initials(words: Words, index: int) -> Name | None:
    """P. Hendriks, J.P. de Wit."""
    at = index
    while at < len(words) and at < index + 4 and is_initial(words, at):
        at += 1
    if at >= len(words) or len(words.source[words[at - 1].end : words[at].start]) > 2:
        return None
    skip = at
    while skip < len(words) - 1 and skip < at + 3 and words[skip].fold in PARTICLES and words[skip + 1].joined:
        skip += 1
    token = words[skip]
    if not token.capital or len(token.text) < 3 or token.fold in KNOWN or token.text.isupper():
        return None
    return Name(index, stretched(words, skip), known=True)


def people(words: Words, called: list[Name], neutral: Neutral) -> Iterator[Finding]:
    """Names with neutral words instead; a role before the name stays: "mijn leidinggevende Ahmed"."""
    for name in called:
        first, last = words[name.first], words[name.last - 1]
        end = last.end - 2 if last.fold.endswith("'s") else last.end
        begin = next((n for n in range(name.first, name.last) if words[n].fold not in TITLES), name.first)
        key = fold(words.source[words[begin].start : end])
        person = base(words[begin]) if is_first_name(base(words[begin])) else key
        kind = Kind.NAME if name.known else Kind.UNKNOWN
        role = words.before(name.first)
        if role and role.fold in PEOPLE and not role.capital:
            owner = words.before(name.first - 1)
            instead = role.text if owner and owner.fold in DETERMINERS else f"een {role.text}"
            yield made(words.source, role.start, end, kind, instead, key)
        else:
            yield made(words.source, first.start, end, kind, neutral(person), key)
