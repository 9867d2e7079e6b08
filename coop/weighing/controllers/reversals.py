"""Ask to take a weighing back, see what waits for a decision, decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.kernel.db import Transaction, transaction
from coop.kernel.money import format_paise
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.kernel.weight import format_kg
from coop.kernel.words import Said
from coop.prices.queries import grades
from coop.weighing.controllers.typed import AnyRequest, person_of, texts_of
from coop.weighing.forms import Original, Place, read_correction, read_decision, read_wish
from coop.weighing.forms.correction import REPLACE
from coop.weighing.operations.reversal import Wish, ask_reversal, decide_reversal
from coop.weighing.queries.papers import reason_said, role_said
from coop.weighing.queries.reversals import (
    Request,
    Taken,
    floor_then,
    last_request,
    reversal_facts,
    second_persons,
    taken,
)
from coop.weighing.queries.slips import GradeKey
from coop.weighing.rules import UnreadEntry, WeighingEntry
from coop.weighing.rules.kept import entry_of_text
from coop.weighing.rules.numbers import SlipNumber, slip_number
from coop.weighing.rules.reversal import (
    REASONS,
    DeciderFacts,
    refusals_to_ask,
    refusals_to_decide,
)

_ASK = Permission.WEIGHING_REVERSAL_ASK
_DECIDE = Permission.WEIGHING_REVERSAL_DECIDE
# Where a refusal of the desk's rules stands on this page.
_FIELD_OF = {
    "gross_g": "gross_kg",
    "tare_g": "tare_kg",
    "rate_paise_per_kg": "rate_rupees_per_kg",
    "id": None,
    "site_code": None,
    "weighed_at": None,
}


@dataclass(frozen=True, slots=True)
class RequestShown:
    """A request in the reader's words; ``right``: the weighing handed in to stand in its place."""

    reason: Said
    words: str
    asked: Said
    asked_at: object
    cash_back: bool
    right: WeighingEntry | None
    mine: bool


