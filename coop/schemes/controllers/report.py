"""What the desk unlocked and what stands in the way: counts, never a household."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from litestar import Controller, Response, get

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.cooperatives.queries import BylawRow, bylaws, value_on
from coop.identity.operations.sealing import chance_of
from coop.kernel import clock, i18n
from coop.kernel.db import Transaction, transaction
from coop.kernel.money import format_paise
from coop.kernel.rounding import Cell, Chance, coarse, coarse_money, told_cells, told_counts
from coop.kernel.web.csv_file import csv_answer
from coop.kernel.web.page import office_of, page, reading_of
from coop.kernel.web.paper import pdf_answer
from coop.schemes.controllers.views import AnyRequest
from coop.schemes.queries import reports
from coop.schemes.queries.catalogue import catalogue
from coop.schemes.queries.reports import Count, Stood
from coop.schemes.rules.applications import OPEN, Age, age
from coop.schemes.rules.facts import Text
from coop.schemes.rules.indicator import Report, Told, ToldAges, ToldYear, Unlocked, unlocked

_REPORT = Permission.SCHEMES_REPORT_READ
_YEARS = 3
_OF_LARGEST = 20  # a median is told in steps of this part of the largest amount


class ReportController(Controller):
    """One page of counts, and the same as a table."""

    path = "/schemes/report"
    opt = {"permission": _REPORT}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show the last financial years and how applications stand."""
        actor = acting(request)
        async with transaction(actor.reach(_REPORT)) as tx:
            found = await _report(tx, actor)
        return page(request, "schemes/report.html", found)

    @get("/table.csv")
    async def table(self, request: AnyRequest) -> Response[bytes]:
        """Give the same counts as a table; what is kept back is an empty cell."""
        actor = acting(request)
        async with transaction(actor.reach(_REPORT)) as tx:
            found = await _report(tx, actor)
        with i18n.use_language(reading_of(request).lang):
            return csv_answer(
                "schemes-indicators", ("table", "group", "measure", "value"), _rows(found)
            )

    @get("/counts.pdf")
    async def paper(self, request: AnyRequest) -> Response[bytes]:
        """Give the same counts on paper, for a meeting."""
        from coop.schemes.pdf.report import report_pdf  # reportlab loads where paper is made

        actor, office = acting(request), office_of(request)
        async with transaction(actor.reach(_REPORT)) as tx:
            found = await _report(tx, actor)
        name = f"schemes-counts-{found.on}"
        return await pdf_answer(request, name, lambda: report_pdf(found, office))


async def _report(tx: Transaction, actor: Actor) -> Report:
    """Asked once for everything; eight statements and two a year."""
    today, settings = clock.today(), await bylaws(tx)
    within = actor.cooperatives_for(_REPORT)
    own = within[0] if within and len(within) == 1 else None
    least = int(value_on(settings, "least_group", own, today))
    private = {code for code, scheme in catalogue().schemes.items() if scheme.private}
    stood = [one for one in await reports.last_states(tx) if one.scheme not in private]
    words = catalogue().words
    years = [_year(today, back) for back in range(_YEARS)]
    seen = await reports.unlocked_by_village(tx, *years[0])
    money = told_cells(
        {one.village: Cell(one.households, one.households) for one in seen}, least
    ).counts
    chance = chance_of(f"schemes/{own}")
    return Report(
        tuple([await _told_year(tx, first, last, least, chance) for first, last in years]),
        _ages(stood, settings, own, today, least, chance),
        _told(await reports.by_barrier(tx), words["barrier"], least, chance),
        _told(await reports.by_paper(tx), words["document"], least, chance),
        _told(await reports.open_by_village(tx), {}, least, chance),
        tuple(
            Told(
                Text(one.village, one.village),
                None if money[one.village] is None else coarse_money(one.paise, one.largest),
            )
            for one in seen
        ),
        least,
        today,
    )


def _year(today: date, back: int) -> tuple[date, date]:
    start = (today.year if today.month >= 4 else today.year - 1) - back
    return date(start, 4, 1), date(start + 1, 3, 31)


