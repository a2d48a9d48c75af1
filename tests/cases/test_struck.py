"""A moderator took the opening text of a case away: all its words go, wherever they stand."""

import pytest

from accounts.clock import today
from community.tick import run_due
from forums.cases.models import Case, ChosenAction, Factor, Feedback, FeedbackNote
from tests import make

pytestmark = pytest.mark.django_db

SECRETS = ("Grapjes", "Een team van tien", "Er wordt veel gelachen", "niet begrensd", "Praten", "Je noemt je eigen rol")


@pytest.fixture(params=[False, True], ids=["own name", "pseudonym"])
def case(request, board, noor, mate, trainer):
    """With a reply, given feedback, and a new question for it."""
    found = make.case(noor, board, "action", pseudonymous=request.param)
    found.topic.reply(mate, "Weten zij dit?")
    make.feedback(found, trainer, shared=True)
    make.feedback(found, trainer, "draft").note(trainer, "Lees jij mee?")
    Case.objects.filter(pk=found.pk).update(follow_up_on=today())
    return found


def strike(case) -> None:
    case.topic.posts.get(number=1).strike(make.moderator(), "Iemand is herkenbaar.")


def test_the_words_are_gone_from_every_row_and_the_replies_stay(case):
    strike(case)
    assert run_due()["erase_struck"] == 1
    assert run_due()["erase_struck"] == 0
    for model in (Factor, ChosenAction, Feedback, FeedbackNote):
        assert not model.objects.exists()
    left = Case.objects.get()
    stored = str({field.name: getattr(left, field.attname) for field in left._meta.concrete_fields})
    assert not [secret for secret in SECRETS if secret in stored]
    assert (left.stems, left.follow_up_on, left.state) == ("", None, "action")
    assert [post.body for post in left.topic.posts.all()] == ["", "Weten zij dit?"]


def test_a_case_that_is_only_hidden_keeps_its_words(case):
    case.topic.posts.get(number=1).hide(make.moderator(), "Even kijken.")
    assert run_due()["erase_struck"] == 0
    assert Case.objects.get().situation


def test_nobody_sees_a_word_of_it_from_that_moment_on(enter, case, noor, mate, trainer):
    strike(case)
    for person in (noor, mate, trainer):
        client = enter(person)
        pages = [case.get_absolute_url(), "/", "/forums/cases/?all=1", "/forums/cases/feedback/", "/search/?q=gelachen"]
        for address in pages if person.is_trainer else [*pages[:3], pages[4]]:
            page = client.get(address).content.decode()
            assert not [secret for secret in SECRETS if secret in page], (person, address)
    assert case.get_absolute_url() not in enter(mate).get("/forums/cases/?all=1").content.decode()
    assert "Weggehaalde casus" in enter(noor).get("/forums/cases/?all=1").content.decode()
    page = enter(noor).get(case.get_absolute_url()).content.decode()
    assert "Een moderator heeft deze casus weggehaald." in page
    assert "stage=evaluated" not in page


def test_nothing_is_written_in_it_any_more_and_it_can_be_withdrawn(enter, case, noor, trainer):
    draft = case.feedback.get(state="draft")
    strike(case)
    client, address = enter(noor), case.get_absolute_url()
    assert client.get(f"{address}edit/situation/").status_code == 403
    assert client.post(f"{address}stage/", {"stage": "evaluated", "evaluation": "Beter"}).status_code == 403
    assert client.post(f"{address}feedback/", {"shared": "0"}).url == address
    assert enter(trainer).get(draft.get_absolute_url()).status_code == 403
    run_due()
    assert enter(noor).post(f"{address}stage/", {"stage": "withdrawn"}).url == address
    assert Case.objects.get().state == "withdrawn"
