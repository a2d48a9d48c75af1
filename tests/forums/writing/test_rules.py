"""Each rule by itself: what it finds, what it leaves alone, and what may be said instead."""

import re
import sys
from itertools import pairwise

import pytest

from forums.writing import About, Kind, check, dates, fixed
from forums.writing.findings import NEUTRAL
from forums.writing.fixed import is_bsn, is_iban
from forums.writing.lists import FIRST_NAMES

ME = About("Zorggroep De Linde", "Zwolle", thread="here", writer="me")


def found(text: str, about: About = ME) -> list[tuple[str, str]]:
    return [(one.kind.value, one.words) for one in check(text, about)]


def instead(text: str) -> str:
    """The text with everything replaced."""
    for one in sorted(check(text, ME), key=lambda one: -one.start):
        text = text[: one.start] + one.replacement + text[one.end :]
    return text


def test_the_list_of_first_names_is_long_and_from_everywhere():
    assert len(FIRST_NAMES) > 3_000
    assert {"sietske", "oznur", "rachid", "agnieszka", "kwame", "shanice", "giovanni", "phuong"} <= FIRST_NAMES


@pytest.mark.parametrize(
    "number",
    ["06-12345678", "06 12 34 56 78", "0612345678", "+31612345678", "+31 (0)6 12345678", "0031 6 12345678",
     "020-1234567", "(020) 123 45 67", "0512 345 678", "088-1234567", "0800-1234", "+32 470 12 34 56"],
)  # fmt: skip
def test_telephone_numbers_as_people_write_them(number):
    assert found(f"bel {number} even") == [("phone", number)]


@pytest.mark.parametrize("number", ["12345", "2019-2020", "1.234.567,89", "123456789012", "versie 1.2.3", "3/4", "A4"])
def test_other_numbers_are_left_alone(number):
    assert found(f"het gaat om {number} stuks") == []


def test_the_check_digits_of_account_numbers_count():
    assert is_iban("NL91ABNA0417164300")
    assert not is_iban("NL92ABNA0417164300")
    assert found("op NL91ABNA0417164300 gestort, op NL92ABNA0417164300 niet") == [("iban", "NL91ABNA0417164300")]


def test_the_test_of_eleven_counts_unless_the_words_say_what_it_is():
    assert is_bsn("111222333")
    assert not is_bsn("123456789")
    assert found("nummer 111222333 en nummer 123456789") == [("bsn", "111222333")]
    assert found("mijn bsn is 123456789") == [("bsn", "123456789")]


def test_addresses_also_when_the_sign_is_written_out():
    for address in ("m.jansen@example.org", "m.jansen (at) example.org", "m.jansen [at] example.org"):
        assert found(f"mail naar {address}.") == [("email", address)]
    assert found("volg @marloes_dw nu") == [("handle", "@marloes_dw")]
    assert found("5 @ 3 euro") == []


def test_strict_is_what_can_be_used_to_reach_or_pay_or_be_somebody():
    strict = {
        one.kind for one in check("a@b.nl, 06-12345678, NL91ABNA0417164300, bsn 111222333, www.b.nl", ME) if one.strict
    }
    assert strict == {Kind.EMAIL, Kind.PHONE, Kind.IBAN, Kind.BSN}


def test_dates_but_no_months_or_times():
    for date in (
        "12 maart 2026",
        "12-3-2026",
        "vrijdag 12 maart",
        "2026-03-12",
        "twaalf mei",
        "12 mrt. 2026",
        "3e april",
    ):
        assert [kind for kind, _words in found(f"sinds {date} is het zo")] == ["date"]
    for none in ("maart", "in maart 2026", "om 14.30 uur", "maandag", "drie weken", "32 maart", "13-13-2026"):
        assert found(f"het was {none} druk") == []


def test_a_date_becomes_a_season_in_the_same_sentence():
    assert instead("Sinds 12 augustus eten ze apart.") == "Sinds de zomer eten ze apart."
    assert instead("Het was op 3 februari.") == "Het was in de winter."


def test_names_with_all_that_belongs_to_them():
    for name in (
        "Marloes",
        "Kees de Vries",
        "Jan-Willem",
        "P. Hendriks",
        "mevrouw Van der Heijden",
        "Piet van den Berg",
    ):
        assert found(f"ik sprak met {name} over het werk") == [("name", name)]


def test_a_role_before_a_name_stays_and_the_name_goes():
    assert instead("Toen zei mijn leidinggevende Ahmed niets.") == "Toen zei mijn leidinggevende niets."
    assert instead("Toen zei collega Ahmed niets.") == "Toen zei een collega niets."


def test_words_that_are_names_too_are_left_alone_where_they_are_words():
    for text in (
        "Wil je dat doen?",
        "Tot ziens.",
        "Dan gaan we.",
        "ik wil het beste ervan",
        "de roos bloeit",
        "een ernstige fout",
    ):
        assert found(text) == []
    assert found("Wil heeft de sleutel.") == [("name", "Wil")]


def test_capitals_that_name_nobody():
    text = "Ik belde de GGD, HR en de OR. In Nederland spreken we Nederlands, Turks en Frans via Teams. Met Kerst niet."
    assert found(text) == []
    assert found("IK BEN ER ZO KLAAR MEE VANDAAG") == []


def test_a_capital_that_nobody_knows_is_asked_about():
    assert found("Toen kwam Xanthorius binnen.") == [("unknown", "Xanthorius")]
    assert found("Hij werkt bij Blixem nu.") == [("organisation", "Blixem")]
    assert found("Ze woont in Blixem nu.") == [("place", "Blixem")]


