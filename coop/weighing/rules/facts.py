"""What must be known to judge an entry; gathered beforehand, in one read."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from coop.sites.rules import SiteFacts

TOO_OLD, RATE_HIGH = "too_old", "rate_over_twice_floor"
CONFIRMABLE = frozenset({TOO_OLD, RATE_HIGH})


@dataclass(frozen=True, slots=True)
class Terms:
    """Parameters in force on the day of the weighing (by-laws and settings)."""

    adult_age: int = 18
    most_gross_g: int = 200_000
    moisture_base: Decimal = Decimal(2)
    waste_base: Decimal = Decimal(5)
    cash_limit_paise: int = 1_000_000
    device_ahead: timedelta = timedelta(minutes=5)
    device_late: timedelta = timedelta(hours=72)
    device_off: timedelta = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """A member's day of birth as written, and from when to when the membership holds.

    ``born`` None: erased since; then the admission, which asked for it, speaks for the age.
    ``death_known_at``: when the cooperative wrote down that the member died; from then on nothing is bought.
    """

    born: date | None
    born_precision: str
    admitted_on: date
    ceased_on: date | None
    provisional: bool
    death_known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PriceFacts:
    """The notice in force at the site's district, for the grade, at the second of weighing."""

    notice_no: str
    picker_floor_paise_per_kg: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands in the books about one entry. None: there is no such thing.

    ``own_cooperative``: the entry is of the cooperative it was handed in for. ``cash_today_paise``:
    cash the member was booked on the Indian day of the weighing. ``confirmed``: which of
    CONFIRMABLE a person has confirmed; an import counts as confirmed.
    """

    now: datetime
    terms: Terms
    member: MemberFacts | None
    site: SiteFacts | None
    grade_known: bool
    price: PriceFacts | None
    cash_today_paise: int
    centre_known: bool = True
    own_cooperative: bool = True
    confirmed: frozenset[str] = frozenset()
    imported: bool = False
