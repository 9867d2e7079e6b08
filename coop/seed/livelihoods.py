"""The demo's families at work and beside it: income told, kit, training, goats, what the common fund did."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from coop.cooperatives.queries import cooperative_named
from coop.kernel.db import Transaction
from coop.livelihoods.operations.fund import (
    Outcome,
    Owner,
    plan_fund,
    publish_outcome,
    spend_fund,
)
from coop.livelihoods.operations.income import Home, record_income_consent, tell_income
from coop.livelihoods.operations.kit import TrainingHeld, hold_training, move_kit
from coop.livelihoods.operations.links import open_link, step_link
from coop.livelihoods.queries.fund import fund_balance, plans
from coop.livelihoods.queries.households import home_of
from coop.livelihoods.queries.links import links_of
from coop.livelihoods.rules.fund import Plan, Spending
from coop.livelihoods.rules.income import Span
from coop.livelihoods.rules.kit import KitMove, Move
from coop.livelihoods.rules.links import LinkStep, Step
from coop.members.operations.change import change_particulars
from coop.members.operations.once import sent
from coop.members.queries.book import candidates_of
from coop.members.queries.member import member
from coop.members.rules.admission import BookRow
from coop.members.rules.changes import Why
from coop.payments.operations.record import Person

_CODE = "KOD01"
# Who lives where: member numbers of the demo by household.
_HOMES = {"HKOD-0142": ("0001", "0002"), "HKOD-0143": ("0003",), "HKOD-0144": ("0004",)}
# A source with at least and at most a month, paise.
_TOLD = {
    "HKOD-0142": (("schemes", 100_000, 100_000), ("forest", 60_000, 120_000)),
    "HKOD-0143": (("wages", 200_000, 350_000), ("farming", 50_000, 50_000)),
}
_KIT = (
    KitMove("gloves", Move.BOUGHT, 60, "", date.min), KitMove("mask", Move.BOUGHT, 100, "", date.min),
    KitMove("goggles", Move.BOUGHT, 20, "", date.min), KitMove("gloves", Move.GIVEN, 1, "0001", date.min),
    KitMove("mask", Move.GIVEN, 2, "0001", date.min), KitMove("gloves", Move.GIVEN, 1, "0003", date.min),
    KitMove("goggles", Move.GIVEN, 1, "0004", date.min), KitMove("mask", Move.WORN_OUT, 1, "0001", date.min),
)  # fmt: skip


class _Ids:
    """Ids of forms, the same at every filling."""

    def __init__(self) -> None:
        self._last = 0x11FE << 64

    def next(self) -> UUID:
        """The next one."""
        self._last += 1
        return UUID(int=self._last, version=4)


async def live(tx: Transaction, owners: Mapping[str, int], last: date) -> None:
    """Write what the families told, hold and were helped with until ``last``."""
    ids, owner = _Ids(), Owner(owners[_CODE], _CODE)
    for number, members in _HOMES.items():
        for member_no in members:
            await _put(tx, member_no, number, last, ids)
    for number, told in _TOLD.items():
        home = await _home(tx, number)
        await record_income_consent(tx, home, given=True, how="thumb", operation_id=ids.next())
        for source, low, high in told:
            await tell_income(tx, home, source, Span(low, high), ids.next())
    await _beside(tx, owner, last, ids)
    await _fund(tx, owner, last, ids)


async def _put(tx: Transaction, member_no: str, household: str, on: date, ids: _Ids) -> None:
    """Let a member of the demo live in one of its households."""
    owner, one = await cooperative_named(tx, _CODE), await member(tx, _CODE, member_no)
    if owner is None or one is None:
        raise LookupError(member_no)
    known = one.known
    row = BookRow(
        (await candidates_of(tx, [one.id]))[0].known, True, known.block, known.district_lgd, known.state_lgd, known.ifsc,
        one.shares, (), one.admitted_on, None, "",
    )  # fmt: skip
    form = sent(ids.next(), {"household_no": household})
    await change_particulars(tx, owner, one, row, Why.MOVE, on, household, form)


async def _home(tx: Transaction, number: str) -> Home:
    known = await home_of(tx, number)
    if known is None:
        raise LookupError(number)
    return Home(known.cooperative_id, known.id)


async def _beside(tx: Transaction, owner: Owner, last: date, ids: _Ids) -> None:
    for day, one in enumerate(_KIT):
        on = last - timedelta(days=40 - 4 * day)
        move = KitMove(one.item, one.kind, one.pieces, one.member_no, on)
        await move_kit(tx, owner.id, move, ids.next())
    came = ("0001", "0002", "0003", "0004", "0005", "0006")
    for topic, days, minutes in (("safety", 35, 120), ("rights", 12, 90)):
        on = last - timedelta(days=days)
        held = TrainingHeld(topic, on, "Khairatand", "आशा नमूना", minutes, came)
        await hold_training(tx, owner.id, held, ids.next())
    goats, group = await _home(tx, "HKOD-0142"), await _home(tx, "HKOD-0143")
    begun = last - timedelta(days=100)
    first = LinkStep(Step.REFERRED, begun)
    await open_link(tx, goats, "livestock", first, "Pashudhan", ids.next())
    link = (await links_of(tx, goats.household_id))[0].id
    await step_link(tx, goats, link, LinkStep(Step.STARTED, begun + timedelta(days=4)), ids.next())
    asked = LinkStep(Step.MONTH_3, begun + timedelta(days=95), 180_000)
    await step_link(tx, goats, link, asked, ids.next())
    joined = LinkStep(Step.REFERRED, last - timedelta(days=20))
    await open_link(tx, group, "self_help", joined, "JSLPS", ids.next())


async def _fund(tx: Transaction, owner: Owner, last: date, ids: _Ids) -> None:
    """A third of the fund for books, spent and told; a second plan for water that waits."""
    part = await fund_balance(tx, owner.id) // 300 * 100
    resolved = last - timedelta(days=20)
    if part <= 0:
        return
    books = Plan(
        "school", "स्कूल की किताबें और बस्ते", "School books and bags", part, "GB/2026/4", resolved
    )
    await plan_fund(tx, owner, books, ids.next())
    number = (await plans(tx, owner.id))[0].number
    paid = Spending(part, "bank", last - timedelta(days=9), "नमूना पुस्तक घर", "NBH/118")
    await spend_fund(tx, owner, number, paid, Person(0, "treasurer"), ids.next())
    told = Outcome(
        64,
        "चौंसठ बच्चों को किताबें और बस्ते मिले। सब स्कूल जा रहे हैं।",
        "Sixty-four children got books and bags. All of them go to school.",
    )
    await publish_outcome(tx, owner, number, told, ids.next())
    water = Plan(
        "water", "खैराटांड़ में चापाकल", "A hand pump at Khairatand", 2 * part, "GB/2026/5", resolved
    )
    await plan_fund(tx, owner, water, ids.next())
