"""Who may do what in the room. The room was read through `visible_to` before."""


def can_say_chatroom(user, room) -> bool:
    """Participants and trainers of the cohort write; alumni of it read."""
    cohort = room.event.cohort
    return user.trains(cohort) or any(
        m.cohort_id == cohort.pk and m.opens_circle and not m.is_alumnus for m in user.standing
    )


def can_run_chatroom(user, room) -> bool:
    """Set how it goes: a trainer of the cohort."""
    return user.trains(room.event.cohort)


def can_rest_chatmessage(user, message) -> bool:
    """Let its author read along for a while: a trainer of the cohort, in the room of everyone, none of the trainers."""
    cohort, author = message.room.event.cohort, message.author
    return user.trains(cohort) and not message.room.is_for_trainers and bool(author) and not author.trains(cohort)


def can_edit_chatmessage(user, message) -> bool:
    return message.author_id == user.pk


def can_remove_chatmessage(user, message) -> bool:
    """One's own; a trainer of the cohort any that is on show. What waits goes back to its writer instead."""
    return message.author_id == user.pk or (message.is_on_show and user.trains(message.room.event.cohort))


def can_tend_chatmessage(user, message) -> bool:
    """Show it when it waits, or give it back."""
    return user.trains(message.room.event.cohort)


def can_pin_chatmessage(user, message) -> bool:
    """A trainer, in the room of everyone."""
    return user.trains(message.room.event.cohort) and not message.room.is_for_trainers


def can_report_chatmessage(user, message) -> bool:
    """What others said, as long as it is there."""
    return message.gone_at is None and message.author_id != user.pk


def can_ask_chatroom(user, room) -> bool:
    """Who takes the course asks; its trainers answer."""
    return can_say_chatroom(user, room) and not user.trains(room.event.cohort)


def can_vote_question(user, question) -> bool:
    """For what others want to know."""
    return can_ask_chatroom(user, question.room) and not question.is_by(user)


def can_tend_question(user, question) -> bool:
    """Show it, give it back, take it up, call it answered."""
    return user.trains(question.room.event.cohort)


def can_remove_question(user, question) -> bool:
    """One's own, with a name or without; a trainer of the cohort any."""
    return user.trains(question.room.event.cohort) or question.is_by(user)


def can_report_question(user, question) -> bool:
    """What others asked, as long as it is there."""
    return question.gone_at is None and question.shown_at is not None and not question.is_by(user)


def can_prompt_chatroom(user, room) -> bool:
    """Give everyone something to do."""
    return user.trains(room.event.cohort)


def can_begin_poll(user, room) -> bool:
    return user.trains(room.event.cohort)


def can_vote_poll(user, poll) -> bool:
    return can_ask_chatroom(user, poll.room)


def can_tend_poll(user, poll) -> bool:
    """Close it, take it away."""
    return user.trains(poll.room.event.cohort)


def can_sum_up_chatroom(user, room) -> bool:
    """Ask what may be kept, and make a conversation of it: a trainer, once everyone is done talking."""
    return user.trains(room.event.cohort) and room.state_now in ("closed", "archived")
