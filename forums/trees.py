"""Names for who writes under a pseudonym: trees, which say nothing about anyone."""

import secrets

TREES = (
    "Abeel", "Acacia", "Amandel", "Beuk", "Berk", "Bergden", "Bergiep", "Ceder", "Cipres", "Douglas", "Eik", "Els",
    "Es", "Esdoorn", "Esp", "Fladderiep", "Ginkgo", "Gouden regen", "Haagbeuk", "Hazelaar", "Hemelboom", "Hulst", "Iep",
    "Jeneverbes", "Kardinaalsmuts", "Kastanje", "Kers", "Kornoelje", "Kweepeer", "Lariks", "Laurier", "Levensboom",
    "Lijsterbes", "Liguster", "Linde", "Magnolia", "Meelbes", "Meidoorn", "Mispel", "Moerbei", "Moerascipres", "Notelaar",
    "Olijf", "Olm", "Peer", "Plataan", "Populier", "Pruim", "Ratelpopulier", "Robinia", "Schietwilg", "Sequoia", "Sering",
    "Sleedoorn", "Spar", "Taxus", "Treurwilg", "Trompetboom", "Tulpenboom", "Veldesdoorn", "Vijg", "Vleugelnoot", "Vlier",
    "Vogelkers", "Walnoot", "Watercipres", "Wilg", "Zilverlinde", "Zilverspar", "Zoete kers", "Zomereik", "Zwarte els",
)  # fmt: skip


def draw(taken: set[str]) -> str:
    """A tree that is not in `taken`, at random; with a number when the wood is empty."""
    free = [tree for tree in TREES if tree not in taken]
    return secrets.choice(free) if free else f"{secrets.choice(TREES)} {len(taken) + 1}"
