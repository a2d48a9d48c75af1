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


def kinds_of_reply(user, topic) -> list[Kind]:
    """What a reply by `user` may be: trainers give expert feedback, the opener tells how it went on."""
    kinds = list(REPLIES)
    if topic.is_by(user):
        kinds.append(Kind.FEEDBACK)
    if badge_of(user, topic.board) == "trainer" and topic.own_alias(user) is None:
        kinds.append(Kind.EXPERT)
    return kinds
