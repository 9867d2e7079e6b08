"""What each field of two rows says for or against their being one person, in points. Pure.

Points are about natural logarithms of how much oftener a thing is seen of one person entered
twice than of two persons; one village's common names and shared phones set them. Above about
nine, what speaks for a pair outweighs how many other persons a register holds.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import OSA

from coop.members.rules.candidate import Candidate, Traits
from coop.members.rules.names import ALIKE, SAME, SLIPPED, best_likeness, likeness

_NAME = {SAME: 4.0, ALIKE: 3.6, SLIPPED: 3.0}
_YEAR_ONLY = frozenset({"year", "estimated"})
# A paper of one person; a ration or job card is a household's, the last four digits are many's.
_OWN_PAPERS = frozenset({"voter", "eshram"})
_HOUSE_PAPERS = frozenset({"ration", "job_card", "gp_certificate"})
_AGREES = 0.3  # points from which a field is told as a reason


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sum of points, and codes of what spoke for the pair."""

    points: float
    reasons: tuple[str, ...]


def evidence(a: Traits, b: Traits) -> Evidence | None:
    """Weigh two rows; None where sex or name already tells them apart."""
    if a.row.sex and b.row.sex and a.row.sex != b.row.sex:
        return None
    name = best_likeness(a.given, b.given)
    if name == 0:
        return None
    if name not in _NAME and not _one_owner(a.row, b.row):
        return None  # perhaps a twin: under one roof all but the name and own papers agree
    said = [("name", _NAME.get(name, 0.0))]
    said += [(code, weigh(a, b)) for code, weigh in _FIELDS]
    said += list(_papers(a.row, b.row))
    reasons = tuple(code for code, points in said if points >= _AGREES)
    return Evidence(sum(points for _, points in said), reasons)


def _surnames(a: Traits, b: Traits) -> float:
    if not a.surname or not b.surname:
        return 0.0
    return 0.2 if likeness(a.surname, b.surname) > 0 else -1.5


def birth(a: Traits, b: Traits) -> float:
    """The day, as far as both rows know it; 1 January may stand for any day of the year."""
    one, other = a.row.dob, b.row.dob
    if one is None or other is None:
        return -1.5
    loose = _loose(a.row), _loose(b.row)
    years = abs(one.year - other.year)
    if any(loose):
        if years == 0:
            return 2.2
        return 1.0 if years == 1 else -1.0 if years == 2 and "estimated" in _precisions(a, b) else -5.0  # fmt: skip
    if one == other:
        return 6.0
    if "month" in _precisions(a, b):
        return 4.0 if (one.year, one.month) == (other.year, other.month) else -5.0
    return _slip_of_the_day(one, other)


def _slip_of_the_day(one: date, other: date) -> float:
    """Day for month, or one digit: 4 March and 3 April, the 5th and the 15th."""
    if (one.month, one.day) == (other.day, other.month) and one.year == other.year:
        return 4.5
    if one.year == other.year and OSA.distance(f"{one:%m%d}", f"{other:%m%d}") == 1:
        return 2.5
    if (one.month, one.day) == (other.month, other.day):
        return 1.5 if OSA.distance(str(one.year), str(other.year)) == 1 else -3.0
    return -1.0 if abs((one - other).days) <= 31 else -5.0


def _loose(row: Candidate) -> bool:
    born = row.dob
    return row.dob_precision in _YEAR_ONLY or (
        born is not None and (born.month, born.day) == (1, 1)
    )


def _precisions(a: Traits, b: Traits) -> tuple[str, str]:
    return a.row.dob_precision, b.row.dob_precision


def _relation(a: Traits, b: Traits) -> float:
    """Father or husband; a father here and a husband there cannot be compared."""
    if not a.relative or not b.relative:
        return 0.0
    alike = best_likeness(a.relative, b.relative)
    other_kind = len({a.row.relation, b.row.relation} - {"", "C/O"}) > 1
    if alike >= SLIPPED:
        other_house = a.house and b.house and likeness(a.house, b.house) == 0
        if other_kind or other_house:
            return 0.5
        return 3.5 if alike >= ALIKE else 3.0
    return -0.5 if other_kind else -4.0 if alike == 0 else -1.0


def _village(a: Traits, b: Traits) -> float:
    if not a.place or not b.place:
        return 0.0
    return 2.0 if a.place == b.place else -2.0


def _tola(a: Traits, b: Traits) -> float:
    if not a.hamlet or not b.hamlet or a.place != b.place:
        return 0.0
    return 0.7 if a.hamlet == b.hamlet else -0.7


def _mobile(a: Traits, b: Traits) -> float:
    if not a.row.mobile or not b.row.mobile:
        return 0.0
    return 2.0 if a.row.mobile == b.row.mobile else -0.7  # a household shares one phone


def _account(a: Traits, b: Traits) -> float:
    if not a.row.bank_account or not b.row.bank_account:
        return 0.0
    return 5.0 if a.row.bank_account == b.row.bank_account else -0.5


def _household(a: Traits, b: Traits) -> float:
    if not a.row.household_no or not b.row.household_no:
        return 0.0
    if a.row.household_no == b.row.household_no:
        return 1.5
    # Each cooperative lists households for itself.
    return -1.5 if a.row.cooperative == b.row.cooperative else 0.0


def _one_owner(a: Candidate, b: Candidate) -> bool:
    same_paper = a.id_kind in _OWN_PAPERS and (a.id_kind, a.id_no) == (b.id_kind, b.id_no)
    return same_paper or bool(a.bank_account and a.bank_account == b.bank_account)


def _papers(a: Candidate, b: Candidate) -> Iterator[tuple[str, float]]:
    if not a.id_no or not b.id_no or a.id_kind != b.id_kind:
        return
    same = a.id_no == b.id_no
    if a.id_kind in _OWN_PAPERS:
        slip = not same and OSA.distance(a.id_no, b.id_no) == 1
        yield "same_paper", 7.0 if same else 1.5 if slip else -4.5
    elif a.id_kind in _HOUSE_PAPERS:
        yield "same_house_paper", 1.5 if same else -1.0
    elif a.id_kind == "aadhaar_seen":
        yield "same_last_four", 3.5 if same else -4.0
    elif same:
        yield "same_paper", 3.0


_FIELDS: tuple[tuple[str, Callable[[Traits, Traits], float]], ...] = (
    ("same_surname", _surnames),
    ("birth", birth),
    ("relation", _relation),
    ("same_village", _village),
    ("same_tola", _tola),
    ("same_mobile", _mobile),
    ("same_account", _account),
    ("same_household", _household),
)
