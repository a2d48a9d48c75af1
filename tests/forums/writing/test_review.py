"""A text is looked over when it is placed: it advises, and asks a yes only for addresses and numbers."""

import re
import uuid

import pytest

from forums.models import Post
from tests import make

pytestmark = pytest.mark.django_db
MARLOES = "Ik ga praten met Marloes. Marloes weet van niets."


def place_of(topic) -> str:
    return f"{topic.get_absolute_url()}reply/"


def marks(answer) -> list[str]:
    return re.findall(r"<li>.*?<mark>(.*?)</mark>", answer.content.decode(), re.DOTALL)


def hidden(answer, name: str) -> list[str]:
    return re.findall(rf'<input type="hidden" name="{name}" value="([^"]*)">', answer.content.decode())


def typed(answer) -> str:
    return re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", answer.content.decode(), re.DOTALL)[1]


def instead(answer, words: str) -> str:
    """What the page offers to write in the place of `words`."""
    return dict(offers(answer))[words]


def offers(answer) -> list[tuple[str, str]]:
    """(words, what to write instead) of every mark."""
    pattern = r"<mark>([^<]*)</mark>.*?data-swaps=[^>]*>[^‘]*‘([^’]*)’"
    return re.findall(pattern, answer.content.decode(), re.DOTALL)


@pytest.fixture
def topic():
    return make.topic(title="Hoe begin je", body="Wat doe je dan?")


@pytest.fixture
def client_of(enter, topic):
    person = make.writer_on(topic.board)
    person.language = "nl"
    person.save()
    return enter(person)


def test_a_text_in_which_nothing_stands_out_is_placed_at_once(client_of, topic):
    assert client_of.post(place_of(topic), {"body": "Ik begin met een vraag."}).status_code == 302


def test_a_name_brings_the_text_back_with_the_words_the_reason_and_two_answers(client_of, topic):
    answer = client_of.post(place_of(topic), {"body": MARLOES})
    assert answer.status_code == 200
    assert typed(answer) == MARLOES
    assert marks(answer) == ["Marloes"]
    page = answer.content.decode()
    assert "‘<mark>Marloes</mark>’ lijkt een naam." in page
    assert "Maak er ‘" in page and "Dit is goed zo" in page and "Plaats zo" in page
    assert topic.posts.count() == 1


def test_placing_it_like_that_goes_through(client_of, topic):
    answer = client_of.post(place_of(topic), {"body": MARLOES})
    again = client_of.post(place_of(topic), {"body": MARLOES, "seen": hidden(answer, "seen")})
    assert again.status_code == 302
    assert topic.posts.get(number=2).body == MARLOES


def test_one_press_writes_the_neutral_words_everywhere(client_of, topic):
    answer = client_of.post(place_of(topic), {"body": MARLOES})
    words = instead(answer, "Marloes")
    answer = client_of.post(place_of(topic), {"body": MARLOES, "seen": ["marloes"], "swap": "marloes"})
    assert (answer.status_code, marks(answer)) == (200, [])
    assert typed(answer) == f"Ik ga praten met {words}. {words[0].upper()}{words[1:]} weet van niets."
    assert client_of.post(place_of(topic), {"body": typed(answer)}).status_code == 302


def test_what_is_fine_is_not_asked_again_for_this_text(client_of, topic):
    body = "Marloes en Kees kwamen laat."
    answer = client_of.post(place_of(topic), {"body": body, "good": "marloes"})
    assert (answer.status_code, marks(answer), hidden(answer, "fine")) == (200, ["Kees"], ["marloes"])
    answer = client_of.post(place_of(topic), {"body": body, "fine": ["marloes"], "good": "kees"})
    assert (answer.status_code, marks(answer), hidden(answer, "fine")) == (200, [], ["marloes", "kees"])
    assert client_of.post(place_of(topic), {"body": body, "fine": ["marloes", "kees"]}).status_code == 302
    assert marks(client_of.post(place_of(topic), {"body": body})) == ["Marloes", "Kees"]


@pytest.mark.parametrize("detail", ["m.jansen@example.org", "06-12345678", "NL91 ABNA 0417 1643 00", "BSN 111222333"])
def test_an_address_or_number_is_placed_only_after_an_explicit_yes(client_of, topic, detail):
    body = f"Het gaat om {detail}, zeiden ze."
    answer = client_of.post(place_of(topic), {"body": body})
    (key,) = hidden(answer, "seen")
    again = client_of.post(place_of(topic), {"body": body, "seen": [key]})
    assert again.status_code == 200
    assert "Dit plaatsen we alleen als jij zegt dat het goed is." in again.content.decode()
    assert topic.posts.count() == 1
    assert client_of.post(place_of(topic), {"body": body, "fine": [key]}).status_code == 302


def test_a_name_that_is_written_after_the_look_is_looked_at_too(client_of, topic):
    answer = client_of.post(place_of(topic), {"body": MARLOES})
    again = client_of.post(place_of(topic), {"body": f"{MARLOES} Ook Kees niet.", "seen": hidden(answer, "seen")})
    assert (again.status_code, marks(again)) == (200, ["Marloes", "Kees"])


