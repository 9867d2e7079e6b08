"""Members, persons and households as they are known now, within reach."""

from coop.members.queries.book import (
    LikelyPair,
    ListedPerson,
    book_hashes,
    candidates,
    household_ids,
    households,
    likely_pairs,
    listed_persons,
    register,
)

__all__ = [
    "LikelyPair",
    "ListedPerson",
    "book_hashes",
    "candidates",
    "household_ids",
    "households",
    "likely_pairs",
    "listed_persons",
    "register",
]
