"""What one quotes is shown once more: it is looked over as well."""

import re

import pytest

from tests import make
from tests.forums.test_quotes import reply

pytestmark = pytest.mark.django_db


def test_quoted_words_are_looked_over_as_well_and_can_only_be_left_out(enter):
    cohort = make.cohort()
    told = make.post(
        make.topic(board=make.board(cohort=cohort)), author=make.person("Sjoerd", cohort=cohort),
        body="Bel haar op 06-12345678 als het weer gebeurt.",
    )  # fmt: skip
    client, quote = enter(make.person("Noor", cohort=cohort)), f"{told.pk}:op 06-12345678"
    live = client.post("/forums/check/", {"body": "Goed idee", "topic": str(told.topic_id), "quote": quote})
    assert "Het staat in wat je citeert" in live.content.decode()
    asked = reply(client, told.topic, quote)
    assert asked.status_code == 200
    page = asked.content.decode()
    assert "Het staat in wat je citeert" in page
    assert 'name="swap"' not in page
    assert told.topic.posts.count() == 2
    assert reply(client, told.topic, quote, seen="0612345678").status_code == 200  # a number is placed with a yes only
    key = re.search(r'name="good" value="([^"]+)"', page)[1]
    assert reply(client, told.topic, quote, fine=key).status_code == 302
    assert reply(client, told.topic).status_code == 302
