"""The agency's pages: the list of notices, and publishing one in two steps, typing and checking."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from litestar import Controller, Request, Response, get, post

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.access.policy import permissions_now
from coop.cooperatives.rules import District, district
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.money import format_paise
from coop.kernel.refusal import Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.prices import operations
from coop.prices.controllers.beside import notes_for
from coop.prices.controllers.board import known_districts
from coop.prices.forms import notice_from_form
from coop.prices.operations import Sending
from coop.prices.queries import grades, last_notice_id, standing
from coop.prices.queries.notices import PAGE, STATES, NoticeShown, notice, notices
from coop.prices.rules import (
    Grade,
    Notice,
    NoticeLine,
    Standing,
    changes,
    notice_path,
    refusals_to_publish_notice,
)

AnyRequest = Request[Any, Any, Any]
_READ = Permission.PRICES_NOTICE_READ
_PUBLISH = Permission.PRICES_NOTICE_PUBLISH
_PAST = Permission.PRICES_PAST_PUBLISH


@dataclass(frozen=True, slots=True)
class Columns:
    """The lines of the form: a district with its grades."""

    district: District
    grades: tuple[Grade, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes for a grade in a district, in paise a kilogram; None: nothing holds."""

    district: District
    grade: Grade
    begins: datetime
    ends: datetime | None
    before: NoticeLine | None
    after: NoticeLine | None

    @property
    def more_paise(self) -> int | None:
        """How much a member gets more (less: below nought) for a kilogram."""
        if self.before is None or self.after is None:
            return None
        return self.after.picker_floor_paise_per_kg - self.before.picker_floor_paise_per_kg


class NoticeController(Controller):
    """Notices as the agency lists and publishes them."""

    path = "/notices"

    @get(opt={"permission": _READ})
    async def show(self, request: AnyRequest) -> Response[Any]:
        """List notices, the last published first; by district and state."""
        actor, asked = acting(request), request.query_params
        code = asked.get("district", "")
        state = asked.get("state", "") if asked.get("state") in STATES else ""
        before = asked.get("before", "")
        where = int(code) if code.isascii() and code.isdigit() and len(code) < 7 else None
        after = int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None
        async with transaction(actor.reach(_READ)) as tx:
            found = await notices(
                tx, clock.now(), district=where, state=state or None, before=after
            )
            districts = await known_districts(tx)
        query = {"district": code, "state": state}
        more = urlencode({**query, "before": found[PAGE - 1].id}) if len(found) > PAGE else None
        context = {
            "notices": found[:PAGE],
            "districts": {d.code: d for d in districts},
            "district_of": district,
            "form": Form(query),
            "next_path": f"/notices?{more}" if more else None,
            "notice_path": notice_path,
            "may_publish": actor.may(_PUBLISH),
            "filtered": bool(where or state),
        }
        return page(request, "prices/notices.html", context)

    @get("/new", opt={"permission": _PUBLISH})
    async def new(self, request: AnyRequest) -> Response[Any]:
        """Show the form; of a notice that is revised, with its prices."""
        actor, revises = acting(request), request.query_params.get("revises", "")
        async with transaction(actor.reach(_PUBLISH)) as tx:
            old = await notice(tx, revises, clock.now()) if revises else None
            return await _form_page(request, tx, actor, Form(_beginning(old)))

    @post(opt={"permission": _PUBLISH}, status_code=200)
    async def publish(self, request: AnyRequest) -> Response[Any]:
        """Check what was typed, draw it again to be changed, or publish it."""
        actor = acting(request)
        typed = {n: v for n, v in (await request.form()).items() if isinstance(v, str)}
        async with transaction(actor.reach(_PUBLISH)) as tx:
            form = form_of(typed)
            if typed.get("step") == "change":
                return await _form_page(request, tx, actor, form)
            columns = await _columns(tx)
            places = [(c.district.code, g.code) for c in columns for g in c.grades]
            parsed = notice_from_form(typed, places, clock.now())
            if parsed.value is None:
                shown = form.with_refusals(parsed.problems)
                return await _form_page(request, tx, actor, shown, 422)
            if typed.get("step") != "publish":
                stands = await standing(tx, may_publish_for_past=actor.may(_PAST))
                if refusals := refusals_to_publish_notice(parsed.value, stands):
                    shown = form.with_refusals(refusals)
                    return await _form_page(request, tx, actor, shown, 422)
                return await _check_page(request, tx, form, parsed.value, stands)
            try:
                await operations.publish_notice(tx, parsed.value, _sending(actor, typed))
            except Refused as refused:
                shown = form.with_refusals(refused.refusals)
                if refused.refusals[0].code != "meanwhile":
                    return await _form_page(request, tx, actor, shown, 422)
                stands = await standing(tx, may_publish_for_past=actor.may(_PAST))
                return await _check_page(request, tx, shown, parsed.value, stands, 422)
        return Response(
            None, status_code=303, headers={"location": notice_path(parsed.value.number)}
        )


