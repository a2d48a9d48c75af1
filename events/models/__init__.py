from events.models.door import answer, answer_offer, open_door, set_capacity, settle_offers
from events.models.event import Event
from events.models.offer import Offer
from events.models.rsvp import Needs, Rsvp, Workshop

__all__ = [
    "Event",
    "Needs",
    "Offer",
    "Rsvp",
    "Workshop",
    "answer",
    "answer_offer",
    "open_door",
    "set_capacity",
    "settle_offers",
]
