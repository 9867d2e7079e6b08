"""Which two rows are likely one person: a score from 0 to 1 with its reasons. Nothing is merged.

A name alone never makes a pair: in one village many share it. Each field speaks for or against
with the points of ``evidence.py`` (after Fellegi and Sunter, 1969); the sum becomes the score.
"""

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator

from coop.members.rules.candidate import Candidate, Pair, Traits, traits_of
from coop.members.rules.evidence import evidence
from coop.members.rules.script import skeleton

__all__ = ["Candidate", "Pair", "Register", "block_names", "compare", "likely_duplicates"]

# Points at which a pair is as likely as not; each further STEEP of them makes it e times likelier.
LIKELY_FROM, STEEP = 9.0, 1.5


def compare(a: Candidate, b: Candidate) -> Pair | None:
    """Compare two rows; None where they are not likely one person."""
    return _compare(traits_of(a), traits_of(b))


def _compare(a: Traits, b: Traits) -> Pair | None:
    found = evidence(a, b)
    if found is None or found.points < LIKELY_FROM:
        return None
    score = 1 / (1 + math.exp((LIKELY_FROM - found.points) / STEEP))
    return Pair(a.row, b.row, round(score, 3), found.reasons)


class Register:
    """Rows already known, found again by the keys that a second entry of them would share."""

    def __init__(self, rows: Iterable[Candidate] = ()) -> None:
        self._blocks: dict[tuple[str, ...], list[Traits]] = defaultdict(list)
        for row in rows:
            self.add(row)

    def add(self, row: Candidate) -> None:
        """Remember a row."""
        self._add(traits_of(row))

    def matches(self, row: Candidate) -> list[Pair]:
        """Known rows that are likely the same person, the likeliest first."""
        return self._matches(traits_of(row))

    def _add(self, one: Traits) -> None:
        for key in _keys(one):
            self._blocks[key].append(one)

    def _matches(self, one: Traits) -> list[Pair]:
        near = {other.row.key: other for key in _keys(one) for other in self._blocks.get(key, ())}
        near.pop(one.row.key, None)
        pairs = [pair for other in near.values() if (pair := _compare(other, one)) is not None]
        return sorted(pairs, key=lambda pair: (-pair.score, pair.a.key))

    def pairs_with(self, rows: Iterable[Candidate]) -> Iterator[Pair]:
        """Pairs of each row with those before it; every row is remembered in turn."""
        for one in map(traits_of, rows):
            yield from self._matches(one)
            self._add(one)


def _keys(one: Traits) -> set[tuple[str, ...]]:
    """Blocks small enough for a State's register: none is of a name, a village or a year alone."""
    row = one.row
    keys: set[tuple[str, ...]] = set()
    for name in one.given:
        bones = skeleton(name)
        keys.add(("place", row.sex, bones[:2], one.place))
        if row.dob is not None:
            keys |= {("year", row.sex, bones[:4], str(row.dob.year + step)) for step in (0, 1)}
    if row.dob is not None and (row.dob.month, row.dob.day) != (1, 1):
        keys.add(("day", row.sex, row.dob.isoformat()))
    if row.mobile:
        keys.add(("mobile", row.mobile))
    if row.bank_account:
        keys.add(("account", row.bank_account))
    if row.id_no and row.id_kind != "aadhaar_seen":
        keys.add(("paper", row.id_no))
    return keys


def block_names(one: Traits) -> frozenset[str]:
    """The blocks as they are kept beside a member: short hashes, since some are a mobile or an account."""
    return frozenset(
        hashlib.blake2b("|".join(key).encode(), digest_size=8).hexdigest() for key in _keys(one)
    )


def likely_duplicates(rows: Iterable[Candidate]) -> list[Pair]:
    """Every likely pair once, the earlier row first; the likeliest pair first."""
    found = Register().pairs_with(rows)
    return sorted(found, key=lambda pair: (-pair.score, pair.a.key, pair.b.key))
