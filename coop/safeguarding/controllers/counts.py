"""Indicators by half-year: page, table, paper, and the one telling."""

from typing import Any

from litestar import Controller, Response, get, post

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.audit.operations import record_read
from coop.cooperatives.queries import CooperativeRow, cooperatives
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere, Refused
from coop.kernel.web.csv_file import csv_answer
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.kernel.web.paper import pdf_answer
from coop.safeguarding.controllers.parts import HIDDEN, WORK, AnyRequest, texts, to
from coop.safeguarding.operations.counts import publish_counts
from coop.safeguarding.queries.cases import Sight, sight_of
from coop.safeguarding.queries.counts import HalfTold, Meaning, halves_told, meanings
from coop.safeguarding.queries.role import safe_transaction
from coop.safeguarding.rules.counts import Half, half_of, together

_SHOWN = 4  # half-years: the 24 months of the core criteria


class CountsController(Controller):
    """Counts that name nobody; who reads cases hands them on as a table or paper."""

    path = "/cases/counts"
    opt = HIDDEN

    @get()
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show the last half-years told of a cooperative. Raises NotThere."""
        return await _page(request, Form())

    @get("/table.csv")
    async def table(self, request: AnyRequest) -> Response[bytes]:
        """The same as a file. Raises NotThere."""
        async with safe_transaction(acting(request).reach(WORK)) as tx:
            owner, _, halves, known = await _told(tx, request, acting(request))
        rows = [
            (owner.code, half.half.label, one.code.value, _text(half, one), one.source)
            for half in halves
            for one in known
        ]
        header = ("cooperative", "half_year", "indicator", "count_rounded", "definition_source")
        return csv_answer(f"indicators-{owner.code}", header, rows)

    @get("/paper.pdf")
    async def paper(self, request: AnyRequest) -> Response[bytes]:
        """The same on A4, with what each count means. Raises NotThere."""
        from coop.safeguarding.pdf import counts_pdf  # reportlab loads where paper is made

        async with safe_transaction(acting(request).reach(WORK)) as tx:
            owner, _, halves, known = await _told(tx, request, acting(request))
        return await pdf_answer(
            request, f"indicators-{owner.code}", lambda: counts_pdf(owner, halves, known)
        )

    @post()
    async def publish(self, request: AnyRequest) -> Response[Any]:
        """Tell a half-year, once; a second time changes nothing. Raises NotThere."""
        actor, (typed, _) = acting(request), await texts(request)
        try:
            async with safe_transaction(actor.reach(WORK)) as tx:
                owner, _ = await _owner(tx, actor, typed.get("coop", ""))
                half = next((x for x in _ended() if x.label == typed.get("half", "")), None)
                if half is None or not _valid(await sight_of(tx, actor.user_id or 0), owner):
                    raise NotThere("half")
                await publish_counts(tx, owner.id, half)
        except Refused as refused:
            return await _page(request, form_of(typed).with_refusals(refused.refusals), 422)
        return to(f"/cases/counts?coop={owner.code}")


async def _page(request: AnyRequest, form: Form, status: int = 200) -> Response[Any]:
    actor = acting(request)
    async with safe_transaction(actor.reach(WORK)) as tx:
        owner, own, halves, known = await _told(tx, request, actor, form.value("coop"))
        everything = await halves_told(tx, owner.id)
        sight = await sight_of(tx, actor.user_id or 0)
        await record_read(tx, "case_counts", cooperative_id=None, about="counts", rows=0)
    last = everything[-1].half if everything else None
    open_ = [one for one in _ended() if last is None or one > last]
    trained = [x for x in sight.readers if x.cooperative_id == owner.id and x.valid(sight.today)]
    context = {
        "cooperative": owner,
        "cooperatives": own,
        "halves": halves,
        "meanings": known,
        "sums": {one.code: together([half.told for half in halves], one.code) for one in known},
        "open": tuple((one.label, one.label) for one in open_) if _valid(sight, owner) else (),
        "trained": len(trained),
        "form": form,
    }
    return page(request, "safeguarding/counts.html", context, status)


async def _told(
    tx: Transaction, request: AnyRequest, actor: Actor, code: str = ""
) -> tuple[CooperativeRow, tuple[CooperativeRow, ...], tuple[HalfTold, ...], tuple[Meaning, ...]]:
    owner, own = await _owner(tx, actor, code or request.query_params.get("coop", ""))
    halves = await halves_told(tx, owner.id)
    return owner, own, halves[-_SHOWN:], await meanings(tx, clock.today())


async def _owner(
    tx: Transaction, actor: Actor, code: str
) -> tuple[CooperativeRow, tuple[CooperativeRow, ...]]:
    """The cooperative of a code (empty: the first) and all within reach. Raises NotThere."""
    own = tuple(one for one in await cooperatives(tx) if actor.may(WORK, one.id))
    found = next((one for one in own if code in ("", one.code)), None)
    if found is None:
        raise NotThere(code)
    return found, own


def _valid(sight: Sight, owner: CooperativeRow) -> bool:
    """Whether this account reads cases there, or is the standby, with training that holds."""
    return any(
        one.user_id == sight.user_id
        and one.cooperative_id in (owner.id, None)
        and one.valid(sight.today)
        for one in sight.readers
    )


def _ended() -> tuple[Half, ...]:
    """The last half-years that are over, the latest first."""
    found = [half_of(clock.today()).before]
    for _ in range(_SHOWN - 1):
        found.append(found[-1].before)
    return tuple(found)


def _text(half: HalfTold, one: Meaning) -> str:
    shown = half.told[one.code]
    return "not_shown" if shown.hidden else "few" if shown.count is None else str(shown.count)
