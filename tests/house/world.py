"""One of everything, and one person of every kind, for the matrix of who reaches what."""

from datetime import timedelta
from uuid import uuid4

from accounts.clock import now, today
from accounts.models import Cohort, Invitation, Membership, Opening, Role
from events.chat.models import Poll, Question
from events.models import Event
from forums.files import store
from forums.models.attachment import Held
from tests import make
from tests.chat.rooms import room


class World:
    """Cohort A runs now with a session that is on; the alumnus is of an earlier cohort and comes to the return day."""

    def __init__(self) -> None:
        self.a, self.b = make.cohort(), make.cohort()
        self.boss, self.author = make.organiser(), make.person(cohort=self.a)
        self.people = {
            "participant of A": make.person(cohort=self.a),
            "participant of B": make.person(cohort=self.b),
            "alumnus": make.person(alumnus=True),
            "trainer of A": make.trainer(self.a),
            "organiser": make.organiser(),
            "researcher": make.person(roles=[Role.RESEARCHER]),
            "moderator": make.person(roles=[Role.MODERATOR]),
            "privacy officer": make.person(roles=[Role.PRIVACY_OFFICER]),
            "register keeper": make.person(roles=[Role.REGISTER_KEEPER]),
            "site administrator": make.person(roles=[Role.SITE_ADMINISTRATOR]),
            "suspended": make.person(alumnus=True, suspended_at=now()),
        }
        self.forums()
        self.happenings()
        self.shown()

    def forums(self) -> None:
        self.circle = make.board(cohort=self.a)
        self.boards = {"circle": self.circle} | {name: make.board(name) for name in ("alumni", "everyone", "research")}
        self.topics = {name: make.topic(board=board, author=self.author) for name, board in self.boards.items()}
        paper = Held(store.put(b"Dag"), "dag.txt", "txt", 3)
        self.post = make.post(self.topics["circle"], author=self.author, files=[paper])
        self.attachment = self.post.attachments.get()
        self.veiled = make.topic(board=self.circle, author=self.author, pseudonymous=True)
        officer = make.person(roles=[Role.PRIVACY_OFFICER])
        self.opening = Opening.ask(officer, self.veiled.alias, Opening.Reason.DANGER, "Daarom")
        self.report = make.report(self.post, by=make.person(cohort=self.a))
        self.hidden = make.post(self.topics["circle"], author=self.author)
        self.hidden.hide(None, "Even kijken")

        self.case = make.case(self.author, self.circle)
        self.narrow_cases = {
            "for a few": make.case(self.author, self.circle, narrow="few", people=[make.person(cohort=self.a)]),
            "for the trainers": make.case(self.author, self.circle, narrow="trainers"),
            "under a pseudonym": make.case(self.author, self.circle, pseudonymous=True),
        }
        trainer = make.trainer(self.a)
        self.feedback = {
            "a draft": make.feedback(self.case, trainer, "draft", shared=True),
            "given": make.feedback(make.case(self.author, self.circle), trainer),
            "given to who reads the case": make.feedback(make.case(self.author, self.circle), trainer, shared=True),
        }
        self.draft_case = make.draft_case(self.author, self.circle)

    def happenings(self) -> None:
        self.room = room(self.a)
        self.message = self.room.say(self.author, "Dag")
        self.question = Question.ask(self.room, self.author, "Mag dat?", uuid4())
        self.poll = Poll.begin(self.room, self.author, "Wanneer?", ["Nu", "Straks"], uuid4())
        trainer = self.people["trainer of A"]
        self.room.look_first(trainer)
        self.waiting = self.room.say(self.author, "Wacht even")
        self.room.look_first(trainer, wants=False)
        self.unseen = Question.ask(self.room, self.author, "En zo?", uuid4(), nameless=True)
        begin = now() + timedelta(days=30)
        times = {"starts_at": begin, "ends_at": begin + timedelta(hours=4), "capacity": 5}
        self.draft = Event.plan_return_day(self.boss, title_nl="Later", **times)
        self.day = Event.plan_return_day(self.boss, title_nl="Terugkomdag", **times)
        self.day.announce(self.boss)

    def shown(self) -> None:
        """A listed alumna who shows something to all members, and a participant of A who shows it to the circle."""
        self.listed = make.person(alumnus=True)
        self.listed.profile.change(about="Dag", about_for="members", is_listed=True)
        self.author.profile.change(about="Dag", about_for="own_cohort")
        self.invitation = Invitation.send(self.a, self.boss, "nieuw@example.org", "Nieuw")
        self.role = self.people["organiser"].memberships.get()
        self.seat = Membership.objects.get(person=self.author)
        self.study = make.study(owner=self.people["researcher"], state="ethics_review")
        self.new_cohort = Cohort.objects.create(name="Nieuw", slug="nieuw", state="open", ends_on=today())