def test_the_own_employer_and_town():
    assert found("Bij De Linde in Zwolle is de Zwolse aanpak bekend.") == [
        ("employer", "De Linde"), ("town", "Zwolle"), ("town", "Zwolse"),
    ]  # fmt: skip
    assert instead("Wij van Zorggroep De Linde praten niet.") == "Wij van mijn organisatie praten niet."
    assert found("onder de linde zat een man", ME) == []
    assert found("In het UMCG is het druk.", About("Universitair Medisch Centrum Groningen")) == [
        ("employer", "het UMCG")
    ]


def test_organisations_by_the_word_before_or_behind():
    for name in (
        "Stichting De Brug",
        "gemeente Xdorp",
        "basisschool De Regenboog",
        "Jansma B.V.",
        "Martini Ziekenhuis",
    ):
        ((kind, words),) = found(f"Ik hoorde het bij {name} ook.")
        assert (kind, words.removeprefix("bij ")) == ("organisation", name)


def test_roles_that_only_one_person_has():
    for role in (
        "de enige vrouw in het team", "de decaan van de faculteit Letteren", "de nieuwe collega van de afdeling Inkoop",
        "de langstzittende verpleegkundige",
    ):  # fmt: skip
        assert found(f"ik bedoel {role}.") == [("role", role)]
    for none in (
        "de enige manier",
        "de eerste keer",
        "de nieuwe collega",
        "de manager van mijn team",
        "mijn directeur",
    ):
        assert found(f"dat is {none}.") == []


def test_health_only_next_to_somebody_else():
    assert found("Mijn collega kreeg een burn-out.") == [("health", "een burn-out")]
    assert found("Ze heeft borstkanker.") == [("health", "borstkanker")]
    assert found("Ik heb een burn-out gehad.") == []


def test_the_same_person_has_the_same_words_and_another_has_others():
    first = check("Kees de Vries kwam. Toen zei Kees iets tegen Fatima.", ME)
    assert [one.replacement for one in first[:2]] == [first[0].replacement] * 2
    assert first[2].replacement != first[0].replacement
    assert {one.replacement for one in first} <= set(NEUTRAL)
    assert [one.replacement for one in check("Kees was er.", ME)] == [first[0].replacement]


def test_what_is_fine_is_left_alone_and_a_name_in_a_role_is_not():
    assert found("Ik sprak Marloes en Kees.", About(fine=frozenset({"marloes"}))) == [("name", "Kees")]
    assert found("Ik sprak Kees.", About(fine=frozenset({"kees de vries"}))) == []
    fine = About(fine=frozenset({"nl91 abna 0417 1643 00"}))
    assert found("Op NL91 ABNA 0417 1643 00 dus.", fine) == []


# Time in proportion to the text, counted in steps of the rules.
NONSENSE = (
    "a", "A ", "@", "a@", "0", "06 ", "06-", "NL91", "NL91 ", ".nl", "a.", "www.", "http://", "Van ", "de ", "van der ", "Jan ",
    "enige ", "hoofd van ", "P.", "dr. ", "1-1-", "kanker ", "kanker", "'", "a'", "gemeente ", "School De ", "Xa BV ", "\n",
    "(at)", "1 ", "+1", "bsn 12345678 ", "É", "İx ", "ß ", "Zwolle ", "De Linde ", "Jan-", "Ⅷ①² ", "mei 1 ", "mevrouw de ",
)  # fmt: skip


def steps(text: str) -> int:
    """Lines of our own rules that run for `text`."""
    ran = 0

    def count(frame, event, _argument):
        nonlocal ran
        if "forums/writing" not in frame.f_code.co_filename:
            return None
        ran += 1
        return count

    others = sys.gettrace()
    sys.settrace(count)
    try:
        check(text, ME)
    finally:
        sys.settrace(others)
    return ran


@pytest.mark.parametrize("piece", NONSENSE)
def test_twice_the_nonsense_takes_twice_the_steps(piece):
    half = (piece * 1_000)[:1_000]
    assert steps(half * 2) <= 2.3 * steps(half) + 2_000


@pytest.mark.parametrize("piece", NONSENSE)
def test_a_full_text_of_nonsense_gets_an_answer(piece):
    text = (piece * 20_000)[:20_000]
    spans = [(one.start, one.end) for one in check(text, ME)]
    assert spans == sorted(spans)
    assert all(end <= start for (_a, end), (start, _b) in pairwise(spans))


def repeats(tree) -> list[int]:
    """How often each part of a pattern may be repeated."""
    found = []
    for operation, argument in tree:
        if str(operation) in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            found.append(int(argument[1]))
        parts = argument if isinstance(argument, tuple | list) else [argument]
        for part in parts:
            several = part if isinstance(part, list) else [part]
            for one in several:
                if isinstance(one, re._parser.SubPattern):
                    found += repeats(one)
    return found


@pytest.mark.parametrize("module", [fixed, dates])
def test_a_pattern_looks_only_a_bounded_way_ahead(module):
    patterns = [value for value in vars(module).values() if isinstance(value, re.Pattern)]
    assert patterns != []
    assert [one.pattern for one in patterns if max(repeats(re._parser.parse(one.pattern)), default=0) > 2_000] == []


def test_many_different_names_are_no_more_work_each():
    names = [name.title() for name in sorted(FIRST_NAMES)[:600]]
    few, many = steps("met " + ", met ".join(names[:300])), steps("met " + ", met ".join(names))
    assert many <= 2.3 * few
