"""Applications that wait, with how late they are against the desk's own targets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from coop.cooperatives.queries import BylawRow, value_on
from coop.schemes.queries.applications import ApplicationKnown
from coop.schemes.queries.catalogue import catalogue
from coop.schemes.rules.applications import Age, age, due
from coop.schemes.rules.facts import Text

SHAPE = {Age.FINE: "ok", Age.SOON: "wait", Age.LATE: "wait", Age.LONG: "bad"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """An application with something to do. ``by``: the day of the target, None where there is none."""

    number: str
    household_no: str
    name_hi: str
    name_latin: str
    scheme: Text
    state: Text
    since: date
    by: date | None
    age: str
    shape: str


def waiting(
    kept: Sequence[ApplicationKnown], settings: Sequence[BylawRow], today: date
) -> tuple[Waiting, ...]:
    """The latest against its target first. Private schemes are not listed."""
    schemes, words = catalogue().schemes, catalogue().words["state"]
    shown = []
    for one in kept:
        scheme = schemes.get(one.scheme)
        if scheme is None or scheme.private:
            continue
        target = target_of(one, settings, today)
        how = age(one.since, target, today)
        shown.append(
            Waiting(
                one.number,
                one.household_no,
                one.name_hi,
                one.name_latin,
                scheme.name,
                words[one.state],
                one.since,
                due(one.since, target),
                how.value,
                SHAPE[how],
            )
        )
    order = [each.value for each in Age][::-1]
    return tuple(sorted(shown, key=lambda each: (order.index(each.age), each.since)))


def target_of(one: ApplicationKnown, settings: Sequence[BylawRow], today: date) -> Decimal | None:
    """Days that the desk gives itself for the state an application is in."""
    try:
        return value_on(settings, f"application_{one.state}", one.cooperative_id, today)
    except LookupError:
        return None