def test_the_same_name_gets_the_same_words_in_the_next_reply_and_nothing_is_stored_for_it(client_of, topic):
    first = client_of.post(place_of(topic), {"body": MARLOES})
    second = client_of.post(place_of(topic), {"body": "Gisteren zag ik Marloes de Wit weer."})
    live = client_of.post("/forums/check/", {"body": "En toen kwam Marloes.", "topic": str(topic.pk)})
    assert instead(first, "Marloes") == instead(second, "Marloes de Wit") == instead(live, "Marloes")
    assert Post.objects.count() == 1


@pytest.mark.parametrize("pseudonymous", ["", "on"])
def test_the_words_of_the_opening_text_are_those_of_its_replies(enter, pseudonymous):
    board = make.board()
    client, key = enter(make.writer_on(board)), str(uuid.uuid4())
    sent = {"title": "Hoe begin je", "body": MARLOES, "submission_id": key, "pseudonymous": pseudonymous}
    first = client.post(f"{board.get_absolute_url()}new/", sent)
    live = client.post("/forums/check/", sent)
    client.post(f"{board.get_absolute_url()}new/", sent | {"seen": ["marloes"]})
    again = client.post(place_of(board.topics.get()), {"body": MARLOES})
    assert offers(first) == offers(live) == offers(again) != []


def test_two_names_get_two_words(client_of, topic):
    answer = client_of.post(place_of(topic), {"body": "Toen kwamen Marloes, Kees, Fatima en Joris."})
    assert len({instead(answer, name) for name in ("Marloes", "Kees", "Fatima", "Joris")}) == 4


def test_nobody_else_can_try_names_until_the_same_words_come_out(enter):
    board = make.board()
    topic = make.topic(board=board)
    body = "Toen kwam Marloes, en Kees, en Fatima, en Joris, en Anna"
    sent = {"body": body, "topic": str(topic.pk)}
    found = {tuple(offers(enter(make.writer_on(board)).post("/forums/check/", sent))) for _ in range(4)}
    assert len(found) > 1
    assert {len(several) for several in found} == {5}


def test_people_of_the_conversation_may_be_called_by_their_names_and_the_writer_too(enter):
    board = make.board()
    topic = make.topic(board=board, author=make.person("Willem Bakker", alumnus=True))
    client = enter(make.person("Farida Benali", alumnus=True))
    assert client.post(place_of(topic), {"body": "Dank je, Willem. Groet van Farida"}).status_code == 302
    assert marks(client.post(place_of(topic), {"body": "Dank je, Marloes."})) == ["Marloes"]


def test_who_writes_under_a_pseudonym_is_warned_of_the_own_name(enter):
    cohort = make.cohort()
    person = make.person("Farida Benali", cohort=cohort)
    board = make.board(cohort=cohort)
    topic = board.open_topic(person, "Hoe begin je", "Wat doe je?", pseudonymous=True)
    assert marks(enter(person).post(place_of(topic), {"body": "Groet van Farida"})) == ["Farida"]
    sent = {"title": "Iets", "body": "Groet van Farida", "pseudonymous": "on"}
    assert marks(enter(person).post(f"{board.get_absolute_url()}new/", sent)) == ["Farida"]
    assert enter(person).post(f"{board.get_absolute_url()}new/", sent | {"pseudonymous": ""}).status_code == 302


def test_the_own_employer_and_town_are_known_from_the_profile(enter):
    board = make.board()
    person = make.writer_on(board)
    person.profile.employer, person.profile.town = "Zorggroep De Linde", "Zwolle"
    person.profile.save()
    body = "Bij De Linde in Zwolle gaat het zo."
    assert marks(enter(person).post(place_of(make.topic(board=board)), {"body": body})) == ["De Linde", "Zwolle"]


def test_a_title_is_looked_over_as_well_and_changed_with_the_text(enter):
    board = make.board()
    client, page = enter(make.writer_on(board)), f"{board.get_absolute_url()}new/"
    sent = {"title": "Het gedrag van Marloes", "body": MARLOES}
    answer = client.post(page, sent)
    assert marks(answer) == ["Marloes"]
    answer = client.post(page, sent | {"swap": "marloes"})
    assert "Marloes" not in answer.content.decode()
    assert board.topics.count() == 0


def test_an_edit_is_looked_over_again(enter):
    board = make.board()
    author = make.writer_on(board)
    post = make.post(make.topic(board=board), author=author, body="Niets bijzonders.")
    client, page = enter(author), f"/forums/posts/{post.pk}/edit/"
    answer = client.post(page, {"body": MARLOES, "revision": 0})
    assert (answer.status_code, marks(answer)) == (200, ["Marloes"])
    assert client.post(page, {"body": MARLOES, "revision": 0, "seen": ["marloes"]}).status_code == 302


def test_an_open_page_gets_the_box_back_with_the_same_list(client_of, topic):
    answer = client_of.post(place_of(topic), {"body": MARLOES}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert marks(answer) == ["Marloes"]
    assert 'id="composer"' in answer.content.decode() and "<html" not in answer.content.decode()


def test_looking_counts_as_no_reply(client_of, topic, settings):
    settings.RATE_LIMITS = True
    settings.LIMITS = settings.LIMITS | {"reply": [(1, 3600)]}
    for _ in range(3):
        assert client_of.post(place_of(topic), {"body": MARLOES}).status_code == 200
    assert client_of.post(place_of(topic), {"body": MARLOES, "seen": ["marloes"]}).status_code == 302
