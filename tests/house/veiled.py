"""What the unmasking suite lets somebody do under a pseudonym, one step after the other."""

import uuid

from django.urls import reverse

from forums.cases.models import Case
from forums.models import Topic
from tests import make
from tests.house.unmasking import Scene, entered

CASE = {
    "title": "Kastanjes",
    "context": "Een team van tien.",
    "team_size": "6-10",
    "sector": "zorg",
    "situation": "Niemand durft iets te zeggen over grapjes.",
    "actions_tried": "",
    "question": "Wie durft?",
    "risk-0-text": "Grapjes worden niet begrensd",
    "risk-0-level": "team",
    "risk-0-changer": "self",
    "protection-0-text": "Mensen vertrouwen mij",
    "protection-0-level": "individual",
}
BRING = {"stage": "submitted", "ticks": ["names", "organisation", "roles", "dates", "health"], "pseudonymous": "on"}
GIVEN = {"goal": "Iedereen durft", "seen": "Je ziet veel", "next_step": "Begin bij één", "revision": 0, "do": "give"}


def sent(client, address: str, data: dict, status: int = 302) -> None:
    answer = client.post(address, data)
    assert answer.status_code == status, (address, answer.status_code, answer.content.decode()[:3000])


def reply(client, topic: Topic, body: str, **more) -> None:
    sent(client, topic.get_absolute_url() + "reply/", {"body": body, "submission_id": uuid.uuid4()} | more)


def of(topic: Topic, number: int, what: str) -> str:
    """The address of something that is done with a post."""
    return f"/forums/posts/{topic.posts.get(number=number).pk}/{what}/"


def quoting(topic: Topic, number: int, words: str) -> dict:
    return {"quote": f"{topic.posts.get(number=number).pk}:{words}"}


def write(scene: Scene, author, board) -> None:
    """All that someone can do in a conversation of their own."""
    client = entered(author)
    first = {"title": "Kastanjes", "body": "Niemand durft iets te zeggen.", "pseudonymous": "on"}
    client.post(reverse("forums:topic_new", args=[board.slug]), first | {"submission_id": uuid.uuid4()})
    topic = Topic.objects.get(title="Kastanjes")
    client.get(topic.get_absolute_url())
    make.post(topic, scene.fellow, body="Vertel eens verder.")
    reply(client, topic, "Graag.")
    client.post(of(topic, 2, "react"), {"reaction": "thanks"})
    sent(client, of(topic, 3, "edit"), {"body": "Heel graag.", "revision": 0})
    draft = {"place": topic.get_absolute_url(), "body": "Nog niet af", "revision": 0}
    sent(client, "/forums/drafts/", draft, 200)
    client.get("/")


def bring_in(scene: Scene, author) -> None:
    """A case from its first page to the chosen action, with all that its author and others do with it."""
    client, fellow, trainer = entered(author), entered(scene.fellow), entered(scene.trainer)
    sent(client, reverse("cases:new"), CASE | {"submission_id": uuid.uuid4()})
    draft = Case.objects.get(state=Case.State.DRAFT)
    place = draft.get_absolute_url()
    client.get(place, follow=True)
    sent(client, place + "stage/", BRING)
    topic = Topic.objects.get(pk=draft.pk)
    sent(client, place + "stage/", {"stage": "discussion"})
    sent(fellow, of(topic, 1, "react"), {"reaction": "recognise"})
    sent(fellow, of(topic, 1, "bookmark"), {"remind_on": ""})
    reply(fellow, topic, "Wat zie jij zelf?", kind="question", **quoting(topic, 1, "Wie durft?"))
    client.get(place)
    reply(client, topic, "Dat niemand lacht.", **quoting(topic, 2, "zie jij zelf"))
    sent(client, of(topic, 3, "edit"), {"body": "Dat bijna niemand lacht.", "revision": 0})
    reply(fellow, topic, "Dank je.", **quoting(topic, 3, "niemand lacht"))
    sent(client, of(topic, 4, "react"), {"reaction": "thanks"})
    sent(client, of(topic, 4, "bookmark"), {"remind_on": ""})
    sent(client, topic.get_absolute_url() + "follow/", {"choice": "follow"})
    sent(client, place + "round/", {"round": 1})
    sent(client, f"{place}edit/situation/", {"situation": "Er durft er één.", "actions_tried": "", "revision": 1})
    sent(client, place + "feedback/", {"shared": "1"})
    client.get(place)
    sent(trainer, draft.feedback.get().get_absolute_url(), GIVEN)
    client.get(place)
    action = {"stage": "action", "action-0-text": "Praten", "action-0-level": "team", "follow_up_on": ""}
    sent(client, place + "stage/", action)
    sent(client, "/forums/drafts/", {"place": topic.get_absolute_url(), "body": "Nog niet af", "revision": 0}, 200)
    client.get("/")


def take_back(scene: Scene, author) -> None:
    """A case that its author withdraws when others have replied to it; they are told."""
    bring_in(scene, author)
    case = Case.objects.get()
    sent(entered(author), case.get_absolute_url() + "stage/", {"stage": "withdrawn"})
