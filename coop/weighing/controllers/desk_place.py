"""The place of a clerk's desk: cooperative, centre, sites, and what stands for the day."""

from dataclasses import dataclass

from coop.access.actor import Actor
from coop.access.permission import Permission
from coop.cooperatives.queries import CentreRow, CooperativeRow, centres, cooperatives
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.words import say
from coop.prices.queries import FloorNow, floors_at, grades
from coop.weighing.queries import slips, terms_on
from coop.weighing.queries.reversals import undo_seconds

_TARE_GRAMS = 250  # an empty bag, until the clerk weighs one


@dataclass(frozen=True, slots=True)
class DayShown:
    """The settings of the day as the desk shows them."""

    site_code: str
    site: slips.SiteChoice
    tare_grams: int
    moisture_pct: str
    waste_pct: str
    paid_mode: str


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """The notice that the floors come from."""

    number: str
    effective_from: object


@dataclass(frozen=True, slots=True)
class DeskContext:
    """The place of a clerk's desk and what stands for the day."""

    cooperative: CooperativeRow
    centre: CentreRow
    sites: list[slips.SiteChoice]
    day: DayShown
    floors: list[FloorNow]
    keys: tuple[slips.GradeKey, ...]
    free_moisture_pct: str
    free_waste_pct: str
    slips: list[slips.LastSlip]


async def desk_of(tx: Transaction, actor: Actor) -> DeskContext:
    """Where this clerk weighs. Raises Refused where centre or site is still missing."""
    within = actor.cooperatives_for(Permission.DESK_ENTRY_POST)
    cooperative = next(
        (c for c in await cooperatives(tx) if within is None or c.id in within), None
    )
    centre = next(
        (k for k in await centres(tx) if cooperative and k.cooperative_id == cooperative.id), None
    )
    sites = await slips.open_sites(tx, [centre.district_lgd], clock.today()) if centre else []
    if cooperative is None or centre is None or not sites:
        message = say(
            "The desk needs a centre and a site where collection is allowed. Tell your manager."
        )
        raise Refused([Refusal("desk_not_ready", message)])
    terms = await terms_on(tx, cooperative.id, clock.today())
    chosen = await slips.chosen_day(tx, actor.user_id or 0, clock.today()) or slips.ChosenDay(
        sites[0].code,
        _TARE_GRAMS,
        int(terms.moisture_base * 100),
        int(terms.waste_base * 100),
        "cash",
    )
    site = next((one for one in sites if one.code == chosen.site_code), sites[0])
    floors = await floors_at(tx, site.district_lgd, clock.now())
    paise = {floor.grade_code: floor.picker_floor_paise for floor in floors}
    keys = tuple(
        slips.GradeKey(g.code, g.name_hi, g.name_en, paise.get(g.code))
        for g in (await grades(tx)).values()
    )
    return DeskContext(
        cooperative,
        centre,
        sites,
        DayShown(
            site.code,
            site,
            chosen.tare_grams,
            share(chosen.moisture_hundredths),
            share(chosen.waste_hundredths),
            chosen.paid_mode,
        ),
        floors,
        keys if floors else (),
        share(int(terms.moisture_base * 100)),
        share(int(terms.waste_base * 100)),
        await slips.last_slips(
            tx, cooperative.id, actor.user_id or 0, await undo_seconds(tx, cooperative.id)
        ),
    )


def share(hundredths: int) -> str:
    """A share of hundredths of a per cent as it is typed."""
    return f"{hundredths // 100}.{hundredths % 100:02d}".removesuffix("0")
