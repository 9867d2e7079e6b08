"""What waits for a decision: weighings asked back, and entries that came too late."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.web.form import Form
from coop.kernel.web.page import page
from coop.kernel.words import say
from coop.weighing.controllers.typed import AnyRequest, person_of, texts_of
from coop.weighing.operations.waiting import decide_entry
from coop.weighing.queries.papers import reason_said, role_said
from coop.weighing.queries.reversals import open_requests
from coop.weighing.queries.waiting import Waiting, waiting_entries, waiting_entry
from coop.weighing.rules import WeighingEntry
from coop.weighing.rules.kept import entry_of_text
from coop.weighing.rules.reversal import CONFIRMED, REJECTED

_READ = Permission.WEIGHING_EXCEPTION_READ
_CONFIRM = Permission.WEIGHING_ENTRY_CONFIRM


@dataclass(frozen=True, slots=True)
class WaitingShown:
    """A waiting entry with what was entered; ``device`` is empty where a clerk typed it."""

    entry_id: UUID
    name_hi: str
    name_en: str
    device: str
    came_at: datetime
    entry: WeighingEntry


class CorrectionController(Controller):
    """What waits for a decision."""

    path = "/corrections"
    opt = {"permission": _READ}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest) -> Response[Any]:
        """List what waits within reach, the longest waiting first."""
        actor = acting(request)
        async with transaction(actor.reach(_READ)) as tx:
            return await _page(request, tx, actor)

    @post("/entries/{entry_id:uuid}/decision", opt={"permission": _CONFIRM})
    async def decide(self, request: AnyRequest, entry_id: FromPath[UUID]) -> Response[Any]:
        """Confirm or reject an entry that came too late. Raises NotThere."""
        actor, outcome = acting(request), (await texts_of(request)).get("outcome", "")
        refusals: tuple[Refusal, ...] = ()
        if outcome not in (CONFIRMED, REJECTED):
            refusals = (Refusal("missing", say("Choose: book the entry or reject it.")),)
        else:
            try:
                async with transaction(actor.reach(_CONFIRM)) as tx:
                    number = await _decide(tx, actor, entry_id, outcome)
            except Refused as refused:
                refusals = refused.refusals
            else:
                target = f"/slips/{number}" if number else "/corrections"
                return Response(None, status_code=303, headers={"location": target})
        # No field of a form stands behind them: what was entered is the device's.
        told = [Refusal(refusal.code, refusal.message) for refusal in refusals]
        async with transaction(actor.reach(_READ)) as tx:
            return await _page(request, tx, actor, Form().with_refusals(told), 422)


async def _decide(tx: Transaction, actor: Actor, entry_id: UUID, outcome: str) -> str | None:
    waiting = await waiting_entry(tx, entry_id)
    if waiting is None:
        raise NotThere
    decider = person_of(actor, _CONFIRM, waiting.cooperative_id)
    return await decide_entry(tx, entry_id, decider, outcome)


async def _page(
    request: AnyRequest,
    tx: Transaction,
    actor: Actor,
    form: Form | None = None,
    status: int = 200,
) -> Response[Any]:
    found = await open_requests(tx)
    waiting = await waiting_entries(tx)
    await record_read(tx, "corrections", cooperative_id=None, about="open", rows=len(waiting))
    context = {
        "requests": [
            (one, reason_said(one.reason), role_said(one.asked_role), one.asked_by == actor.user_id)
            for one in found
        ],
        "entries": [_shown(one) for one in waiting],
        "many": actor.cooperatives_for(_READ) is None,
        "may_decide": actor.may(Permission.WEIGHING_REVERSAL_DECIDE),
        "may_confirm": actor.may(_CONFIRM),
        "form": form or Form(),
    }
    return page(request, "weighing/corrections.html", context, status)


def _shown(waiting: Waiting) -> WaitingShown:
    return WaitingShown(
        waiting.entry_id,
        waiting.name_hi,
        waiting.name_en,
        waiting.device,
        waiting.came_at,
        entry_of_text(waiting.kept),
    )
