"""The common fund: planned by resolution, spent by double entry, its outcome told to everybody."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coop.kernel.money import format_paise
from coop.kernel.refusal import Refusal
from coop.kernel.words import Said, say
from coop.ledger.rules import Account, Line

SERIES, PLANS = "F", "P"
CASH = "cash"
MODES: Mapping[str, Said] = {"cash": say("Cash"), "upi": say("UPI"), "bank": say("Bank")}
PURPOSES: Mapping[str, Said] = {
    "school": say("School and children"),
    "health": say("Health"),
    "water": say("Water"),
    "safety": say("Safety at work"),
    "tools": say("Tools and stores"),
    "livelihood": say("Another livelihood"),
    "village": say("Road, light, village"),
    "other": say("Something else"),
}
_NUMBER = re.compile(r"([A-Z0-9]{3,10})-([0-9]{2})-P([0-9]{3,6})")


@dataclass(frozen=True, slots=True)
class Plan:
    """What the members resolved; paise."""

    purpose: str
    title_hi: str
    title_en: str
    paise: int
    resolution_no: str
    resolved_on: date


@dataclass(frozen=True, slots=True)
class Spending:
    """Money that went out for a plan; paise."""

    paise: int
    mode: str
    on: date
    paid_to: str
    bill_no: str


@dataclass(frozen=True, slots=True)
class FundFacts:
    """What is in the fund, what the plan still allows; paise. ``ended``: its outcome is published."""

    balance_paise: int
    left_paise: int
    resolved_on: date
    ended: bool


def refusals_to_plan(plan: Plan, today: date) -> tuple[Refusal, ...]:
    """Why a plan is not taken: it was resolved on a day to come. A plan may be larger than the fund."""
    if plan.resolved_on > today:
        message = say("That day is still to come; correct it.")
        return (Refusal("future_day", message, "resolved_on"),)
    return ()


def refusals_to_spend(spending: Spending, facts: FundFacts, today: date) -> tuple[Refusal, ...]:
    """Why money does not go out: more than planned or than is there, a wrong day, a plan at its end.

    >>> s = Spending(500, "cash", date(2026, 5, 2), "Namuna", "7")
    >>> [r.code for r in refusals_to_spend(s, FundFacts(400, 900, date(2026, 5, 1), False), date(2026, 5, 3))]
    ['over_fund']
    """
    if facts.ended:
        message = say("This plan is at its end; its outcome is published.")
        return (Refusal("plan_ended", message),)
    found = []
    if not facts.resolved_on <= spending.on <= today:
        message = say("Give a day from %(day)s until today.", day=f"{facts.resolved_on:%d-%m-%Y}")
        found.append(Refusal("spending_day", message, "on_day"))
    if spending.paise > facts.left_paise:
        message = say(
            "%(left)s rupees of this plan are left; spend at most that.",
            left=format_paise(facts.left_paise),
        )
        found.append(Refusal("over_plan", message, "amount"))
    elif spending.paise > facts.balance_paise:
        message = say(
            "%(left)s rupees are in the fund; spend at most that.",
            left=format_paise(max(0, facts.balance_paise)),
        )
        found.append(Refusal("over_fund", message, "amount"))
    return tuple(found)


def refusals_to_take_back(
    recorded_by: int, reverser: int, *, taken_back: bool, ended: bool
) -> tuple[Refusal, ...]:
    """Why a spending is not taken back by this person."""
    if ended:
        message = say("This plan is at its end; its outcome is published.")
        return (Refusal("plan_ended", message),)
    if taken_back:
        return (Refusal("already_reversed", say("This spending was taken back already.")),)
    if recorded_by == reverser:
        message = say("You recorded it yourself; another person takes it back.")
        return (Refusal("same_person", message),)
    return ()


def refusals_to_publish(spent_paise: int, *, ended: bool) -> tuple[Refusal, ...]:
    """Why an outcome is not published."""
    if ended:
        message = say("This plan is at its end; its outcome is published.")
        return (Refusal("plan_ended", message),)
    if spent_paise == 0:
        message = say("Nothing was spent for this plan yet; there is no outcome.")
        return (Refusal("nothing_spent", message),)
    return ()


def lines_of(spending: Spending) -> tuple[Line, ...]:
    """The journal of a spending: Dr common fund, Cr cash or bank.

    >>> [(int(l.account), l.paise) for l in lines_of(Spending(500, "bank", date(2026, 5, 2), "", ""))]
    [(3110, 500), (1110, -500)]
    """
    place = Account.CASH if spending.mode == CASH else Account.BANK
    return Line(Account.COMMON_FUND, spending.paise), Line(place, -spending.paise)


def plan_no(code: str, fy: int, no: int) -> str:
    """The public number of a plan.

    >>> plan_no("KDM01", 2627, 3)
    'KDM01-26-P003'
    """
    return f"{code}-{fy // 100:02d}-{PLANS}{no:03d}"


def plan_number(text: str) -> tuple[str, int, int] | None:
    """Code, financial year and number of a plan, None where it is none."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    first = int(found[2])
    return found[1], 100 * first + (first + 1) % 100, int(found[3])


def spending_no(code: str, fy: int, no: int) -> str:
    """The public number of a spending, which its journal names.

    >>> spending_no("KDM01", 2627, 3)
    'KDM01-26-F00003'
    """
    return f"{code}-{fy // 100:02d}-{SERIES}{no:05d}"
