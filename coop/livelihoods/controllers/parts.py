"""What the livelihood pages share: the cooperative they are about, what was typed, the measure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from litestar import Request, Response

from coop.access.actor import Actor
from coop.access.permission import Permission
from coop.cooperatives.queries import BylawRow, CooperativeRow, bylaws, cooperatives, value_on
from coop.identity.operations.sealing import chance_of
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere
from coop.kernel.rounding import coarse
from coop.kernel.web.form import Form
from coop.kernel.words import Said
from coop.livelihoods.queries.benchmarks import benchmarks
from coop.livelihoods.queries.measured import (
    measured,
    measured_in_district,
    other_incomes,
    trade_began,
)
from coop.livelihoods.rules.benchmarks import Benchmark, Kind, chosen
from coop.livelihoods.rules.floor import Measured, Worked, enough, worked
from coop.livelihoods.rules.groups import median_of
from coop.livelihoods.rules.income import whole_months
from coop.payments.operations.record import Person

AnyRequest = Request[Any, Any, Any]
_STEP = 5  # counts of who told are told in steps


@dataclass(frozen=True, slots=True)
class Limits:
    """Own settings that hold today: households and member-days below which nothing is told, and days."""

    homes: int
    member_days: int
    work_days: int
    answer_days: int


@dataclass(frozen=True, slots=True)
class Gap:
    """The measure of a time and the benchmarks against it; no ``works``: too few days to tell.

    ``other_paise``: median other income a household told, coarsely, None where too few did. ``told``: how
    many, in steps of 5, 0 where too few.
    """

    measured: Measured
    enough: bool
    works: tuple[Worked, ...]
    other_paise: int | None
    told: int
    limits: Limits


async def texts_of(request: AnyRequest) -> dict[str, str]:
    """The texts of a posted form, by the inputs' names."""
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


async def offices(
    tx: Transaction, actor: Actor, permission: Permission
) -> Sequence[CooperativeRow]:
    """The cooperatives in which the actor may."""
    within = actor.cooperatives_for(permission)
    return [c for c in await cooperatives(tx) if within is None or c.id in within]


async def office_of(
    tx: Transaction, actor: Actor, permission: Permission, code: str = ""
) -> CooperativeRow:
    """The cooperative of a code, or the first in which the actor may. Raises NotThere."""
    for one in await offices(tx, actor, permission):
        if not code or one.code == code:
            return one
    raise NotThere(code)


def person_of(actor: Actor, permission: Permission, cooperative_id: int) -> Person:
    """Who acts and in which role."""
    return Person(actor.user_id or 0, actor.role_for(permission, cooperative_id).value)


def to(path: str) -> Response[Any]:
    """Go there."""
    return Response(None, status_code=303, headers={"location": path})


def begun(**values: str) -> Form:
    """An empty form with its own id and today's day."""
    return Form({"operation_id": str(uuid4()), "on_day": clock.today().isoformat(), **values})


def with_act(form: Form) -> Form:
    """The form with an id where it has none; typed values stay."""
    return (
        form
        if form.value("operation_id")
        else Form({**form.values, "operation_id": str(uuid4())}, form.problems)
    )


def options(words: Mapping[str, Said] | Mapping[Any, Said]) -> tuple[tuple[str, Said], ...]:
    """Pairs of code and words, for a field."""
    return tuple((str(getattr(code, "value", code)), said) for code, said in words.items())


def limits_of(rows: Sequence[BylawRow], cooperative_id: int | None, on: date) -> Limits:
    """The settings that hold on a day."""
    names = ("least_group", "least_member_days", "work_days_month", "income_answer_holds")
    return Limits(*(int(value_on(rows, name, cooperative_id, on)) for name in names))


async def gap_of(
    tx: Transaction,
    state_lgd: int,
    *,
    cooperative_id: int | None = None,
    district_lgd: int | None = None,
) -> Gap:
    """Measure a cooperative, or the cooperatives of a district, against every benchmark; six statements."""
    today = clock.today()
    limits = limits_of(await bylaws(tx), cooperative_id, today)
    first, last = whole_months(today, await trade_began(tx, cooperative_id))
    if district_lgd is None:
        seen = await measured(tx, first, last, cooperative_id=cooperative_id)
    else:
        seen = await measured_in_district(tx, first, last, district_lgd)
    since = today - timedelta(days=limits.answer_days)
    told = await other_incomes(tx, cooperative_id, district_lgd, since)
    other = median_of(told, limits.homes)
    found = standing(await benchmarks(tx), state_lgd, today)
    may_tell = enough(seen, limits.member_days, limits.homes)
    works = [worked(seen, one, other or 0, limits.work_days) for one in found if may_tell]
    chance = chance_of(f"livelihoods/told/{cooperative_id}/{district_lgd}")
    count = 0 if other is None else coarse(len(told), "told", chance)
    return Gap(seen, may_tell, tuple(works), other, count, limits)


def standing(rows: Sequence[Benchmark], state_lgd: int, on: date) -> tuple[Benchmark, ...]:
    """The benchmark of each kind that holds."""
    found = (chosen(rows, kind, state_lgd, on) for kind in Kind)
    return tuple(one for one in found if one is not None)
