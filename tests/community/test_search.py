"""Searching: all that someone may read and nothing else, the same on both databases."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.clock import now
from community import matching, search
from community.forms import SearchForm
from forums.models import Alias, Post, Topic
from tests import make

pytestmark = pytest.mark.django_db


def found(person, words, after=None, **wishes) -> list[tuple[str, str]]:
    """Title and fragment of what `person` finds, with the marks in brackets."""
    return [(flat(hit.title), flat(hit.words)) for hit in look(person, words, after, **wishes).hits]


def look(person, words, after=None, **wishes):
    form = SearchForm({"q": words} | wishes, user=person)
    assert form.is_valid(), form.errors
    return search.search(person, form.asked, form.wishes(), after)


def flat(parts) -> str:
    return "".join(f"[{part.text}]" if part.is_hit else part.text for part in parts)


@pytest.fixture
def circle():
    return make.board(cohort=make.cohort())


@pytest.fixture
def member(circle):
    return make.person(cohort=circle.cohort)


@pytest.mark.parametrize(
    ("words", "body", "fragment"),
    [
        ("grappen", "Dan maak ik een grap.", "Dan maak ik een [grap]."),
        ("GRENS", "Over grenzen gesproken", "Over [grenzen] gesproken"),
        ("cafe", "In het café", "In het [café]"),
        ("een café", "Café om de hoek", "[Café] om de hoek"),
        ("foto", "Anna's foto's", "Anna's [foto]'s"),
        ("team", "De teamleider zei niets", "De [teamleider] zei niets"),
        ("verander", "Een veranderproces", "Een [veranderproces]"),
        ('"zo praten we"', "Zo praten we hier", "[Zo] [praten] [we] hier"),
        ("“een grap”", "Het was een grap", "Het was [een] [grap]"),
        ("2027", "Op 3 maart 2027", "Op 3 maart [2027]"),
        ("日本", "Een reis naar 日本 was dat", "Een reis naar [日本] was dat"),
        ("<script>", "een `<script>` in de tekst", "een <[script]> in de tekst"),
    ],
)
def test_words_are_found_in_their_other_forms(circle, member, words, body, fragment):
    topic = make.topic(board=circle, title="Dag", body="Eerst dit")
    make.post(topic, body="Iets anders")
    make.post(topic, body=body)
    assert [(title, " ".join(words.split())) for title, words in found(member, words)] == [("Dag", fragment)]


@pytest.mark.parametrize(
    "words", ['"praten zo"', '"dag eerst"', "%", "_", "* OR NEAR(", "praten OR mus", "zzb1", "zzb"]
)
def test_what_is_typed_is_words_and_no_language(circle, member, words):
    make.topic(board=circle, title="Dag", body="Eerst praten, dan doen")
    form = SearchForm({"q": words}, user=member)
    assert not form.is_valid() or found(member, words) == []


def test_all_words_must_be_there_and_a_title_counts_for_its_opening_text(circle, member):
    topic = make.topic(board=circle, title="Grappen", body="In het team")
    make.post(topic, body="Een grap")
    assert found(member, "grap team") == [("[Grappen]", "In het [team]")]
    assert found(member, "grap") == [("[Grappen]", "In het team"), ("[Grappen]", "Een [grap]")]


def test_the_best_comes_first_and_then_the_latest_day(circle, member):
    topic = make.topic(board=circle, title="Dag", body="Niets")
    for days, body in ((3, "mus"), (1, "een mus"), (2, "mus mus"), (4, "musje")):
        post = make.post(topic, body=body)
        Post.objects.filter(pk=post.pk).update(created_at=now() - timedelta(days=days))
    assert [words for _title, words in found(member, "mus")] == ["[mus] [mus]", "een [mus]", "[mus]", "[musje]"]


def test_a_member_of_another_circle_finds_nothing_on_any_filter(circle, member):
    topic = make.topic(board=circle, author=member, title="Kanarie", body="kanarie")
    make.post(topic, author=member, body="kanarie", kind="experience")
    make.session(circle.cohort, title="Kanarie")
    assert len(found(member, "kanarie")) == 3
    other = make.person(cohort=make.board(cohort=make.cohort()).cohort)
    asked = [{}, {"where": "circle"}, {"where": "community"}, {"what": "openings"}, {"what": "cases"}]
    asked += [{"what": "trainers"}, {"what": "events"}, {"kind": "experience"}, {"author": member.name}]
    asked += [{"when": "month"}, {"when": "year"}, {"stage": "diagnosis"}, {"level": "team"}]
    for wishes in asked:
        for words in ("kanarie", "kanar", '"kanarie"', "kanaries"):
            assert (found(other, words, **wishes), look(other, words, **wishes).total) == ([], 0)
    assert not SearchForm({"q": "kanarie", "where": circle.slug}, user=other).is_valid()


def test_each_filter_narrows(circle, member):
    open_board = make.board("everyone")
    make.topic(board=circle, author=member, title="Een", body="mus", kind="question")
    later = make.topic(
        board=open_board, author=make.trainer(make.cohort(), name="Sjoerd Postma"), title="Twee", body="mus"
    )
    make.post(later, author=member, body="mus", kind="experience")
    Post.objects.filter(topic=later).update(created_at=now() - timedelta(days=60))
    make.session(circle.cohort, title="Mus")
    names = {
        "": ["[Mus]", "Een", "Twee", "Twee"], "where=circle": ["Een"], "where=community": ["Twee", "Twee"],
        f"where={open_board.slug}": ["Twee", "Twee"], "what=openings": ["Een", "Twee"], "what=trainers": ["Twee"],
        "what=events": ["[Mus]"], "what=cases": [], "kind=experience": ["Twee"], "author=sjoerd": ["Twee"],
        "author=postma": ["Twee"], "author=nobody": [], "when=month": ["[Mus]", "Een"],
        "when=year": ["[Mus]", "Een", "Twee", "Twee"],
    }  # fmt: skip
    for wish, titles in names.items():
        wishes = dict([wish.split("=")]) if wish else {}
        assert [title for title, _words in found(member, "mus", **wishes)] == titles, wish


def test_a_text_under_a_pseudonym_is_found_by_its_words_and_never_by_who_wrote_it(circle, member):
    topic = make.topic(board=circle, author=member, title="Dag", body="mus", pseudonymous=True)
    assert (topic.author, Alias.objects.count()) == (None, 1)
    assert found(member, "mus") == [("Dag", "[mus]")]
    hit = look(member, "mus").hits[0]
    assert (hit.only_day, hit.signature.is_alias) == (True, True)
    assert found(member, "mus", author=member.name) == []
    assert found(member, "mus", author=hit.signature.name) == []


def test_what_was_taken_back_or_is_hidden_or_meant_for_others_is_not_found(circle, member):
    gone = make.topic(board=circle, title="Een", body="mus")
    gone.posts.get().remove(gone.author)
    hidden = make.topic(board=circle, title="Mus", body="mus")
    make.post(hidden, body="een antwoord over de mus")
    hidden.posts.filter(number=1).update(hidden_at=now())
    Topic.objects.filter(pk=hidden.pk).update(hidden_at=now())
    narrow = make.topic(board=circle, title="Drie", body="mus")
    Topic.objects.filter(pk=narrow.pk).update(narrow="trainers")
    assert found(member, "mus") == [("Gesprek zonder titel", "een antwoord over de [mus]")]


def test_a_case_is_found_by_all_that_it_says_once_and_by_its_stage(circle, member):
    case = make.case(author=make.person(cohort=circle.cohort), board=circle, state="action")
    shown = case.topic.name
    hits = [flat(hit.title) for hit in look(member, case.situation.split()[0]).hits]
    assert hits in ([shown], [f"[{shown}]"])
    assert len(look(member, "praten", stage="action", level="team").hits) == 1
    assert look(member, "praten", stage="evaluation").hits == []
    assert look(member, "praten", what="cases").hits[0].url == case.get_absolute_url()
    assert found(make.person(cohort=make.board(cohort=make.cohort()).cohort), "praten") == []


def test_what_someone_may_not_see_costs_no_count_and_no_statement(circle, member):
    make.topic(board=circle, title="Dag", body="een mus")

    def told(words) -> tuple:
        person = type(member).objects.get(pk=member.pk)
        with CaptureQueriesContext(connection) as asked:
            result = look(person, words)
        return len(asked), result.total, len(result.hits), result.others(words)

    told("mus")  # what is kept ready for a while is read once
    before = [told(words) for words in ("mus", "team", "mus team", '"een mus"')]
    other = make.topic(board=make.board(cohort=make.cohort()), title="Mus", body="een mus in een team, teamleider")
    for _n in range(25):
        make.post(other, body="een mus in een team, teamleider")
    assert [told(words) for words in ("mus", "team", "mus team", '"een mus"')] == before
    assert [row[1:] for row in before] == [(1, 1, []), (0, 0, []), (0, 0, []), (1, 1, [])]


def test_pages_follow_each_other_without_holes_or_doubles(circle, member):
    topic = make.topic(board=circle, title="Dag", body="Niets")
    for n in range(45):
        make.post(topic, body=f"mus {n}")
    pages, after = [], None
    while True:
        result = look(member, "mus", after)
        pages.append([hit.number for hit in result.hits])
        if (after := result.after) is None:
            break
    assert [len(page) for page in pages] == [20, 20, 5]
    assert sorted(n for page in pages for n in page) == list(range(2, 47))
    assert result.total == 45


def test_a_count_stops_at_a_hundred(circle, member, enter):
    topic = make.topic(board=circle, title="Dag", body="Niets")
    for _n in range(101):
        make.post(topic, body="mus")
    page = enter(member).get("/search/?q=mus").content.decode()
    assert "Meer dan 100 resultaten" in page
    assert "101 resultaten" not in page


def test_a_search_that_takes_too_long_says_so(circle, member, enter):
    topic = make.topic(board=circle, body="mus")
    slow = "SELECT pg_sleep(2)"
    if connection.vendor == "sqlite":
        slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n WHERE i < 0"

    def wait(*args):
        with connection.cursor() as cursor:
            cursor.execute(slow)

    with patch.object(matching, "PATIENCE", 0.05), patch.object(search, "ranked", wait):
        answer = enter(member).get("/search/?q=mus")
    assert (answer.status_code, "duurde te lang" in answer.content.decode()) == (200, True)
    assert found(member, "mus") == [(topic.name, "[mus]")]
