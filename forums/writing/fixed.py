"""Details with a fixed form: addresses, numbers, links. Each pattern looks only a bounded way ahead."""

import re
from collections.abc import Iterator

from forums.writing.findings import Finding, Kind, made
from forums.writing.tokens import Words

# E-mail: from the sign outward, so that a long row of letters is looked at once.
AT = re.compile(r"@|[ \t]?[\[(](?:at|apenstaartje)[\])][ \t]?|[ \t]apenstaartje[ \t]", re.IGNORECASE)
BEFORE = re.compile(r"[\w.+\-%]{1,64}")
HOST = re.compile(r"(?:[^\W_][\w\-]{0,62}\.){1,5}[^\W\d_]{2,24}", re.IGNORECASE)
HANDLE = re.compile(r"[^\W_][\w.\-]{1,40}")

PHONE = re.compile(
    r"(?<![\w+\-,.])(?:"
    r"(?:\+|00)[ ]?31[ .\-]{0,2}(?:\(0\)[ ]?)?[1-9](?:[ .\-–/]{0,3}\d){8}"
    r"|\(0[1-9]\d{0,2}\)(?:[ .\-–/]{0,3}\d){6,8}"
    r"|0[1-9](?:[ .\-–/]{0,3}\d){8}"
    r"|0[ ]?(?:800|900|906|909|88|85)(?:[ .\-–]{0,3}\d){4,7}"
    r"|\+(?!31)[1-9]\d{0,2}(?:[ .\-()/]{0,3}\d){7,12}"
    r")(?!\d)"
)
IBAN = re.compile(r"(?<![^\W_])[a-z]{2}\d{2}(?=[ \-]?[a-z0-9])", re.IGNORECASE)
LENGTHS = {
    "NL": 18, "BE": 16, "DE": 22, "FR": 27, "LU": 20, "GB": 22, "ES": 24, "IT": 27, "PT": 25, "PL": 28, "AT": 20,
    "CH": 21, "DK": 18, "SE": 24, "NO": 15, "FI": 18, "IE": 22, "RO": 24, "BG": 22, "TR": 26, "GR": 27, "HU": 28,
    "CZ": 24, "SK": 24, "HR": 21, "SI": 19, "LT": 20, "LV": 21, "EE": 20, "CY": 28, "MT": 31,
}  # fmt: skip
BSN = re.compile(r"(?<![\w+\-,.])\d(?:[ .\-]?\d){7,8}(?![\d\-]|[.,]\d)")
BSN_WORD = re.compile(r"\b(?:bsn|burgerservice\w{0,8}|sofi\w{0,8})[^\d\n]{0,25}$", re.IGNORECASE)

URL = re.compile(r"(?:\bhttps?://|\bwww\.)[^\s<>\"]{2,2000}", re.IGNORECASE)
TOP = re.compile(r"\.(?:nl|com|org|net|be|eu|de|info|frl|amsterdam|io|nu)\b(?:/[^\s<>\"]{0,500})?", re.IGNORECASE)
NAME_OF_HOST = re.compile(r"[\w.\-]{1,100}")

NUMBER = re.compile(
    r"\b(?:personeels|medewerkers?|dossier|zaak|klant|cliënt|patiënt|polis|kenmerk|leerling|student(?:en)?)-?"
    r"(?:nummer|nr\.?)[ :]{1,3}(?:is |was )?[a-z]{0,4}[\-./ ]?\d[\d.\-/]{2,15}",
    re.IGNORECASE,
)
POSTCODE = re.compile(r"(?<![\w\-])[1-9]\d{3} ?[A-Z]{2}(?![\w\-])")
STREETS = (
    "straat", "laan", "weg", "plein", "kade", "gracht", "singel", "dijk", "steeg", "hof", "plantsoen", "dreef", "pad",
    "markt", "wal", "ring", "baan", "park",
)  # fmt: skip
HOUSE = re.compile(r"\d{1,4}[a-z]?", re.IGNORECASE)
ENDING = ".,;:!?)]}'\"’”*_"


