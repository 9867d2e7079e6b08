"""Buyers as the agency and a cooperative see them: the list, one buyer, what is asked for."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from litestar import Request, Response, get
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.buyers.controllers.shown import (
    endings_shown,
    kind_words,
    line_of,
    papers_shown,
    standing_shown,
)
from coop.buyers.controllers.words import ACTS, LIKE, PARTS, SHOW, STATES
from coop.buyers.forms.typed import Typed
from coop.buyers.queries import Known, known_buyer
from coop.buyers.queries.conflicts import ConflictRow, OwnerRow, conflicts, owners
from coop.buyers.queries.dossier import HistoryRow, decisions, dossier, history
from coop.buyers.queries.registry import listing, warn_days
from coop.buyers.rules.acts import NEXT
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere
from coop.kernel.web.form import Form, problems_of
from coop.kernel.web.page import page
from coop.kernel.words import Said

AnyRequest = Request[Any, Any, Any]
_READ = Permission.BUYERS_BUYER_READ
_HISTORY = 100
_MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class FlagShown:
    """A flag by number, never by a member's name."""

    row: ConflictRow
    owner: str
    reasons: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, in a line."""

    row: HistoryRow
    state: str
    words: Said


@get("/buyers", opt={"permission": _READ})
async def buyers_list(request: AnyRequest) -> Response[Any]:
    """List buyers with their standing today, the most urgent first."""
    actor, asked = acting(request), request.query_params
    words, show = asked.get("q", "").strip()[:80], asked.get("show", "")
    number = asked.get("page", "1")
    at_page = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 1
    async with transaction(actor.reach(_READ)) as tx:
        found = await listing(tx, clock.today(), words, show, min(max(at_page, 1), _MOST_PAGES))
        warn = await warn_days(tx, clock.today())
    context = {
        "buyers": tuple(line_of(one) for one in found.rows),
        "total": found.total,
        "warn": warn,
        "shows": tuple((key, said) for key, said in SHOW),
        "form": Form({"q": words, "show": show}),
        "next_page": at_page + 1 if found.more else None,
        "may_add": actor.may(Permission.BUYERS_DOSSIER_CHECK),
        "may_read": actor.may(Permission.BUYERS_DOSSIER_READ),
    }
    return page(request, "buyers/list.html", context)


@get("/buyers/{code:str}", opt={"permission": _READ})
async def buyer_page(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    """Show a buyer: to a cooperative its standing, to the agency the dossier. Raises NotThere."""
    actor = acting(request)
    typed = Typed({"on": request.query_params.get("on", "")})
    on = typed.day("on") or clock.today()
    async with transaction(actor.reach(_READ)) as tx:
        known = await known_buyer(tx, code)
        if known is None:
            raise NotThere(code)
        context = await _buyer_context(tx, actor, known, on)
    form = Form({"on": typed.values["on"]}, problems_of(typed.problems))
    return page(
        request, "buyers/buyer.html", {**context, "form": form}, 422 if typed.problems else 200
    )


async def _buyer_context(
    tx: Transaction, actor: Actor, known: Known, on: date
) -> dict[str, object]:
    warn, today = await warn_days(tx, on), clock.today()
    shown = {
        "buyer": known,
        "kind": kind_words(known.kind),
        "standing": standing_shown(known, known.standing(on), on, warn),
        "today": today,
        "suspensions": known.papers.suspensions,
        "full": actor.may(Permission.BUYERS_DOSSIER_READ),
        "may_check": actor.may(Permission.BUYERS_DOSSIER_CHECK),
        "may_suspend": actor.may(Permission.BUYERS_BUYER_SUSPEND),
        "may_decide_conflicts": actor.may(Permission.BUYERS_CONFLICT_DECIDE),
        "may_add_person": actor.may(Permission.BUYERS_PERSON_ADD),
        "suspended_today": any(one.covers(today) for one in known.papers.suspensions),
        "next_steps": bool(NEXT[known.papers.state_on(today)]),
        "papers": (),
        "endings": (),
        "decisions": (),
        "history": (),
        "owners": (),
        "flags": (),
        "operation_id": str(uuid4()),
    }
    if actor.may(Permission.BUYERS_DOSSIER_READ):
        shown |= await _dossier_context(tx, known, on, warn)
    if actor.may(Permission.BUYERS_CONFLICT_DECIDE):
        named = await owners(tx, known.id)
        flags = await conflicts(tx, known.id)
        shown |= {
            "owners": tuple((one, PARTS[one.part]) for one in named),
            "flags": tuple(_flag(row, named) for row in flags),
        }
        await record_read(
            tx, "owners of buyer", cooperative_id=None, about=known.code, rows=len(named)
        )
    return shown


async def _dossier_context(tx: Transaction, known: Known, on: date, warn: int) -> dict[str, object]:
    rows = await dossier(tx, known.id)
    await record_read(tx, "dossier", cooperative_id=None, about=known.code, rows=len(rows))
    events = await history(tx, known.code, _HISTORY)
    return {
        "papers": papers_shown(known, rows, on, warn),
        "endings": endings_shown(known, on, warn),
        "decisions": tuple((row, *STATES[row.state]) for row in await decisions(tx, known.id)),
        "history": tuple(Event(row, *ACTS[row.tag]) for row in events),
    }


def _flag(row: ConflictRow, named: list[OwnerRow]) -> FlagShown:
    owner = next(one.name for one in named if one.id == row.owner_id)
    return FlagShown(row, owner, tuple(LIKE[reason] for reason in row.reasons))


HANDLERS = (buyers_list, buyer_page)
