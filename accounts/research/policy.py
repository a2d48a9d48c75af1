"""Who may do what with the register and with studies."""


def can_see_register(user) -> bool:
    """Participants read about it; who was ever in it keeps the way to the own entry and out of it.

    A trainer gets here as a participant only.
    """
    return user.is_participant or hasattr(user, "research_entry")


def can_join_register(user) -> bool:
    return user.is_alumnus


def can_see_studies(user) -> bool:
    """For a trainer the register stays closed, whatever other role the same person holds."""
    return (user.is_researcher or user.is_register_keeper) and not user.is_trainer


def can_count_register(user) -> bool:
    """How many people are in it."""
    return user.is_register_keeper and not user.is_trainer