class ReversalController(Controller):
    """The page on which a weighing is asked back and decided on."""

    path = "/slips/{number:str}/reversal"
    opt = {"permission": Permission.WEIGHING_SLIP_READ}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Show the form to ask, or the request that waits. Raises NotThere."""
        actor, wanted = acting(request), _weighing_number(number)
        async with transaction(actor.reach(Permission.WEIGHING_SLIP_READ)) as tx:
            weighing = await _weighing(tx, wanted)
            await record_read(
                tx, "reversal", cooperative_id=weighing.cooperative_id, about=number, rows=1
            )
            form = Form(_as_it_was(weighing))
            return await _page(request, tx, actor, weighing, wanted, form)

    @post(opt={"permission": _ASK})
    async def ask(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Ask; the receipt is held until another person decides. Raises NotThere."""
        actor, wanted, typed = acting(request), _weighing_number(number), await texts_of(request)
        async with transaction(actor.reach(_ASK)) as tx:
            weighing = await _weighing(tx, wanted)
            wish, refusals = await _wish(tx, weighing, typed)
        if wish is not None:
            try:
                async with transaction(actor.reach(_ASK)) as tx:
                    asker = person_of(actor, _ASK, weighing.cooperative_id)
                    await ask_reversal(tx, wanted, asker, wish)
            except Refused as refused:
                refusals = refused.refusals
            else:
                return Response(None, status_code=303, headers={"location": f"/slips/{number}"})
        return await _again(request, actor, wanted, typed, refusals)

    @post("/decision", opt={"permission": _DECIDE})
    async def decide(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Confirm or reject what another asked. Raises NotThere."""
        actor, wanted, typed = acting(request), _weighing_number(number), await texts_of(request)
        decision, refusals = read_decision(typed)
        if decision is not None:
            try:
                async with transaction(actor.reach(_DECIDE)) as tx:
                    weighing = await _weighing(tx, wanted)
                    decider = person_of(actor, _DECIDE, weighing.cooperative_id)
                    done = await decide_reversal(
                        tx,
                        wanted,
                        decider,
                        decision.operation_id,
                        decision.outcome,
                        decision.words,
                    )
            except Refused as refused:
                # What the right weighing is refused for stands in no field of this form.
                refusals = tuple(Refusal(r.code, r.message) for r in refused.refusals)
            else:
                target = f"/slips/{done.document if done else number}"
                return Response(None, status_code=303, headers={"location": target})
        return await _again(request, actor, wanted, typed, refusals)


def _weighing_number(number: str) -> SlipNumber:
    wanted = slip_number(number)
    if wanted is None or wanted.kind != 1:
        raise NotThere(number)
    return wanted


async def _weighing(tx: Transaction, wanted: SlipNumber) -> Taken:
    found = await taken(tx, wanted)
    if found is None:
        raise NotThere(wanted.text)
    return found


def _as_it_was(weighing: Taken) -> dict[str, str]:
    """The form of the right weighing, filled with what was booked."""
    return {
        "member_no": weighing.member_no,
        "grade_code": str(weighing.grade_code),
        "gross_kg": format_kg(weighing.gross_grams),
        "tare_kg": format_kg(weighing.tare_grams),
        "moisture_pct": _share(weighing.moisture_hundredths),
        "waste_pct": _share(weighing.waste_hundredths),
        "rate_rupees_per_kg": "",
        "paid_mode": weighing.paid_mode,
    }


def _share(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}".removesuffix("0")


async def _wish(
    tx: Transaction, weighing: Taken, typed: Mapping[str, str]
) -> tuple[Wish | None, tuple[Refusal, ...]]:
    """What is asked for, with the right weighing where one is handed in; or what is wrong."""
    in_cash = weighing.paid_mode == "cash"
    read, refusals = read_wish(typed, in_cash=in_cash)
    if read is None:
        return None, refusals
    wish = Wish(read.operation_id, read.reason, read.words, read.cash_back)
    if not read.replace:
        return wish, ()
    original = Original(
        Place(weighing.code, weighing.centre or None, None),
        weighing.site_code,
        weighing.weighed_at,
        weighing.paper_no,
        in_cash,
    )
    entry = read_correction(await _priced(tx, weighing, typed), original, read)
    if isinstance(entry, UnreadEntry):
        return None, entry.refusals
    return Wish(read.operation_id, read.reason, read.words, read.cash_back, entry), ()


async def _priced(tx: Transaction, weighing: Taken, typed: Mapping[str, str]) -> dict[str, str]:
    """Where no price was typed: the one that was paid, of another grade its floor at that second."""
    if typed.get("rate_rupees_per_kg", "").strip():
        return dict(typed)
    paise = weighing.rate_paise
    grade = typed.get("grade_code", "").strip()
    if grade != str(weighing.grade_code) and grade.isdecimal():
        paise = await floor_then(tx, weighing.site_code, int(grade[:9]), weighing.weighed_at) or 0
    return {**typed, "rate_rupees_per_kg": format_paise(paise).replace(",", "")}


async def _again(
    request: AnyRequest,
    actor: Actor,
    wanted: SlipNumber,
    typed: Mapping[str, str],
    refusals: tuple[Refusal, ...],
) -> Response[Any]:
    """The page once more with what was typed and why it was refused."""
    shown = [Refusal(r.code, r.message, _FIELD_OF.get(r.field or "", r.field)) for r in refusals]
    async with transaction(actor.reach(Permission.WEIGHING_SLIP_READ)) as tx:
        weighing = await _weighing(tx, wanted)
        form = form_of({**_as_it_was(weighing), **typed}).with_refusals(shown)
        return await _page(request, tx, actor, weighing, wanted, form, 422)


async def _page(
    request: AnyRequest,
    tx: Transaction,
    actor: Actor,
    weighing: Taken,
    wanted: SlipNumber,
    form: Form,
    status: int = 200,
) -> Response[Any]:
    owner = weighing.cooperative_id
    facts = await reversal_facts(tx, weighing)
    waiting = await last_request(tx, owner, weighing.fy, weighing.no) if facts.asked_for else None
    hindered = () if waiting else refusals_to_ask(facts)
    context = {
        "weighing": weighing,
        "number": wanted.text,
        "request": _shown(waiting, actor) if waiting else None,
        "hindrance": hindered[0].message if hindered else None,
        "may_ask": actor.may(_ASK, owner) and not waiting and not hindered,
        "decision_hindrance": await _hindrance(tx, actor, waiting) if waiting else None,
        "may_decide": waiting is not None and actor.may(_DECIDE, owner),
        "reasons": tuple(REASONS.items()),
        "grades": tuple(
            GradeKey(g.code, g.name_hi, g.name_en, None) for g in (await grades(tx)).values()
        ),
        "in_cash": weighing.paid_mode == "cash",
        "replacing": form.value("then") == REPLACE,
        "operation_id": form.value("operation_id") or str(uuid4()),
        "form": form,
    }
    return page(request, "weighing/reversal.html", context, status)


async def _hindrance(tx: Transaction, actor: Actor, waiting: Request) -> Said | None:
    """Why this reader may not decide, None where they may."""
    owner = waiting.cooperative_id
    if not actor.may(_DECIDE, owner):
        return None
    person = person_of(actor, _DECIDE, owner)
    others = await second_persons(tx, owner, waiting.asked_by)
    refusals = refusals_to_decide(
        DeciderFacts(waiting.asked_by, person.user_id, person.of_agency, others)
    )
    return refusals[0].message if refusals else None


def _shown(waiting: Request, actor: Actor) -> RequestShown:
    return RequestShown(
        reason_said(waiting.reason),
        waiting.words,
        role_said(waiting.asked_role),
        waiting.asked_at,
        waiting.cash_back_paise > 0,
        entry_of_text(waiting.corrected) if waiting.corrected else None,
        waiting.asked_by == actor.user_id,
    )
