"""Lists from files, by a page: choose, see what would happen, then book it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.cooperatives.queries import CooperativeRow, cooperatives
from coop.importing import COLUMNS, booking, holding
from coop.importing.kinds import KINDS, LOAD, Kind, kinds_for
from coop.importing.shown import preview_shown, report_lines
from coop.kernel import i18n
from coop.kernel.db import Reach, transaction
from coop.kernel.refusal import NotThere
from coop.kernel.rows import Summary
from coop.kernel.table_file import Unreadable
from coop.kernel.web.csv_file import csv_answer
from coop.kernel.web.form import FieldProblem, Form
from coop.kernel.web.page import page, reading_of
from coop.kernel.words import Said, say
from coop.log.operations.integrate import integrate_waiting
from coop.receipts.operations.keys import make_missing_keys
from coop.settings import settings

AnyRequest = Request[Any, Any, Any]
_COLUMNS = (say("Row"), say("Its number"), say("Outcome"), say("Column"), say("Why"))


@dataclass(frozen=True, slots=True)
class Seat:
    """Who loads: their kinds, cooperatives, and how far a transaction of theirs reaches."""

    actor: Actor
    kinds: tuple[Kind, ...]
    places: tuple[CooperativeRow, ...]

    def kind(self, name: str) -> Kind | None:
        """The kind of a name, where it is theirs."""
        return next((one for one in self.kinds if one.name == name), None)

    def place(self, kind: Kind, code: str) -> CooperativeRow | None:
        """The cooperative that a list is for; None for a list of the agency."""
        if kind.of_agency:
            return None
        wanted = code or (self.places[0].code if len(self.places) == 1 else "")
        found = next((one for one in self.places if one.code == wanted), None)
        if found is None:
            raise NotThere(code)
        return found

    def reach(self, place: CooperativeRow | None) -> Reach:
        """The reach of a transaction: the one cooperative, or all of them."""
        return self.actor.reach_one(LOAD, place.id) if place else self.actor.reach(LOAD)


class ImportController(Controller):
    """The page of lists."""

    path = "/imports"
    opt = {"permission": LOAD}  # noqa: RUF012  (litestar's own form)

    @get()
    async def choose(self, request: AnyRequest) -> Response[Any]:
        """Show what may be loaded, and what was."""
        return await _choose(request, await _seat(request), Form())

    @post(status_code=200, request_max_body_size=booking.MOST_BYTES * 2)
    async def look(self, request: AnyRequest) -> Response[Any]:
        """Judge a file and hold it for its booking. Raises NotThere."""
        seat, typed = await _seat(request), await request.form()
        given = {name: value for name, value in typed.items() if isinstance(value, str)}
        kind, file = seat.kind(given.get("kind", "")), typed.get("file")
        problems = []
        if kind is None:
            problems.append(FieldProblem("kind", say("Choose what the list holds.")))
        if not isinstance(file, UploadFile) or not file.filename:
            problems.append(FieldProblem("file", say("Choose a file, CSV or XLSX.")))
        if kind is None or problems or not isinstance(file, UploadFile):
            return await _choose(request, seat, Form(given).with_problems(problems))
        place = seat.place(kind, given.get("coop", ""))
        content = await file.read(booking.MOST_BYTES + 1)
        try:
            table = await booking.read_upload(file.filename, content, kind.name)
        except Unreadable as error:
            form = Form(given).with_problems([FieldProblem("file", _sentence(error.said))])
            return await _choose(request, seat, form)
        return await _preview(request, seat, kind, place, (table, content))

    @post("/report", status_code=200)
    async def report(self, request: AnyRequest) -> Response[bytes]:
        """Give every row of a held file with its outcome. Raises NotThere."""
        seat, typed = await _seat(request), await request.form()
        upload, key = _upload(typed.get("upload")), str(typed.get("key", ""))
        async with transaction(seat.actor.reach(LOAD)) as tx:
            held = await holding.held(tx, upload, key)
            if held is None:
                raise NotThere(str(upload))
            kind = seat.kind(held.kind)
            if kind is None:
                raise NotThere(held.kind)
            place = seat.place(kind, held.cooperative)
            await booking.note_reading(tx, held.kind, held.sha256, 0, _id(place))
        table = await booking.read_upload(held.kind, held.content, held.kind)
        outcomes = await booking.preview(
            seat.reach(place), held.kind, table, held.cooperative or None, _id(place)
        )
        with i18n.use_language(reading_of(request).lang):
            header = [i18n.render(word) for word in _COLUMNS]
            rows = [line for one in outcomes for line in report_lines(one)]
        return csv_answer(f"rows-{held.kind}", header, rows)

    @post("/book", status_code=200)
    async def book(self, request: AnyRequest) -> Response[Any]:
        """Book a held file once, then show what became of it. Raises NotThere, Conflict."""
        seat, typed = await _seat(request), await request.form()
        upload, key = _upload(typed.get("upload")), str(typed.get("key", ""))
        kind = seat.kind(str(typed.get("kind", "")))
        if kind is None:
            raise NotThere(str(upload))
        place = seat.place(kind, str(typed.get("coop", "")))
        good = typed.get("keep") == "good"
        wanted = booking.Wanted(upload, key, kind.name, place.code if place else "", _id(place))
        done, outcomes = await booking.book(seat.reach(place), wanted, keep_good=good)
        if done is None:
            form = Form({"keep": "all"}).with_problems(
                [FieldProblem("keep", say("A row is refused; nothing was booked. Look below."))]
            )
            context = preview_shown(kind, place, (upload, key), outcomes, form)
            return page(request, "imports/preview.html", context, 422)
        await _afterwards(kind, seat.reach(place), done.counts)
        return Redirect(f"/imports/{upload}", status_code=303)

    @post("/drop", status_code=303)
    async def drop(self, request: AnyRequest) -> Redirect:
        """Let a held file go without booking it."""
        typed = await request.form()
        async with transaction(acting(request).reach(LOAD)) as tx:
            await holding.let_go(tx, _upload(typed.get("upload")))
        return Redirect("/imports", status_code=303)

    @get("/{upload:uuid}")
    async def done(self, request: AnyRequest, upload: FromPath[UUID]) -> Response[Any]:
        """Show what became of a file. Raises NotThere."""
        async with transaction(acting(request).reach(LOAD)) as tx:
            found = await booking.booked(tx, upload)
        if found is None:
            raise NotThere(str(upload))
        return page(
            request, "imports/done.html", {"booked": found, "kind": _kind_words(found.kind)}
        )


def _id(place: CooperativeRow | None) -> int | None:
    return None if place is None else place.id


def _upload(text: object) -> UUID:
    try:
        return UUID(str(text))
    except ValueError as error:
        raise NotThere(str(text)) from error


def _sentence(said: Said) -> Said:
    return say("This file cannot be read: %(why)s", why=said)


def _kind_words(name: str) -> Said:
    return next((one.words for one in KINDS if one.name == name), Said(name))


async def _seat(request: AnyRequest) -> Seat:
    actor = acting(request)
    within = actor.cooperatives_for(LOAD)
    async with transaction(actor.reach(LOAD)) as tx:
        places = [one for one in await cooperatives(tx) if within is None or one.id in within]
    return Seat(actor, kinds_for(actor), tuple(places))


async def _choose(request: AnyRequest, seat: Seat, form: Form) -> Response[Any]:
    async with transaction(seat.actor.reach(LOAD)) as tx:
        last = await booking.bookings(tx)
    context = {
        "kinds": seat.kinds,
        "columns": {one.name: COLUMNS[one.name] for one in seat.kinds},
        "places": seat.places if len(seat.places) > 1 else (),
        "last": [(one, _kind_words(one.kind)) for one in last],
        "form": form,
        "most_mb": booking.MOST_BYTES // 1024 // 1024,
        "most_rows": booking.MOST_ROWS,
    }
    return page(request, "imports/choose.html", context, 422 if form.problems else 200)


async def _preview(
    request: AnyRequest,
    seat: Seat,
    kind: Kind,
    place: CooperativeRow | None,
    given: tuple[Any, bytes],
) -> Response[Any]:
    table, content = given
    reach, owner, code = seat.reach(place), _id(place), place.code if place else ""
    outcomes = await booking.preview(reach, kind.name, table, code or None, owner)
    async with transaction(reach) as tx:
        held = await holding.hold(tx, kind.name, code, table.sha256, content)
        await booking.note_reading(tx, kind.name, table.sha256, len(table.rows), owner)
    context = preview_shown(kind, place, held, outcomes, Form({"keep": "all"}))
    return page(request, "imports/preview.html", context)


async def _afterwards(kind: Kind, reach: Reach, counts: Summary) -> None:
    """A new cooperative needs its key; receipts stand in the public log at once."""
    if kind.name == "cooperatives" and counts.posted:
        async with transaction(reach) as tx:
            await make_missing_keys(tx, settings().keys, settings().trust_domain)
    if kind.name == "weighings" and counts.posted:
        await integrate_waiting()


CONTROLLERS = (ImportController,)
