"""Which two rows are likely one person: a score from 0 to 1 with its reasons. Nothing is merged.

A name alone never makes a pair: in one village many share it. The birth must agree as far as it
is known, and a relation, a phone, a paper or an account must speak for it besides.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from coop.members.rules.names import given_name, place_key, skeleton

NAME_AGREES, RELATION_AGREES = 0.86, 0.84
_IMPRECISE = frozenset({"year", "estimated", "month"})
# A paper of one person; a ration or job card is a household's, the last four digits are many's.
_OWN_PAPERS = frozenset({"voter", "eshram"})
_HOUSE_PAPERS = frozenset({"ration", "job_card"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row to compare. ``key`` names it to the caller; texts are empty where nothing was given."""

    key: str
    cooperative: str
    member_no: str
    name_latin: str
    name_hi: str
    relation: str
    relation_name_latin: str
    relation_name_hi: str
    sex: str
    dob: date | None
    dob_precision: str
    village: str
    tola: str
    mobile: str
    id_kind: str
    id_no: str
    bank_account: str
    household_no: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows that are likely one person; reasons are short codes."""

    a: Candidate
    b: Candidate
    score: float
    reasons: tuple[str, ...]


@lru_cache(maxsize=500_000)
def likeness(a: str, b: str) -> float:
    """How alike two folded names are, 0 to 1."""
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    whole = JaroWinkler.similarity(a, b)
    bones_a, bones_b = skeleton(a), skeleton(b)
    if len(bones_a) >= 3 and bones_a == bones_b:
        return max(whole, 0.95)
    bones = JaroWinkler.similarity(bones_a, bones_b)
    return (2 * whole + bones) / 3


def _names(one: Candidate) -> set[str]:
    return {given_name(text) for text in (one.name_latin, one.name_hi) if text} - {""}


def _relations(one: Candidate) -> set[str]:
    return {
        given_name(text) for text in (one.relation_name_latin, one.relation_name_hi) if text
    } - {""}


def _best(a: set[str], b: set[str]) -> float:
    return max((likeness(x, y) for x in a for y in b), default=0.0)


def birth_agreement(a: Candidate, b: Candidate) -> float:
    """1 the same day, less where one is known to the year only, 0 where they contradict."""
    if a.dob is None or b.dob is None:
        return 0.3
    if a.dob == b.dob:
        return 1.0 if a.dob_precision == b.dob_precision == "day" else 0.85
    years = abs(a.dob.year - b.dob.year)
    loose = any(
        one.dob_precision in _IMPRECISE
        or (one.dob is not None and (one.dob.month, one.dob.day) == (1, 1))
        for one in (a, b)
    )
    if loose and years <= 1:
        return 0.7 if years == 0 else 0.6
    swapped = (a.dob.year, a.dob.month, a.dob.day) == (b.dob.year, b.dob.day, b.dob.month)
    one_off = years <= 1 and (a.dob.month, a.dob.day) == (b.dob.month, b.dob.day)
    return 0.7 if swapped else 0.6 if one_off else 0.0


def _relation_agreement(a: Candidate, b: Candidate) -> float | None:
    """1 where father or husband agree, 0 where they differ, None where they cannot be compared."""
    if a.relation and b.relation and a.relation != b.relation:
        return None  # a father here, a husband there
    names_a, names_b = _relations(a), _relations(b)
    if not names_a or not names_b:
        return None
    return 1.0 if _best(names_a, names_b) >= RELATION_AGREES else 0.0


def _papers(a: Candidate, b: Candidate) -> Iterator[tuple[str, float]]:
    """Reasons and their weight."""
    if a.id_no and a.id_no == b.id_no and a.id_kind == b.id_kind:
        if a.id_kind in _OWN_PAPERS:
            yield "same_paper", 0.4
        elif a.id_kind in _HOUSE_PAPERS:
            yield "same_house_paper", 0.15
        elif a.id_kind == "aadhaar_seen":
            yield "same_last_four", 0.1
        else:
            yield "same_paper", 0.3
    if a.bank_account and a.bank_account == b.bank_account:
        yield "same_account", 0.4
    if a.mobile and a.mobile == b.mobile:
        yield "same_mobile", 0.15
    if a.household_no and a.household_no == b.household_no:
        yield "same_household", 0.05


def compare(a: Candidate, b: Candidate) -> Pair | None:
    """Compare two rows; None where they are not likely one person."""
    if a.sex and b.sex and a.sex != b.sex:
        return None
    name = _best(_names(a), _names(b))
    if name < NAME_AGREES:
        return None
    birth, relation = birth_agreement(a, b), _relation_agreement(a, b)
    papers = list(_papers(a, b))
    weight = sum(value for _, value in papers)
    village = bool(a.village and b.village) and place_key(a.village) == place_key(b.village)
    if not _likely(birth, relation, weight, village=village):
        return None
    reasons = [
        "name",
        *(["birth"] if birth >= 0.6 else []),
        *(["relation"] if relation == 1.0 else []),
    ]
    reasons += [code for code, _ in papers] + (["same_village"] if village else [])
    score = (
        0.35 * name
        + 0.25 * birth
        + (0.2 if relation == 1.0 else 0.0)
        + 0.1 * village
        + min(weight, 0.3)
    )
    return Pair(a, b, round(min(score, 1.0), 3), tuple(reasons))


def _likely(birth: float, relation: float | None, weight: float, *, village: bool) -> bool:
    if weight >= 0.4:
        return birth >= 0.3 or relation == 1.0
    if birth < 0.6 and not (birth == 0.3 and relation == 1.0 and weight >= 0.15):
        return False
    if relation == 1.0:
        return village or weight >= 0.05
    if relation is None:
        return (weight >= 0.15) or (village and birth == 1.0)
    # Another father's name: only a spoilt one is forgiven, where phone and birth both agree.
    return weight >= 0.3 and birth >= 0.85


class Register:
    """Rows already known, found again by the keys that a second entry of them would share."""

    def __init__(self, rows: Iterable[Candidate] = ()) -> None:
        self._blocks: dict[tuple[str, ...], list[Candidate]] = defaultdict(list)
        for row in rows:
            self.add(row)

    def add(self, row: Candidate) -> None:
        """Remember a row."""
        for key in _keys(row):
            self._blocks[key].append(row)

    def matches(self, row: Candidate) -> list[Pair]:
        """Known rows that are likely the same person, the likeliest first."""
        near = {other.key: other for key in _keys(row) for other in self._blocks.get(key, ())}
        near.pop(row.key, None)
        pairs = [pair for other in near.values() if (pair := compare(other, row)) is not None]
        return sorted(pairs, key=lambda pair: (-pair.score, pair.a.key))


def _keys(row: Candidate) -> set[tuple[str, ...]]:
    """Blocks: beginning of the name with the village, or with the year of birth and its neighbours."""
    keys: set[tuple[str, ...]] = set()
    for name in _names(row):
        bones = skeleton(name)
        keys.add(("v", bones[:2], place_key(row.village)))
        if row.dob is not None:
            keys |= {("y", bones[:3], str(row.dob.year + step)) for step in (0, 1)}
    if row.mobile:
        keys.add(("m", row.mobile))
    if row.bank_account:
        keys.add(("b", row.bank_account))
    if row.id_no and row.id_kind != "aadhaar_seen":
        keys.add(("i", row.id_no))
    return keys


def likely_duplicates(rows: Iterable[Candidate]) -> list[Pair]:
    """Every likely pair once, the earlier row first; the likeliest pair first."""
    known, found = Register(), []
    for row in rows:
        found += known.matches(row)
        known.add(row)
    return sorted(found, key=lambda pair: (-pair.score, pair.a.key, pair.b.key))
