"""A cooperative's income against what a family needs; benchmarks and who may add one."""

from collections.abc import Sequence
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromQuery

from coop.access.guard import acting
from coop.access.permission import Permission
from coop.cooperatives.queries import CooperativeRow
from coop.identity.operations.sealing import chance_of
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.web.csv_file import csv_answer
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.kernel.words import Said, say
from coop.livelihoods.controllers.parts import (
    AnyRequest,
    Gap,
    begun,
    gap_of,
    office_of,
    offices,
    options,
    texts_of,
    to,
)
from coop.livelihoods.forms import read_benchmark
from coop.livelihoods.operations.benchmarks import record_benchmark
from coop.livelihoods.queries.benchmarks import benchmarks
from coop.livelihoods.queries.measured import HomeSum, homes
from coop.livelihoods.rules.benchmarks import Kind, Per
from coop.livelihoods.rules.floor import Worked
from coop.livelihoods.rules.groups import Band, VillageIncome, bands, by_village, villages
from coop.livelihoods.rules.income import months_between

_READ = Permission.LIVELIHOODS_REPORT_READ
_RECORD = Permission.LIVELIHOODS_BENCHMARK_RECORD
KINDS: dict[Kind, Said] = {
    Kind.LIVING_INCOME: say("Living income of a family"),
    Kind.MINIMUM_WAGE: say("Minimum wage"),
    Kind.RURAL_WORK: say("Wage of rural work"),
}
PERS: dict[Per, Said] = {
    Per.HOUSEHOLD_MONTH: say("a family and a month"),
    Per.MONTH: say("a month of work"),
    Per.DAY: say("a day of work"),
}


class OverviewController(Controller):
    """The gap of a cooperative, as a page and as a table to take along."""

    path = "/livelihoods"
    opt = {"permission": _READ}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(
        self, request: AnyRequest, cooperative: FromQuery[str] = "", q: FromQuery[str] = ""
    ) -> Response[Any]:
        """Show income from dhibra against the benchmarks. ``q``: a household to open. Raises NotThere."""
        actor, number = acting(request), q.strip().upper()[:20]
        may_ask = actor.may(Permission.LIVELIHOODS_HOUSEHOLD_ASK)
        form = Form({"q": number})
        async with transaction(actor.reach(_READ)) as tx:
            if number and may_ask:
                if await tx.fetchval("SELECT 1 FROM household WHERE household_no = $1", number):
                    return to(f"/livelihoods/households/{number}")
                message = say("No household of this number here. Look at the card again.")
                form = form.with_refusals([Refusal("unknown", message, "q")])
            known = await offices(tx, actor, _READ)
            office = await office_of(tx, actor, _READ, cooperative)
            gap = await gap_of(tx, office.state_lgd, cooperative_id=office.id)
            in_bands, in_villages = await _groups(tx, office, gap)
        context = {
            "offices": known if len(known) > 1 else (),
            "office_shown": office,
            "gap": gap,
            "kinds": KINDS,
            "pers": PERS,
            "bands": in_bands,
            "villages": in_villages,
            "need": _living(gap),
            "may_ask": may_ask,
            "may_kit": actor.may(Permission.LIVELIHOODS_KIT_RECORD),
            "form": form,
        }
        return page(request, "livelihoods/overview.html", context, 422 if form.problems else 200)

    @get("/gap.csv")
    async def table(self, request: AnyRequest, cooperative: FromQuery[str] = "") -> Response[bytes]:
        """Give the worked formula as a table. Raises NotThere."""
        actor = acting(request)
        async with transaction(actor.reach(_READ)) as tx:
            office = await office_of(tx, actor, _READ, cooperative)
            gap = await gap_of(tx, office.state_lgd, cooperative_id=office.id)
        header = (
            "cooperative", "first", "last", "benchmark", "area", "proxy", "verified", "member_days", "median_grams_a_member_day",
            "member_days_a_household_month", "rate_paise_kg", "reached_paise_month", "needed_paise_month", "gap_paise_month",
            "gap_paise_kg", "floor_paise_kg",
        )  # fmt: skip
        seen = gap.measured
        rows = [
            (
                office.code, seen.first, seen.last, one.benchmark.kind.value, one.benchmark.area, one.benchmark.proxy,
                one.benchmark.verified, seen.member_days, seen.median_grams, one.days, one.rate_paise, one.reached_paise,
                one.needed_paise, one.gap_paise, one.gap_kg_paise, one.floor_paise,
            )
            for one in gap.works
        ]  # fmt: skip
        return csv_answer("living-income-gap", header, rows)


async def _groups(
    tx: Transaction, office: CooperativeRow, gap: Gap
) -> tuple[Sequence[Band], Sequence[VillageIncome]]:
    """Households by share of a living income and by village; nothing where too few days were seen."""
    need = _living(gap)
    if not gap.enough:
        return (), ()
    seen = gap.measured
    months = months_between(seen.first, seen.last)
    found: list[HomeSum] = await homes(tx, seen.first, seen.last, office.id)
    month = [(one.village, one.paise // months) for one in found]
    least = gap.limits.homes
    chance = chance_of(f"livelihoods/{office.id}/{seen.last}")
    paise = [paise for _, paise in month]
    shares = bands(paise, need.benchmark.paise, least, chance) if need else ()
    return shares, villages(by_village(month), least, chance)


def _living(gap: Gap) -> Worked | None:
    return next((one for one in gap.works if one.benchmark.kind is Kind.LIVING_INCOME), None)


class BenchmarkController(Controller):
    """Benchmarks with their sources; the agency adds one."""

    path = "/livelihoods/benchmarks"

    @get(opt={"permission": _READ})
    async def show(self, request: AnyRequest) -> Response[Any]:
        """List benchmarks, and to who may add one its form."""
        return await _benchmarks(request, begun())

    @post(opt={"permission": _RECORD})
    async def add(self, request: AnyRequest) -> Response[Any]:
        """Record a benchmark."""
        typed = await texts_of(request)
        read = read_benchmark(typed)
        refusals = read.problems
        if read.value is not None:
            try:
                async with transaction(acting(request).reach(_RECORD)) as tx:
                    await record_benchmark(tx, read.value, read.operation_id)
            except Refused as refused:
                refusals = refused.refusals
            else:
                return to("/livelihoods/benchmarks")
        return await _benchmarks(request, form_of(typed).with_refusals(refusals), 422)


async def _benchmarks(request: AnyRequest, form: Form, status: int = 200) -> Response[Any]:
    actor = acting(request)
    async with transaction(actor.reach(_READ)) as tx:
        rows = await benchmarks(tx)
    context = {
        "rows": rows,
        "kinds": KINDS,
        "pers": PERS,
        "kind_options": options(KINDS),
        "per_options": options(PERS),
        "may_record": actor.may(_RECORD),
        "form": form,
    }
    return page(request, "livelihoods/benchmarks.html", context, status)
