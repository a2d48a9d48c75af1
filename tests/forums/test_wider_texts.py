"""Before more people read a conversation, what its author wrote is looked over as if it were placed anew."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forums.models import Topic, Widening
from forums.models.attachment import Held
from tests import make

pytestmark = pytest.mark.django_db
NAME = "gesprek-marloes-jansen.pdf"


class Scene:
    def __init__(self, body="Marloes is te bereiken op 06-12345678.", **how) -> None:
        self.cohort = make.cohort()
        self.circle, self.wide = make.board(cohort=self.cohort), make.board()
        self.author, self.mate = make.person("Noor", cohort=self.cohort), make.person("Willem", cohort=self.cohort)
        self.topic = make.topic(board=self.circle, author=self.author, title="Over Fatima", body=body, **how)
        self.address = reverse("forums:widen", args=[self.topic.pk])

    @property
    def to(self) -> dict:
        return {"to": self.wide.slug}

    def went(self) -> bool:
        return Topic.objects.get(pk=self.topic.pk).board == self.wide


def marks(answer) -> list[str]:
    return re.findall(r"<mark>(.*?)</mark>", answer.content.decode())


def hidden(answer, name: str) -> list[str]:
    found = re.findall(rf'<input type="hidden" name="{name}" value="([^"]*)">', answer.content.decode())
    return [unescape(one) for one in found]


def test_the_preview_shows_what_gives_away_and_where_to_change_it(enter):
    scene = Scene()
    page = enter(scene.author).get(scene.address, scene.to)
    assert marks(page) == ["Fatima", "Marloes", "06-12345678"]
    assert reverse("forums:post_edit", args=[scene.topic.posts.get().pk]) in page.content.decode()
    assert "Pas bericht 1 aan" in page.content.decode()


def test_a_name_is_advice_and_a_number_needs_a_yes(enter):
    scene, client = Scene(), None
    client = enter(scene.author)
    assert marks(client.post(scene.address, scene.to)) == ["Fatima", "Marloes", "06-12345678"]
    seen = hidden(client.get(scene.address, scene.to), "seen")
    refused = client.post(scene.address, scene.to | {"seen": seen})
    assert (refused.status_code, scene.went()) == (200, False)
    good = client.post(scene.address, scene.to | {"seen": seen, "good": seen[2]})
    assert (good.status_code, marks(good), scene.went()) == (200, ["Fatima", "Marloes"], False)
    sent = scene.to | {"seen": hidden(good, "seen"), "fine": hidden(good, "fine")}
    assert client.post(scene.address, sent).status_code == 302
    assert scene.went()


def test_who_is_known_in_the_circle_is_not_known_outside(enter):
    scene = Scene("Willem en Noor zaten erbij.")
    make.post(scene.topic, scene.mate, body="Klopt, en Bas ook.")
    assert marks(enter(scene.author).get(scene.address, scene.to)) == ["Fatima", "Willem"]


def test_under_a_pseudonym_the_own_name_is_marked(enter):
    scene = Scene("Noor zat erbij.", pseudonymous=True)
    assert marks(enter(scene.author).get(scene.address, scene.to)) == ["Fatima", "Noor"]


def test_names_of_files_are_looked_at_too(enter):
    scene = Scene("Zie hier.")
    make.post(scene.topic, scene.author, body="Het verslag", files=[Held("x" * 32, NAME, "pdf", 3)])
    page = enter(scene.author).get(scene.address, scene.to)
    assert marks(page) == ["Fatima", NAME]
    assert "Pas bericht 2 aan" in page.content.decode()


def test_it_is_looked_over_again_when_it_goes(enter):
    scene = Scene("Zomaar.")
    make.post(scene.topic, scene.mate)
    client = enter(scene.author)
    client.post(scene.address, scene.to | {"seen": ["fatima"]})
    assert Widening.objects.open().exists()
    make.post(scene.topic, scene.author, body="Bel Marloes op 06-12345678.")
    again = client.post(scene.address)
    assert (again.status_code, scene.went()) == (200, False)
    assert "06-12345678" in marks(again)
    sent = {"seen": hidden(again, "seen"), "fine": hidden(again, "seen")}
    assert client.post(scene.address, sent).status_code == 302
    assert scene.went()


def test_leaving_it_asks_nothing(enter):
    scene = Scene()
    make.post(scene.topic, scene.mate)
    Widening.ask(scene.topic, scene.wide)
    assert enter(scene.author).post(scene.address, {"drop": "1"}).status_code == 302
    assert not Widening.objects.open().exists()


def test_all_of_a_case_is_looked_over(enter):
    scene = Scene("Zomaar.")
    case = make.case(scene.author, scene.circle, "discussion")
    case.keep("situation", {"situation": "Marloes lacht om Bas.", "actions_tried": ""}, 1)
    page = enter(scene.author).get(reverse("forums:widen", args=[case.pk]), scene.to)
    assert marks(page) == ["Marloes", "Bas"]
    assert "Pas de casus aan" in page.content.decode()


def test_it_asks_as_much_for_many_texts_as_for_one(enter):
    scene = Scene()
    client = enter(scene.author)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(scene.address, scene.to)
        return len(found)

    asked()
    one = asked()
    for _ in range(5):
        make.post(scene.topic, scene.author, body="Marloes weer.")
    assert asked() == one