def fixed(words: Words) -> list[Finding]:
    source = words.source
    found = [*addresses(source), *ibans(source), *links(source), *streets(words)]
    found += [made(source, *one.span(), Kind.PHONE, "een telefoonnummer") for one in PHONE.finditer(source)]
    found += [made(source, *one.span(), Kind.NUMBER, "een nummer") for one in NUMBER.finditer(source)]
    found += [made(source, *one.span(), Kind.ADDRESS, "een adres") for one in POSTCODE.finditer(source)]
    return found + list(citizen_numbers(source))


def reached_back(source: str, at: int, pattern: re.Pattern, most: int) -> int:
    """Where what `pattern` knows begins that ends at `at`."""
    behind = pattern.match(source[max(0, at - most) : at][::-1])
    return at - len(behind[0]) if behind else at


def addresses(source: str) -> Iterator[Finding]:
    for sign in AT.finditer(source):
        start = reached_back(source, sign.start(), BEFORE, 64)
        host = HOST.match(source, sign.end(), sign.end() + 400)
        if host and start < sign.start():
            yield made(source, start, host.end(), Kind.EMAIL, "een e-mailadres")
        elif sign[0] == "@" and start == sign.start() and (name := HANDLE.match(source, sign.end(), sign.end() + 42)):
            end = name.start() + len(name[0].rstrip(".-"))
            if end - name.start() > 1:
                yield made(source, sign.start(), end, Kind.HANDLE, "een account")


def ibans(source: str) -> Iterator[Finding]:
    """International account numbers whose check digits are right, with single spaces or dashes between."""
    for head in IBAN.finditer(source):
        length = LENGTHS.get(head[0][:2].upper(), 0)
        taken, at = "", head.start()
        while len(taken) < length and at < len(source):
            char = source[at]
            if char.isascii() and char.isalnum():
                taken += char
            elif char not in " -" or source[at - 1] in " -":
                break
            at += 1
        whole = len(taken) == length > 0 and not source[at : at + 1].isalnum()
        if whole and is_iban(taken):
            yield made(source, head.start(), at, Kind.IBAN, "een rekeningnummer")


def is_iban(number: str) -> bool:
    """Whether the check digits are right: the number, turned, is 1 modulo 97."""
    turned = number[4:] + number[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def is_bsn(digits: str) -> bool:
    """Eight or nine digits that pass the test of eleven."""
    if len(digits) not in (8, 9) or not int(digits):
        return False
    digits = digits.zfill(9)
    weighed = sum((9 - place) * int(digit) for place, digit in enumerate(digits[:8])) - int(digits[8])
    return weighed % 11 == 0


def citizen_numbers(source: str) -> Iterator[Finding]:
    """Nine digits that pass the test; any eight or nine where the words before them say what they are."""
    for one in BSN.finditer(source):
        digits = re.sub(r"\D", "", one[0])
        said = BSN_WORD.search(source[max(0, one.start() - 45) : one.start()])
        if said or (len(digits) == 9 and one[0].isdigit() and is_bsn(digits)):
            yield made(source, *one.span(), Kind.BSN, "een burgerservicenummer")


def links(source: str) -> Iterator[Finding]:
    seen = 0
    for one in URL.finditer(source):
        seen = one.start() + len(one[0].rstrip(ENDING))
        yield made(source, one.start(), seen, Kind.URL, "een website")
    for one in TOP.finditer(source):
        start = reached_back(source, one.start(), NAME_OF_HOST, 100)
        end = one.start() + len(one[0].rstrip(ENDING))
        if start < one.start() and source[start - 1 : start] not in ("@", "/"):
            yield made(source, start, end, Kind.URL, "een website")


def streets(words: Words) -> Iterator[Finding]:
    """A street with the number of a house behind it."""
    for at, token in enumerate(words):
        if token.joined and token.text[0].isdigit() and HOUSE.fullmatch(token.text):
            street = words[at - 1]
            if street.capital and street.fold.endswith(STREETS):
                yield made(words.source, street.start, token.end, Kind.ADDRESS, "een adres")
