"""What to ask of cases and of feedback on them, for the matrix of who reaches what."""

from tests.house.world import World

FEEDBACK = {"feedback_write": "get", "feedback_note": "post", "feedback_take": "post", "feedback_pdf": "get"}


def of_cases(world: World) -> dict:
    return {
        "cases:case": ("get", [world.case.pk]),
        "cases:feedback": ("get", [world.case.pk]),
        **{f"cases:{name}": (method, of_feedback(world, "a draft")) for name, method in FEEDBACK.items()},
        "cases:edit": ("get", [world.case.pk, "context"]),
        "cases:readers": ("get", [world.narrow_cases["for a few"].pk]),
        "cases:reply": ("post", [world.case.pk]),
        "cases:round": ("post", [world.case.pk]),
        "cases:stage": ("get", [world.case.pk]),
    }


def of_feedback(world: World, which: str) -> list:
    found = world.feedback[which]
    return [found.case_id, found.pk]
