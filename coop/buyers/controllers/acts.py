"""Acts on a buyer: who may, what its form is called, and what is done with what was typed."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from coop.access.permission import Permission
from coop.buyers import operations
from coop.buyers.controllers.words import PARTS
from coop.buyers.forms.typed import Typed, check_given, demand_given, facts_given, item_given
from coop.buyers.operations import Sent
from coop.buyers.operations.decisions import DecisionGiven
from coop.buyers.rules import State
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refused
from coop.kernel.words import Said, say

_CHECK = Permission.BUYERS_DOSSIER_CHECK
_SUSPEND = Permission.BUYERS_BUYER_SUSPEND
_CONFLICT = Permission.BUYERS_CONFLICT_DECIDE


@dataclass(frozen=True, slots=True)
class Place:
    """What a form is about: a buyer's code and, within it, a paper or a flag."""

    code: str
    number: int


Work = Callable[[Transaction, Place, Typed, Sent], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class ActPage:
    """An act's page: who may, its words, what stands in the form at first, what is done.

    ``reading``: who may see the page without its form.
    """

    key: str
    permission: Permission
    title: Said
    button: Said
    work: Work
    first: Mapping[str, str]
    reading: Permission | None = None


def checked(typed: Typed) -> None:
    """Raise Refused where something typed could not be read."""
    if typed.problems:
        raise Refused(typed.problems)


async def _give_item(tx: Transaction, place: Place, typed: Typed, sent: Sent) -> None:
    item, check = item_given(typed)
    checked(typed)
    await operations.give_item(tx, place.code, item, check, sent)


async def _check_item(tx: Transaction, place: Place, typed: Typed, sent: Sent) -> None:
    check = check_given(typed)
    checked(typed)
    await operations.check_item(tx, place.code, place.number, check, sent)


async def _withdraw_item(tx: Transaction, place: Place, typed: Typed, sent: Sent) -> None:
    reason = typed.text("reason", 200)
    checked(typed)
    await operations.withdraw_item(tx, place.code, place.number, reason, sent)


async def _record_facts(tx: Transaction, place: Place, typed: Typed, sent: Sent) -> None:
    facts = facts_given(typed, place.code)
    checked(typed)
    await operations.record_facts(tx, facts, sent)


async def _open(tx: Transaction, _: Place, typed: Typed, sent: Sent) -> None:
    facts = facts_given(typed)
    checked(typed)
    await operations.open_application(tx, facts, sent)


async def _decide(tx: Transaction, place: Place, typed: Typed, sent: Sent) -> None:
    given = DecisionGiven(
        typed.choice("state", State, State.DRAFT),
        typed.needed_day("holds_from"),
        typed.text("reason", 200),
        typed.text("document", 80),
    )
    checked(typed)
    await operations.decide(tx, place.code, given, sent)


async def _suspend(tx: Transaction, place: Place, typed: Typed, sent: Sent) -> None:
    first, last = typed.needed_day("first_day"), typed.day("last_day")
    reason = typed.text("reason", 200)
    checked(typed)
    await operations.suspend(tx, place.code, first, last, reason, sent)


async def _reinstate(tx: Transaction, place: Place, typed: Typed, sent: Sent) -> None:
    free_from, reason = typed.needed_day("free_from"), typed.text("reason", 200)
    checked(typed)
    await operations.reinstate(tx, place.code, free_from, reason, sent)


async def _name_owner(tx: Transaction, place: Place, typed: Typed, sent: Sent) -> None:
    name = typed.text("name", 120, say("The name is empty; copy it from the statement."))
    part = typed.values.get("part", "")
    if part not in PARTS:
        typed.refuse("part", "unknown_word", say("Choose one of the answers."))
    checked(typed)
    await operations.name_owner(tx, place.code, part, name, sent)


async def _decide_conflict(tx: Transaction, place: Place, typed: Typed, sent: Sent) -> None:
    reason, recusal = typed.text("reason", 200), typed.text("recusal", 200)
    outcome = typed.values.get("outcome", "")
    if outcome not in ("conflict", "none"):
        typed.refuse("outcome", "unknown_word", say("Choose one of the answers."))
    checked(typed)
    await operations.decide_conflict(tx, place.code, place.number, outcome, reason, recusal, sent)


async def _set_demand(tx: Transaction, _: Place, typed: Typed, sent: Sent) -> None:
    demand, source = demand_given(typed)
    checked(typed)
    await operations.set_demand(tx, demand, source, sent)


_SEEN = {"outcome": "accepted", "method": "original"}
NEW = ActPage("new", _CHECK, say("New buyer"), say("Open the dossier"), _open, {"kind": "trader"})
DEMAND = ActPage(
    "demand", Permission.BUYERS_DEMAND_SET, say("What is asked of a buyer"), say("Set it"), _set_demand,
    {"mandatory": "yes"}, Permission.BUYERS_DOSSIER_READ,
)  # fmt: skip
ON_A_BUYER = {
    "items": ActPage("item", _CHECK, say("Enter a paper"), say("Enter"), _give_item, _SEEN),
    "facts": ActPage("facts", _CHECK, say("Name and place"), say("Record"), _record_facts, {}),
    "decision": ActPage("decision", _SUSPEND, say("Decide on the application"), say("Decide"), _decide, {}),
    "suspension": ActPage("suspension", _SUSPEND, say("Suspend"), say("Suspend"), _suspend, {}),
    "reinstatement": ActPage("reinstatement", _SUSPEND, say("Lift the suspension"), say("Lift it"), _reinstate, {}),
    "owners": ActPage("owner", _CONFLICT, say("Name an owner"), say("Name and compare"), _name_owner, {"part": "owner"}),
}  # fmt: skip
ON_A_PART = {
    "items/{number:int}/check": ActPage(
        "check", _CHECK, say("Check a paper"), say("Record the check"), _check_item, _SEEN
    ),
    "items/{number:int}/withdrawal": ActPage(
        "withdrawal", _CHECK, say("Let a paper count no more"), say("Let it count no more"), _withdraw_item, {}
    ),
    "conflicts/{number:int}": ActPage(
        "conflict", _CONFLICT, say("Is this a conflict?"), say("Decide"), _decide_conflict, {}
    ),
}  # fmt: skip
