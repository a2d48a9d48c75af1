"""What to ask of reports and of who looks after conversations, for the matrix of who reaches what."""

from django.urls import reverse

from tests.house.addresses import KEY
from tests.house.world import World


def moderated(world: World) -> dict:
    post, report = [world.post.pk], [world.report.pk]
    found = {f"moderation:{name}": ("get", post) for name in ("report", "hide", "again", "seen")}
    found |= {f"moderation:{name}": ("post", report) for name in ("take", "back", "lock", "rule")}
    circle = [world.topics["circle"].pk]
    found |= {f"moderation:{name}": ("post", circle) for name in ("close", "pin", "move", "split", "merge")}
    return found | {
        "moderation:tend": ("get", circle),
        "moderation:detail": ("get", report),
        "moderation:file": ("get", [*report, KEY]),
        "moderation:restore": ("get", [world.hidden.pk]),
        "moderation:report_topic": ("get", [world.topics["circle"].pk]),
        "moderation:looks": ("get", [world.circle.slug]),
    }


def moderated_elsewhere(world: World) -> dict:
    """The same on the board that most people read."""
    post = world.topics["research"].posts.get()
    return {
        "moderation:tend, research": reverse("moderation:tend", args=[post.topic_id]),
        "moderation:report, research": reverse("moderation:report", args=[post.pk]),
    }