async def _told_year(
    tx: Transaction, first: date, last: date, least: int, chance: Chance
) -> ToldYear:
    """Counts in steps of 5, money in steps that hide the largest household's whole amount."""
    got: Unlocked = unlocked(
        await reports.seen_by_household(tx, first, last),
        await reports.screened_households(tx, first, last),
    )
    few_screened = 0 < got.screened < least
    screened = None if few_screened else coarse(got.screened, f"screened/{first}", chance)
    if got.with_any < least:
        few = 0 if got.with_any == 0 else None
        return ToldYear(first, screened, few, few, None, None)
    paise = coarse_money(got.paise, got.largest)
    with_any = coarse(got.with_any, f"with/{first}", chance)
    each = paise // screened if screened else None
    median = coarse_money(got.median_paise or 0, got.largest // _OF_LARGEST)
    return ToldYear(first, screened, with_any, paise, each, median)


def _ages(
    stood: Sequence[Stood],
    settings: Sequence[BylawRow],
    own: int | None,
    today: date,
    least: int,
    chance: Chance,
) -> tuple[ToldAges, ...]:
    """Open applications by stage and lateness, all cells kept back together against one total."""
    counts: Counter[tuple[str, Age]] = Counter()
    homes: dict[tuple[str, Age], set[int]] = {}
    for one in stood:
        if one.state in OPEN:
            at = one.state, age(one.since, _target(settings, one.state, own, today), today)
            counts[at] += 1
            homes.setdefault(at, set()).add(one.household_id)
    cells = {
        f"{state}/{how}": Cell(counts[state, how], len(homes[state, how])) for state, how in counts
    }
    told = told_counts(cells, least, "stage", chance)
    words = catalogue().words["state"]
    stages = [state for state in words if any((state, how) in counts for how in Age)]
    return tuple(
        ToldAges(words[state], tuple(told.get(f"{state}/{how}", 0) for how in Age))
        for state in stages
    )


def _target(
    settings: Sequence[BylawRow], state: str, own: int | None, today: date
) -> Decimal | None:
    try:
        return value_on(settings, f"application_{state}", own, today)
    except LookupError:
        return None


def _told(
    counts: Sequence[Count], words: Mapping[str, Text], least: int, chance: Chance
) -> tuple[Told, ...]:
    """Households by word, the most first; what is kept back comes last by name, so that its place tells nothing."""
    cells = {one.word: Cell(one.households, one.households) for one in counts}
    told = told_counts(cells, least, "word", chance)
    found = [Told(words.get(word, Text(word, word)), count) for word, count in told.items()]
    return tuple(
        sorted(found, key=lambda one: (one.count is None, -(one.count or 0), one.name.name_en))
    )


def _rows(found: Report) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for year in found.years:
        name = f"{year.first:%Y}-{year.first.year + 1}"
        rows += [
            ("year", name, "households_checked", _cell(year.screened)),
            ("year", name, "households_with_money", _cell(year.with_any)),
            ("year", name, "rupees_seen", _rupees(year.paise)),
            ("year", name, "rupees_each_checked", _rupees(year.paise_each)),
            ("year", name, "median_rupees", _rupees(year.median_paise)),
        ]
    for stage in found.ages:
        for how, count in zip(Age, stage.counts, strict=True):
            rows.append(("stage", i18n.named(stage.name), how.value, _cell(count)))
    for table, told in (
        ("barrier", found.barriers),
        ("missing_paper", found.papers),
        ("village_not_applied", found.villages),
    ):
        rows += [(table, i18n.named(one.name), "households", _cell(one.count)) for one in told]
    rows += [
        ("village_unlocked", i18n.named(one.name), "rupees_seen", _rupees(one.count))
        for one in found.money
    ]
    return rows


def _cell(count: int | None) -> str:
    return "" if count is None else str(count)


def _rupees(paise: int | None) -> str:
    return "" if paise is None else format_paise(paise).replace(",", "")
