"""A name of a file that gives somebody away: told, with a neutral one to take instead; never refused."""

import re
import uuid

import pytest

from forums.models import Attachment, Draft
from forums.writing import About, check_all
from forums.writing.filenames import renamed, spoken
from tests import make
from tests.forums import papers
from tests.forums.writing.test_review import hidden, marks, place_of

pytestmark = pytest.mark.django_db
NAME = "gesprek-marloes-jansen.pdf"
EMPLOYER = About(employer="Zorggroep Eikenhof")


@pytest.mark.parametrize(
    ("name", "neutral"),
    [
        ("gesprek-marloes-jansen.pdf", r"gesprek-[\w-]+\.pdf"),
        ("Notulen_Ahmed.docx", r"Notulen_\w+\.docx"),
        ("verslag Marloes en Ahmed.odt", r"verslag [\w ]+ en [\w ]+\.odt"),
        ("bel 06-12345678.txt", r"bel een telefoonnummer\.txt"),
        ("jaarplan-zorggroep-eikenhof.xlsx", r"jaarplan-[\w-]+\.xlsx"),
        ("marloes", r"\w[\w-]+"),
    ],
)
def test_a_person_or_place_in_it_gets_neutral_words(name, neutral):
    found = renamed(name, check_all(spoken(name), EMPLOYER))
    assert found.words == name
    assert re.fullmatch(neutral, found.replacement)
    assert not re.search("marloes|ahmed|eikenhof|0612345678", found.replacement, re.IGNORECASE)


@pytest.mark.parametrize(
    "name", ["jaarplan-2026.pdf", "Verslag_Gesprek_Team.pdf", "IMG_1234.jpg", "rooster week 12.ods"]
)
def test_an_ordinary_name_is_left_alone(name):
    assert renamed(name, check_all(spoken(name), About())) is None


@pytest.fixture
def topic():
    return make.topic(title="Hoe begin je", body="Wat doe je dan?")


@pytest.fixture
def client_of(enter, topic):
    return enter(make.writer_on(topic.board))


def sent(body="Zie het verslag.", **more) -> dict:
    return {"body": body, "submission_id": str(uuid.uuid4())} | more


def test_a_file_is_given_its_neutral_name_in_one_press_and_placed_with_it(client_of, topic):
    answer = client_of.post(place_of(topic), sent(files=papers.sent(NAME, papers.PDF)))
    assert (answer.status_code, marks(answer)) == (200, [NAME])
    key, waiting = hidden(answer, "seen"), hidden(answer, "waiting")
    swapped = client_of.post(place_of(topic), sent(waiting=waiting, swap=key[0]))
    [line] = Draft.objects.get().files
    assert re.fullmatch(r"gesprek-[\w-]+\.pdf", line["name"])
    assert "marloes" not in line["name"]
    assert (swapped.status_code, marks(swapped)) == (200, [])
    assert client_of.post(place_of(topic), sent(waiting=hidden(swapped, "waiting"))).status_code == 302
    assert Attachment.objects.get().name == line["name"]


def test_it_advises_only(client_of, topic):
    answer = client_of.post(place_of(topic), sent(files=papers.sent(NAME, papers.PDF)))
    again = sent(waiting=hidden(answer, "waiting"), seen=hidden(answer, "seen"))
    assert client_of.post(place_of(topic), again).status_code == 302
    assert Attachment.objects.get().name == NAME


def test_the_same_person_has_the_same_words_in_the_text_and_in_the_name(client_of, topic):
    answer = client_of.post(place_of(topic), sent("Marloes Jansen vroeg het.", files=papers.sent(NAME, papers.PDF)))
    page = answer.content.decode()
    assert marks(answer) == ["Marloes Jansen", NAME]
    offered = re.findall(r"Maak er ‘([^’]*)’ van", page)
    assert offered[1] == f"gesprek-{offered[0].lower().replace(' ', '-')}.pdf"


def test_it_is_told_while_one_writes(client_of, topic):
    answer = client_of.post("/forums/check/", {"body": "Zie het verslag.", "named": [NAME, "\x00", "plan.pdf"]})
    assert marks(answer) == [NAME]
    assert "data-swaps" not in answer.content.decode()
    key = hidden(answer, "seen")[0]
    assert marks(client_of.post("/forums/check/", {"body": "Zie.", "named": [NAME], "fine": [key]})) == []
