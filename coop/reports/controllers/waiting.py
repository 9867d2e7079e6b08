"""What waits for who looks at their first page, most urgent first; and a new cooperative's first steps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from coop.access.actor import Actor
from coop.access.permission import Permission
from coop.kernel import clock, i18n
from coop.kernel.db import Transaction
from coop.kernel.words import Said, say
from coop.reports.queries.health import offices
from coop.reports.queries.prices import in_force, without_price
from coop.reports.queries.waiting import BoxNow, Waits, beginnings, box_now, waits
from coop.reports.rules.beginning import FirstStep, first_steps
from coop.reports.rules.health import signs, worst
from coop.schemes.queries.applications import open_ones

_SOON = 30  # days before an end that it is told of
GRAVITY = {"bad": 0, "ask": 1, "wait": 2}


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits: shape, where it leads, what, why, and when or how many."""

    state: str
    path: str
    words: Said
    note: Said
    when: Said | str


async def todo_of(tx: Transaction, actor: Actor) -> list[Todo]:
    """What waits for somebody within the transaction's reach."""
    now = clock.now()
    today, soon = clock.ist_day(now), clock.ist_day(now + clock.seconds(_SOON * 86_400))
    found = await waits(tx, today, soon)
    lines = [*_people(actor, found), *_goods(actor, found), *_agency(actor, found, now)]
    if actor.may(Permission.PRICES_NOTICE_PUBLISH):
        lines += await _prices(tx, now)
    if actor.may(Permission.SCHEMES_APPLICATION_RECORD):
        lines += await _applications(tx)
    if actor.may(Permission.REPORTS_SAMPLE_DRAW):
        lines += await _exceptions(tx, now)
    return lines


def _people(actor: Actor, found: Waits) -> Iterator[Todo]:
    if found.doubles and actor.may(Permission.MEMBERS_DUPLICATE_DECIDE):
        note = say("Look at both and say: one person or two?")
        yield Todo("ask", "/duplicates", say("Likely same persons"), note, str(found.doubles))
    if found.transfers and actor.may(Permission.MEMBERS_TRANSFER_DECIDE):
        note = say("Somebody wants to come to this cooperative.")
        yield Todo("ask", "/transfers", say("Transfers to answer"), note, str(found.transfers))
    if found.erasures and actor.may(Permission.MEMBERS_MEMBER_ERASE):
        note = say("A person wants their data gone; one asks, another confirms.")
        yield Todo("ask", "/erasures", say("Wishes to be erased"), note, str(found.erasures))


def _goods(actor: Actor, found: Waits) -> Iterator[Todo]:
    if found.sale_notes and actor.may(Permission.SALES_SALE_CONFIRM):
        note = say("One asks, another decides.")
        yield Todo("ask", "/sales", say("Notes on sales to decide"), note, str(found.sale_notes))
    if found.at_gate and found.gate_since and actor.may(Permission.SALES_DISPATCH_RECORD):
        since = say("the first since %(day)s", day=i18n.day(found.gate_since))
        words = say("Sold, but still inside the gate")
        yield Todo("wait", "/sales", words, since, str(found.at_gate))
    if found.owed_paise > 0 and actor.may(Permission.PAYMENTS_MONEY_RECORD):
        note = say("%(count)s members wait for their money", count=found.owed_members)
        yield Todo(
            "wait", "/vouchers/paid", say("Pay the members"), note, i18n.rupees(found.owed_paise)
        )


def _agency(actor: Actor, found: Waits, now: datetime) -> Iterator[Todo]:
    # Who signs the list or answers for receipts: a stranger's check turns amber when it ends.
    told = (Permission.IDENTITY_USER_MANAGE, Permission.RECEIPTS_LOG_READ)
    until = found.keys_until
    if until is not None and any(actor.may(one) for one in told):
        left = (until - now).days
        note = say("Until then the root signs a new one. After it, checks show amber.")
        if left < _SOON:
            state = "bad" if left < 0 else "wait"
            yield Todo(state, "/log", say("The list of keys ends"), note, i18n.day(until))
    if found.sites_ending and found.site_until and actor.may(Permission.SITES_SITE_RECORD):
        note = say("Renew it, or collection stops there.")
        words = say("%(count)s sites whose clearance ends", count=found.sites_ending)
        yield Todo("wait", "/sites", words, note, i18n.day(found.site_until))


async def _prices(tx: Transaction, now: datetime) -> list[Todo]:
    lines = []
    bare = await without_price(tx, now)
    if bare:
        note = say("There nothing can be weighed.")
        words = say("Open sites without a price")
        lines.append(Todo("bad", "/price-overview", words, note, str(len(bare))))
    soon = now + clock.seconds(_SOON * 86_400)
    ending = [
        one.until
        for one in await in_force(tx, now)
        if one.until is not None and one.until <= soon and one.next_from is None
    ]
    if ending:
        note = say("Publish the next one before.")
        words = say("Prices end and nothing follows")
        lines.append(Todo("wait", "/price-overview", words, note, i18n.day(min(ending))))
    return lines


async def _applications(tx: Transaction) -> list[Todo]:
    found = await open_ones(tx)
    if not found:
        return []
    since = say("the first since %(day)s", day=i18n.day(min(one.since for one in found)))
    return [Todo("wait", "/schemes", say("Applications that are open"), since, str(len(found)))]


async def _exceptions(tx: Transaction, now: datetime) -> list[Todo]:
    states = [worst(signs(one.counts, now)) for one in await offices(tx, _SOON)]
    grave, slight = states.count("bad"), states.count("wait")
    words = say("Cooperatives to look at")
    if grave:
        note = say("Books, numbers, log or prices do not hold.")
        return [Todo("bad", "/health-of-books", words, note, str(grave + slight))]
    if slight:
        note = say("Corrections or decisions stand out.")
        return [Todo("wait", "/health-of-books", words, note, str(slight))]
    return []


async def beginning_of(tx: Transaction, actor: Actor, cooperative_id: int) -> tuple[FirstStep, ...]:
    """A manager's first steps, none once the cooperative has weighed."""
    if not actor.may(Permission.MEMBERS_BOOK_IMPORT, cooperative_id):
        return ()
    found = await beginnings(tx, cooperative_id, clock.now(), clock.today())
    return first_steps(
        found.open_sites, found.priced_grades, found.members, found.devices, found.weighed_at
    )


async def box_of(tx: Transaction, actor: Actor) -> BoxNow | None:
    """Cash and dues by the books, for who reads them."""
    return await box_now(tx) if actor.may(Permission.LEDGER_BOOK_READ) else None
