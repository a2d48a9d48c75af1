"""A message in answer to another: with the quote above the box, also without a script."""

import pytest

from tests import make
from tests.chat.rooms import address

pytestmark = pytest.mark.django_db


def test_the_link_in_the_menu_sets_the_quote_and_what_is_sent_answers_it(enter, noor, chat):
    tom = make.person(cohort=chat.event.cohort, name="Tom")
    asked = chat.say(tom, "Wie staat er naast je?")
    client = enter(noor)
    assert f"?reply={asked.pk}#id_body" in client.get(address(chat, "")).content.decode()
    page = client.get(address(chat, f"?reply={asked.pk}"))
    assert page.context["answered"] == asked
    assert page.context["form"]["reply_to"].value() == asked.pk
    client.post(address(chat), {"body": "Mijn collega", "reply_to": str(asked.pk)})
    assert chat.messages.get(body="Mijn collega").reply_to == asked
    assert "Antwoord aan Tom" in client.get(address(chat, "")).content.decode()


def test_what_is_gone_or_elsewhere_is_not_quoted(enter, noor, chat):
    gone, hidden = chat.say(noor, "weg"), chat.say(noor, "verborgen")
    gone.take_away(noor)
    hidden.hide(None, "herkenbaar")
    for key in (gone.pk, hidden.pk, "x", "", chat.pk):
        page = enter(noor).get(address(chat, f"?reply={key}"))
        assert page.status_code == 200
        assert page.context["answered"] is None
        assert not page.context["form"]["reply_to"].value()


def test_a_text_that_comes_back_keeps_what_it_answers(enter, noor, chat):
    asked = chat.say(noor, "vraag")
    page = enter(noor).post(address(chat), {"body": " ", "reply_to": str(asked.pk)})
    assert page.status_code == 422
    assert page.context["answered"] == asked


def test_who_may_not_write_gets_no_way_to_answer(enter, noor, chat):
    message = chat.say(noor, "vraag")
    alumna = make.person(cohort=chat.event.cohort, alumnus=True)
    assert f"?reply={message.pk}" not in enter(alumna).get(address(chat, "")).content.decode()
