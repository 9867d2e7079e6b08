"""Hindi names come by a column that may be missing; a list without it takes none away."""

from collections.abc import Mapping

from coop.cooperatives.operations import record_cooperative
from coop.cooperatives.queries import centres
from coop.cooperatives.rules import Cooperative
from coop.importing import places, trade
from coop.importing.task import ImportTask
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.rows import Outcome
from coop.prices.operations import record_grade
from coop.prices.queries import published_lines
from coop.prices.rules import Grade
from coop.sites.queries import sites

CENTRE = {
    "code": "HIN01-C1",
    "cooperative": "HIN01",
    "name": "Salga centre",
    "village": "Salgadih",
    "block": "Satgawan",
    "district_lgd": "334",
    "devices": "",
}
SITE = {
    "code": "S-HIN-01",
    "name": "Salga heap",
    "village": "Salgadih",
    "block": "Satgawan",
    "district_lgd": "334",
    "state_lgd": "20",
    "lat": "24.495",
    "lon": "85.702",
    "land_status": "GM",
    "collection_allowed": "yes",
    "remarks": "",
}
NOTICE = {
    "notice_no": "HIN/1",
    "published_at": "2026-10-01T00:00+05:30",
    "effective_from": "2026-10-02T00:00+05:30",
    "effective_to": "",
    "district_lgd": "334",
    "grade_code": "881",
    "picker_floor_rupees_per_kg": "10",
    "buyer_floor_rupees_per_kg": "12",
    "premium_rupees_per_kg": "0.50",
    "authority": "Nodal agency (invented)",
    "reference": "",
}


def task(kind: str, row: Mapping[str, str], **more: str) -> ImportTask:
    return ImportTask(kind, [{**row, **more}], "0" * 64, clock.now(), None)


async def test_a_centre_gets_its_hindi_name_later(tx: Transaction) -> None:
    await record_cooperative(tx, Cooperative("HIN01", "Co", "समिति", "Satgawan", 334, 20))

    async def load(**more: str) -> Outcome:
        return (await places.centres(tx, task("centres", CENTRE, **more)))[0].outcome

    async def name() -> str:
        return next(one.name_hi for one in await centres(tx) if one.code == "HIN01-C1")

    assert await load() is Outcome.ACCEPTED
    assert await name() == ""
    assert await load(name_hi="सलगा केंद्र") is Outcome.ACCEPTED
    assert await name() == "सलगा केंद्र"
    assert await load(name_hi="सलगा केंद्र") is Outcome.UNCHANGED
    assert await load() is Outcome.UNCHANGED  # a list without the column takes nothing away
    assert await load(village="Other") is Outcome.REFUSED
    assert await load(name_hi="सलगाडीह केंद्र") is Outcome.ACCEPTED
    assert await name() == "सलगाडीह केंद्र"


async def test_a_site_keeps_what_its_list_does_not_know(tx: Transaction) -> None:
    async def load(**more: str) -> Outcome:
        return (await places.sites(tx, task("sites", SITE, **more)))[0].outcome

    assert await load(name_hi="सलगा ढेर") is Outcome.ACCEPTED
    assert await load() is Outcome.UNCHANGED
    assert await load(lat="24.500") is Outcome.ACCEPTED
    kept = (await sites(tx))["S-HIN-01"]
    assert (kept.name_hi, kept.lat_thousandths, kept.precision_metres) == ("सलगा ढेर", 24_500, 100)


async def test_an_issuer_has_its_hindi_name(tx: Transaction) -> None:
    await record_grade(tx, Grade(881, "Mixed", "मिश्रित", "25253010", "kg"))
    read = await trade.price_notices(tx, task("price-notices", NOTICE, authority_hi="नोडल एजेंसी"))
    assert read[0].outcome is Outcome.ACCEPTED
    again = await trade.price_notices(tx, task("price-notices", NOTICE, authority_hi="नोडल एजेंसी"))
    assert again[0].outcome is Outcome.UNCHANGED
    bare = await trade.price_notices(tx, task("price-notices", NOTICE))
    assert bare[0].outcome is Outcome.UNCHANGED
    [line] = [one for one in await published_lines(tx) if one.line.notice_no == "HIN/1"]
    assert line.authority_hi == "नोडल एजेंसी"
