"""Where somebody works: the writer's own organisation and town, other organisations, other places."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from forums.writing.findings import About, Finding, Kind, made
from forums.writing.lists import (
    ABBREVIATIONS,
    CAREFUL,
    FIRST_NAMES,
    GENERIC,
    KNOWN,
    ORGANISATIONS,
    PLACES,
    fold,
    folded_table,
    table,
)
from forums.writing.people import AFTER, DETERMINERS, is_nothing, is_shouted
from forums.writing.tokens import Words, tokens

KINDS = table("kinds_of_organisation")
CUES = folded_table(KINDS["before"])
BEHIND = frozenset(fold(word) for word in KINDS["after"]["words"])
ENDINGS = tuple(fold(word) for word in KINDS["ending"]["words"])
LEGAL = re.compile(r"(?<!\w)(?:B\.V\.?|N\.V\.?|BV|NV|V\.O\.F\.?|VOF|GmbH|Ltd)(?!\w)")
JOINERS = frozenset(["de", "het", "van", "der", "den", "ten", "ter", "aan", "en", "voor", "in", "op", "t"])
WHERE = frozenset(["in", "te", "uit", "naar", "nabij", "rond", "omgeving", "regio", "richting"])
AT_WORK = frozenset({"bij"})
OF_TOWN = frozenset({"se", "s", "er", "ers", "erse", "sche"})


def places(words: Words, about: About) -> list[Finding]:
    own = [*employer(words, about), *town(words, about)]
    return [*own, *organisations(words), *known_places(words), *bare(words)]


INSTEAD = "mijn organisatie"


def with_article(words: Words, index: int) -> int:
    """Where it begins when the word before `index` belongs to it: "de gemeente", "het ziekenhuis"."""
    before = words.before(index)
    return before.start if before and before.fold in DETERMINERS else words[index].start


def employer(words: Words, about: About) -> Iterator[Finding]:
    """The whole name, the part of it that nobody else has, or its initials."""
    own = [token for token in tokens(about.employer) if token.fold not in ("bv", "nv", "b", "v", "n", "vof")]
    if not own:
        return
    phrase = tuple(token.fold for token in own)
    town_words = {token.fold for token in tokens(about.town)}
    telling = [fold_ for fold_ in phrase if fold_ not in GENERIC and fold_ not in town_words and len(fold_) > 2]
    letters = "".join(word[0] for word in phrase if word not in ("de", "het", "van", "en", "voor")).upper()
    length, at = len(phrase), 0
    while at < len(words):
        token = words[at]
        if words.matches(at, phrase) and (length > 1 or token.capital or phrase[0] not in CAREFUL):
            yield made(
                words.source, with_article(words, at), words[at + length - 1].end, Kind.EMPLOYER, INSTEAD, "employer"
            )
            at += length
            continue
        named = token.capital and (token.fold in telling or any(token.fold == f"{word}s" for word in telling))
        named = named and not (token.begins and token.fold in CAREFUL)
        if named or (len(letters) > 2 and token.text == letters):
            yield made(words.source, with_article(words, at), token.end, Kind.EMPLOYER, INSTEAD, "employer")
        at += 1


def town(words: Words, about: About) -> Iterator[Finding]:
    phrase = tuple(token.fold for token in tokens(about.town))
    if not phrase:
        return
    for at, token in enumerate(words):
        before = words.before(at)
        placed = before is not None and before.fold in WHERE
        if words.matches(at, phrase):
            certain = (token.capital and not token.begins) or placed or phrase[0] not in CAREFUL
            if certain:
                yield made(words.source, token.start, words[at + len(phrase) - 1].end, Kind.TOWN, "onze regio", "town")
        elif len(phrase) == 1 and token.capital and is_of_town(token.fold, phrase[0]):
            yield made(words.source, token.start, token.end, Kind.TOWN, "", token.fold)


def is_of_town(word: str, name: str) -> bool:
    """Zwolse, Utrechter, Almeerse: what comes from the town."""
    near = len(name) > 4 and word[:4] == name[:4] and word.endswith("se") and abs(len(word) - len(name)) < 3
    return near or (word.startswith(name) and word[len(name) :] in OF_TOWN)


def organisations(words: Words) -> Iterator[Finding]:
    for at, token in enumerate(words):
        if token.fold in CUES and (last := named_after(words, at)):
            start, end = with_article(words, at), words[last - 1].end
            yield made(
                words.source, start, end, Kind.ORGANISATION, CUES[token.fold], fold(words.source[token.start : end])
            )
        if not token.capital:
            continue
        for phrase in ORGANISATIONS.get(token.fold, ()):
            if words.matches(at, phrase) and not (token.begins and token.fold in CAREFUL and len(phrase) == 1):
                yield made(
                    words.source, token.start, words[at + len(phrase) - 1].end, Kind.ORGANISATION, "een organisatie"
                )
                break
        if token.joined and token.fold in BEHIND and is_proper(words, at - 1):
            yield made(words.source, capitals_from(words, at), token.end, Kind.ORGANISATION, "een organisatie")
    for legal in LEGAL.finditer(words.source):
        at = bisect_left(words.starts, legal.start())
        if at and at < len(words) and words[at].joined and words[at - 1].capital:
            start = words[run_back(words, at - 1)].start
            yield made(words.source, start, legal.end(), Kind.ORGANISATION, "een bedrijf")


def is_proper(words: Words, at: int) -> bool:
    token = words[at]
    return token.capital and not token.begins and not is_nothing(token)


def named_after(words: Words, index: int) -> int:
    """The index behind the name that follows the word at `index` (a school, a hospital …); 0 when none follows."""
    run = words.run(index, 8)
    skip = 1
    while skip < len(run) and run[skip].fold in JOINERS and not run[skip].capital:
        skip += 1
    if skip > 1 and run[0].fold not in ("faculteit", "ministerie", "school"):
        skip = 1
    if skip >= len(run) or not run[skip].capital:
        return 0
    token = run[skip]
    if (is_nothing(token) and len(token.text) > 1 and token.fold not in JOINERS) or token.fold in FIRST_NAMES:
        return 0
    last = skip + 1
    while last < len(run) and (run[last].capital or (run[last].fold in JOINERS and last + 1 < len(run))):
        if not run[last].capital and not any(other.capital for other in run[last + 1 : last + 3]):
            break
        last += 1
    return index + last


def capitals_from(words: Words, at: int) -> int:
    return words[run_back(words, at)].start


def run_back(words: Words, at: int) -> int:
    """The first of the words with a capital that end at `at`, with van den between them."""
    first = at
    while first > 0 and words[first].joined and at - first < 5:
        before = words[first - 1]
        if (
            (before.capital and not is_nothing(before) and not before.begins)
            or (before.capital and before.fold in JOINERS)
            or (before.fold in JOINERS and first > 1 and words[first - 1].joined and words[first - 2].capital)
        ):
            first -= 1
        else:
            break
    return first


def known_places(words: Words) -> Iterator[Finding]:
    for at, token in enumerate(words):
        if not token.capital:
            continue
        for phrase in PLACES.get(token.fold, ()):
            plain = token.begins and len(phrase) == 1 and token.fold in CAREFUL
            if words.matches(at, phrase) and not plain and token.fold not in FIRST_NAMES:
                yield made(words.source, token.start, words[at + len(phrase) - 1].end, Kind.PLACE, "een andere plaats")
                break


def bare(words: Words) -> Iterator[Finding]:
    """Words with a capital that only their surroundings explain: "in Xdorp", "bij Xbedrijf", UMCG, Flevoziekenhuis."""
    for at, token in enumerate(words):
        if not token.capital or token.begins or is_nothing(token) or is_shouted(words, at):
            continue
        if (token.text.isupper() and len(token.text) > 2 and token.fold not in FIRST_NAMES) or (
            token.fold.endswith(ENDINGS) and token.fold not in FIRST_NAMES
        ):
            yield made(
                words.source, with_article(words, at), token.end, Kind.ORGANISATION, "een organisatie", token.fold
            )
        elif (before := words.before(at)) and token.fold not in FIRST_NAMES and not with_more(words, at):
            if before.fold in WHERE:
                yield made(words.source, token.start, token.end, Kind.PLACE, "een andere plaats")
            elif before.fold in AT_WORK and token.fold not in KNOWN | ABBREVIATIONS:
                yield made(words.source, token.start, token.end, Kind.ORGANISATION, "een organisatie")


def with_more(words: Words, at: int) -> bool:
    """Whether another word with a capital follows: then it is the name of somebody or something longer."""
    after = words[at + 1] if at + 1 < len(words) and words[at + 1].joined else None
    return after is not None and (after.capital or after.fold in AFTER)
