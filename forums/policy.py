"""Who may do what to what people write. Whoever asks may read it already."""

from accounts.audience import Audience
from forums.models.kind import Kind
from forums.signature import badge_of

OPENINGS = (Kind.QUESTION, Kind.REFLECTION, Kind.EXPERIENCE, Kind.SUGGESTION)
REPLIES = (Kind.REPLY, Kind.QUESTION, Kind.REFLECTION, Kind.EXPERIENCE, Kind.SUGGESTION)


def can_write_board(user, board) -> bool:
    """Organisers read the topic forums and announce elsewhere; on other forums whoever reads also writes."""
    if board.audience == Audience.EVERYONE:
        return user.is_participant or user.is_alumnus or user.is_trainer or user.is_moderator
    return True


def can_reply_topic(user, topic) -> bool:
    return topic.closed_at is None and can_write_board(user, topic.board)


def can_edit_post(user, post) -> bool:
    return post.removed_at is None and post.is_by(user)


def can_remove_post(user, post) -> bool:
    return post.removed_at is None and post.is_by(user)


def can_read_versions(user, post) -> bool:
    """How a post stood before, for as long as that is kept: its writer."""
    return post.removed_at is None and post.is_by(user)


def can_react_post(user, post) -> bool:
    """To what others wrote, also when the conversation takes no replies any more."""
    return (
        post.removed_at is None
        and not post.hidden_at
        and can_write_board(user, post.topic.board)
        and not post.is_by(user)
    )


def can_report_post(user, post) -> bool:
    """What others wrote, as long as it is there; what is one's own one takes back."""
    return post.removed_at is None and not post.is_by(user)


def can_hide_topic(user, topic) -> bool:
    """Hide and put back what stands in it, also without a report: in a circle its trainers."""
    return topic.board.is_circle and trains_circle(user, topic.board)


def can_tend_topic(user, topic) -> bool:
    """Close, pin, move, split, merge: in a circle its trainers, on other boards the moderators who read there."""
    return trains_circle(user, topic.board) if topic.board.is_circle else user.is_moderator


def trains_circle(user, board) -> bool:
    return any(cohort.pk == board.cohort_id for cohort in user.trained_cohorts)


def kinds_of_reply(user, topic) -> list[Kind]:
    """What a reply by `user` may be: trainers give expert feedback, the opener tells how it went on."""
    kinds = list(REPLIES)
    if topic.is_by(user):
        kinds.append(Kind.FEEDBACK)
    if badge_of(user, topic.board) == "trainer" and topic.own_alias(user) is None:
        kinds.append(Kind.EXPERT)
    return kinds


def can_widen_topic(user, topic) -> bool:
    """Only who began it lets more people read it, and not while it is hidden (R-9) or is meant to stay with these."""
    is_small = topic.narrow or topic.board.audience in (Audience.COHORT, Audience.ALUMNI)
    return bool(is_small) and topic.hidden_at is None and not topic.stays and topic.is_by(user)
