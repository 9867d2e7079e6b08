"""Kit and training of a cooperative: how it stands, who got what, what to write."""

from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Controller, Response, get, post

from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.kernel import i18n
from coop.kernel.db import transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.web.csv_file import csv_answer
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page, reading_of
from coop.kernel.words import Said
from coop.livelihoods.controllers.parts import (
    AnyRequest,
    begun,
    office_of,
    options,
    texts_of,
    to,
    with_act,
)
from coop.livelihoods.forms import read_move, read_training
from coop.livelihoods.operations.kit import TrainingHeld, hold_training, move_kit
from coop.livelihoods.queries.kit import Item, items, moves, stands, trainings
from coop.livelihoods.rules.kit import OF_STOCK, TOPICS, WORDS

_RECORD = Permission.LIVELIHOODS_KIT_RECORD


class KitController(Controller):
    """The ledger of tools and protection."""

    path = "/livelihoods/kit"
    opt = {"permission": _RECORD}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show stock, what members hold, the last moves, and the form."""
        return await _kit(request, begun())

    @post()
    async def move(self, request: AnyRequest) -> Response[Any]:
        """Write that pieces moved."""
        typed, actor = await texts_of(request), acting(request)
        refusals: Sequence[Refusal]
        try:
            async with transaction(actor.reach(_RECORD)) as tx:
                read = read_move(typed, [one.code for one in await items(tx)])
                if read.value is None:
                    raise Refused(read.problems)
                office = await office_of(tx, actor, _RECORD)
                await move_kit(tx, office.id, read.value, read.operation_id)
        except Refused as refused:
            refusals = refused.refusals
        else:
            return to("/livelihoods/kit")
        return await _kit(request, form_of(typed).with_refusals(refusals), 422)

    @get("/table.csv")
    async def table(self, request: AnyRequest) -> Response[bytes]:
        """Give the moves as a table; the reading of names is recorded."""
        actor = acting(request)
        async with transaction(actor.reach(_RECORD)) as tx:
            office = await office_of(tx, actor, _RECORD)
            found = await moves(tx, office.id, 10_000)
            await record_read(
                tx, "kit table", cooperative_id=office.id, about="all", rows=len(found)
            )
        header = ("day", "item", "what", "pieces", "member_no", "member", "note")
        with i18n.use_language(reading_of(request).lang):
            rows = [
                (
                    one.on,
                    i18n.named(one),
                    i18n.render(WORDS[one.kind]),
                    one.pieces,
                    one.member_no,
                    one.member_hi or one.member_latin,
                    one.note,
                )
                for one in found
            ]
        return csv_answer("kit", header, rows)


async def _kit(request: AnyRequest, form: Form, status: int = 200) -> Response[Any]:
    actor = acting(request)
    async with transaction(actor.reach(_RECORD)) as tx:
        office = await office_of(tx, actor, _RECORD)
        found = await moves(tx, office.id)
        await record_read(tx, "kit", cooperative_id=office.id, about="members", rows=len(found))
        context = {
            "stands": await stands(tx, office.id),
            "moves": [(one, WORDS[one.kind]) for one in found],
            "items": _things(await items(tx)),
            "kinds": options(WORDS),
            "of_stock": tuple(WORDS[move] for move in OF_STOCK),
            "form": with_act(form),
        }
    return page(request, "livelihoods/kit.html", context, status)


def _things(found: Sequence[Item]) -> tuple[Item, ...]:
    return tuple(found)


class TrainingController(Controller):
    """Trainings and who came."""

    path = "/livelihoods/trainings"
    opt = {"permission": _RECORD}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest) -> Response[Any]:
        """List trainings, with the form."""
        return await _trainings(request, begun())

    @post()
    async def hold(self, request: AnyRequest) -> Response[Any]:
        """Write down a training."""
        typed, actor = await texts_of(request), acting(request)
        read = read_training(typed)
        refusals: Sequence[Refusal] = read.problems
        if read.value is not None:
            try:
                async with transaction(actor.reach(_RECORD)) as tx:
                    office = await office_of(tx, actor, _RECORD)
                    held = TrainingHeld(*read.value)
                    await hold_training(tx, office.id, held, read.operation_id)
            except Refused as refused:
                refusals = refused.refusals
            else:
                return to("/livelihoods/trainings")
        return await _trainings(request, form_of(typed).with_refusals(refusals), 422)


async def _trainings(request: AnyRequest, form: Form, status: int = 200) -> Response[Any]:
    actor = acting(request)
    async with transaction(actor.reach(_RECORD)) as tx:
        office = await office_of(tx, actor, _RECORD)
        found = await trainings(tx, office.id)
    topics: Mapping[str, Said] = TOPICS
    context = {
        "trainings": [(one, topics[one.topic]) for one in found],
        "topics": options(topics),
        "form": with_act(form),
    }
    return page(request, "livelihoods/trainings.html", context, status)