def _sending(actor: Actor, typed: Mapping[str, str]) -> Sending:
    role = next(
        (h.role for h in actor.assignments if _PUBLISH in permissions_now(actor.holding, h.role)),
        "",
    )
    return Sending(_uuid(typed), str(role), actor.may(_PAST), _seen(typed))


def _uuid(typed: Mapping[str, str]) -> UUID:
    try:
        return UUID(typed.get("operation_id", ""))
    except ValueError:
        return uuid4()


def _seen(typed: Mapping[str, str]) -> int:
    seen = typed.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 16 else -1


async def _columns(tx: Transaction) -> tuple[Columns, ...]:
    known = tuple((await grades(tx)).values())
    return tuple(Columns(one, known) for one in await known_districts(tx))


def _beginning(old: NoticeShown | None) -> dict[str, str]:
    """What stands in an empty form: tomorrow's beginning; of a revision the old prices."""
    tomorrow = (clock.now() + timedelta(days=1)).astimezone(clock.IST)
    values = {
        "from_day": tomorrow.date().isoformat(),
        "from_time": "00:00",
        "consulted": "",
        "operation_id": str(uuid4()),
    }
    if old is None:
        return values
    values |= {"supersedes": old.number, "authority": old.authority}
    values |= {"authority_hi": old.authority_hi}
    for line in old.lines:
        at = f"{line.district_lgd}-{line.grade_code}"
        for name, paise in (
            ("picker", line.picker_paise),
            ("buyer", line.buyer_paise),
            ("premium", line.premium_paise),
        ):
            values[f"{name}-{at}"] = format_paise(paise).replace(",", "")
        for name, floor in (("parts", "picker"), ("buyer_parts", "buyer")):
            values[f"{name}-{at}"] = "\n".join(
                f"{part.name} {format_paise(part.paise_per_kg).replace(',', '')}"
                for part in line.components
                if part.of_floor == floor
            )
    return values


async def _form_page(
    request: AnyRequest, tx: Transaction, actor: Actor, form: Form, status: int = 200
) -> Response[Any]:
    context = {
        "form": form,
        "columns": (columns := await _columns(tx)),
        "may_publish_for_past": actor.may(_PAST),
        "notes": await notes_for(tx, [one.district for one in columns]),
    }
    return page(request, "prices/notice_new.html", context, status)


async def _check_page(
    request: AnyRequest,
    tx: Transaction,
    form: Form,
    checked: Notice,
    stands: Standing,
    status: int = 200,
) -> Response[Any]:
    known = await grades(tx)
    differences = [
        Difference(
            district(line.district_lgd),
            known[str(line.grade_code)],
            change.begins,
            change.ends,
            change.before,
            change.after,
        )
        for line in (priced.line for priced in checked.lines)
        for change in changes(stands.at(line.district_lgd, line.grade_code), (line,))
    ]
    first = checked.lines[0].line
    context = {
        "form": form,
        "notice": checked,
        "effective_from": first.effective_from,
        "effective_to": first.effective_to,
        "for_past": first.effective_from < first.published_at,
        "differences": tuple(differences),
        "kept": tuple((n, v) for n, v in form.values.items() if n not in ("step", "csrf", "seen")),
        "seen": await last_notice_id(tx),
        "notes": await notes_for(
            tx, list({d.district.code: d.district for d in differences}.values())
        ),
    }
    return page(request, "prices/notice_check.html", context, status)
