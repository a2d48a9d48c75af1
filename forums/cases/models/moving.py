"""How a case goes on: bringing it in, opening the discussion, choosing, evaluating, closing, and taking it back."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from accounts.clock import now, today
from accounts.models import Outgoing
from forums.cases.faults import NotYet, Skipped
from forums.cases.models.factor import Transition
from forums.cases.rounds import Round
from forums.cases.stages import (
    ONWARD,
    State,
    missing_for_action,
    missing_for_evaluation,
    missing_for_submission,
)
from forums.models import Kind, Narrow
from forums.models.alias import tell

WORDS = ("title", "sector", "team_size", "context", "situation", "levels", "question", "actions_tried", "evaluation",
         "outcome")  # fmt: skip


class Moving:
    """The verbs of a case. Each works on the locked row, once, and leaves a line in its history."""

    def step_to(self, state: State, by: str, **fields) -> None:
        """Set this case, whose row is locked, in `state`. Raises Skipped when that does not follow from where it is."""
        if state not in ONWARD[State(self.state)]:
            raise Skipped
        self.state, self.state_on, self.changed_at = state, today(), now()
        for name, value in fields.items():
            setattr(self, name, value)
        self.stems = self.stemmed()
        self.save()
        self.transitions.create(to=state, by=by, at=now())

    @transaction.atomic
    def submit(self, author, *, narrow="", people=(), pseudonymous=False, shares_feedback=False, checked=False):
        """Bring the draft in on its board: from now on others read it. Twice is once.

        `people` are the chosen few. Raises NotYet with what is missing. Under a pseudonym nothing of the author stays.
        """
        case = self.locked()
        if case.state == State.SUBMITTED:
            return case
        if missing := missing_for_submission(case, case.risks, case.protections, checked):
            raise NotYet(missing)
        if case.state != State.DRAFT:
            raise Skipped
        how = {"narrow": narrow, "is_case": True, "id": case.pk, "pseudonymous": pseudonymous}
        how["submission_id"] = case.pk  # so that the help while writing knows the conversation by its case
        topic = case.board.open_topic(author, case.title, case.question, Kind.QUESTION, **how)
        if narrow == Narrow.FEW:
            topic.seat([*people, author])
        case.levels = case.levels or ",".join(dict.fromkeys(factor.level for factor in case.factors.all()))
        gone = {"title": "", "question": "", "submission_id": None, "created_at": now()}
        gone |= {"author": None} if pseudonymous else {}
        case.step_to(State.SUBMITTED, Transition.By.AUTHOR, topic=topic, shares_feedback=shares_feedback, **gone)
        return case

    @transaction.atomic
    def open_discussion(self, by: str):
        """Open the first round."""
        case = self.locked()
        if case.state != State.SUBMITTED:
            raise Skipped
        case.step_to(State.DISCUSSION, by, round=Round.QUESTIONS, round_on=today())
        return case

    @transaction.atomic
    def skip_round(self, after: int):
        """Begin the round after `after` today. Pressed twice, or when it went on by itself, it is once."""
        case = self.locked()
        standing = case.standing
        if standing is None or standing.next is None:
            raise Skipped
        if standing.round == after:
            case.round, case.round_on = standing.next, today()
            case.save(update_fields=["round", "round_on"])
        return case

    @transaction.atomic
    def choose(self, words: dict):
        """Choose what to do. `words` as on the page "action". Raises NotYet without an action that has a level."""
        case = self.locked()
        if case.state != State.DISCUSSION or case.is_struck:
            raise Skipped
        case.take("action", {"follow_up_on": words["follow_up_on"]}, {"actions": words["actions"]})
        if missing := missing_for_action(list(case.actions.all())):
            raise NotYet(missing)
        case.step_to(State.ACTION, Transition.By.AUTHOR)
        return case

    @transaction.atomic
    def evaluate(self, words: dict):
        """Tell what came of it. `words` as on the page "evaluation". Raises NotYet without a text."""
        case = self.locked()
        if case.state != State.ACTION or case.is_struck:
            raise Skipped
        if missing := missing_for_evaluation(words["evaluation"]):
            raise NotYet(missing)
        known = case.follow_up_on
        case.take("evaluation", {name: words[name] for name in ("evaluation", "outcome", "follow_up_on")}, {})
        if known == case.follow_up_on and known and known <= today():
            case.reminders = 2  # asked and answered
        case.step_to(State.EVALUATED, Transition.By.AUTHOR)
        return case

    @transaction.atomic
    def close(self, by: str = Transition.By.AUTHOR):
        case = self.locked()
        case.step_to(State.CLOSED, by)
        return case

    @transaction.atomic
    def reopen(self):
        """Discuss it again, from the first round; what was chosen and evaluated stays to be read."""
        case = self.locked()
        if case.state not in (State.EVALUATED, State.CLOSED):
            raise Skipped
        case.step_to(State.DISCUSSION, Transition.By.AUTHOR, round=Round.QUESTIONS, round_on=today())
        return case

    @transaction.atomic
    def withdraw(self, author) -> bool:
        """Take it back: the author's words are gone at once. Twice is once.

        Returns whether something stays for now: the replies of others, for a week of notice.
        """
        case = self.locked()
        if case.state == State.WITHDRAWN:
            return True
        if case.state == State.DRAFT:
            case.delete()
            return False
        topic = case.topic.locked()
        mine = {"alias": topic.alias_id} if topic.alias_id else {"author": topic.author_id}
        for post in topic.posts.filter(**mine).order_by("-number"):
            post.remove(author)
        case.wipe()
        case.step_to(State.WITHDRAWN, Transition.By.AUTHOR)
        topic.refresh_from_db()
        if topic.removed_at:
            topic.erase()
            return False
        topic.closed_at = now()
        topic.save(update_fields=["closed_at"])
        case.tell_repliers()
        return True

    def wipe(self) -> None:
        """All words of this case, whose row is locked, go, with what was said about it. The caller saves."""
        for rows in (self.feedback, self.factors, self.actions):
            rows.all().delete()
        for name in WORDS:
            setattr(self, name, "")
        self.follow_up_on, self.stems = None, ""

    @transaction.atomic
    def erase_words(self) -> None:
        """What is left of it goes after a moderator took its opening text away. The replies of others stay."""
        case = self.locked()
        case.wipe()
        case.save()

    @transaction.atomic
    def remind(self) -> bool:
        """Ask the author how it is now, by a mail that tells nothing of it. Once for the day, and once more later."""
        case = self.locked()
        if case.reminded_on == today() or case.reminders > 1:
            return False
        case.reminders, case.reminded_on = case.reminders + 1, today()
        case.save(update_fields=["reminders", "reminded_on"])
        tell(case.topic.alias, case.author, "look_back", f"{case.pk}:{case.follow_up_on}:{case.reminders}")
        return True

    @property
    def replies_go_on(self):
        """The day on which the replies of others go, after a withdrawal."""
        return self.state_on + timedelta(days=settings.TERMS["replies_after_withdrawal"])

    def tell_repliers(self) -> None:
        """A mail without any word of it, to who replied under the own name."""
        posts = self.topic.posts.filter(removed_at=None).exclude(author=None).select_related("author")
        for person in {post.author_id: post.author for post in posts}.values():
            key = f"replies_go:{self.pk}:{person.pk}"
            Outgoing.queue("replies_go", person, data={"on": self.replies_go_on.isoformat()}, dedupe_key=key)
