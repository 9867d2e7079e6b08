"""The demo's lots and sales, made through the domain's own verbs at the times they would be.

Every twelfth evening what is free is made into lots; the next day they are sold and leave. The
last sales still wait at the gate, one was taken back, one lot dried. Firms are invented.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coop.buyers.operations import record_buyer
from coop.buyers.queries import buyers
from coop.buyers.rules import Buyer, Dossier, gstin_check_sign
from coop.kernel import clock
from coop.kernel.db import SYSTEM, Reach, Transaction, transaction
from coop.sales.operations.dispatch import (
    Reading,
    record_challan,
    record_gate_out,
    record_weighbridge,
)
from coop.sales.operations.keeping import Seller
from coop.sales.operations.losses import Loss, record_loss
from coop.sales.operations.lots import make_lot
from coop.sales.operations.notes import ask_reversal, decide_note
from coop.sales.operations.registration import register_gst
from coop.sales.operations.sell import SaleMade, record_sale
from coop.sales.queries.free import free_stock
from coop.sales.queries.preview import floor_now, verified_buyers
from coop.sales.rules.balance import Move
from coop.sales.rules.dispatch import Challan, Load
from coop.sales.rules.filling import LotPlan
from coop.sales.rules.offer import Offer
from coop.seed import places

EVERY, LOTS_A_TIME = 12, 4
_FIRMS = (
    ("NB1", "Namuna Scrap Traders (invented)", "trader", "Domchanch", 20, "ZZXFM8628Q"),
    ("NB2", "Misal Mica Mills (invented)", "processor", "Tisri", 20, "ZZMFV4598A"),
    ("NB3", "Udaharan Exports (invented)", "exporter", "Kolkata", 19, "ZZKCV5028G"),
)
_GST_OF = "KOD01"  # registered; the other cooperative issues bills of supply


def _gstin(state: int, pan: str) -> str:
    return f"{state:02d}{pan}1Z" + gstin_check_sign(f"{state:02d}{pan}1Z")


async def begin(tx: Transaction, owners: Mapping[str, int], first: date) -> None:
    """Verified buyers where there are none yet, and the GSTIN of one cooperative."""
    if not await buyers(tx):
        for code, name, kind, town, state, pan in _FIRMS:
            papers = Dossier(
                state_lgd=state,
                gstin=_gstin(state, pan),
                pan=pan,
                dealer_licence_no=f"JIMMS-NAMUNA-{code}",
                licence_from=first - timedelta(days=300),
                licence_to=first + timedelta(days=700),
                suspended_from=None,
                suspended_to=None,
                undertaking_signed_on=first - timedelta(days=200),
            )
            await record_buyer(tx, Buyer(code, name, kind, town, None, "", papers))
    own = _gstin(places.JHARKHAND, "ZZCKD0001A")
    seller = Seller(owners[_GST_OF], _GST_OF, places.JHARKHAND)
    await register_gst(tx, seller, own, first, "certificate (invented)")


@dataclass(frozen=True, slots=True)
class _Made:
    """A lot of the evening before."""

    number: str
    grade_code: int
    grams: int


async def of_day(
    owners: Mapping[str, int], day: int, morning: datetime, chance: random.Random, until: datetime
) -> None:
    """What is made, sold and sent on a day of the demo; nothing later than ``until``."""
    if day == 0 or day % EVERY:
        return
    for code, owner in owners.items():
        seller = Seller(owner, code, places.JHARKHAND)
        district = next(c.district_lgd for c in places.COOPERATIVES if c.code == code)
        evening = morning + timedelta(hours=13)
        if evening > until - timedelta(days=1):
            return
        made = await _make(seller, district, evening)
        last = evening + timedelta(days=EVERY + 1) > until
        for place, lot in enumerate(made):
            at = evening + timedelta(hours=15, minutes=20 * place)
            await _trade(seller, district, lot, place, at, chance, stays=last and place == 0)


async def _make(seller: Seller, district: int, evening: datetime) -> list[_Made]:
    made = []
    with clock.frozen(evening):
        async with transaction(SYSTEM) as tx:
            free = await free_stock(tx, seller.cooperative_id)
            most = sorted(free, key=lambda one: -one.grams)[:LOTS_A_TIME]
            for one in most:
                grams = one.grams * 9 // 10 // 1000 * 1000
                if one.district_lgd == district and grams > 0:
                    plan = LotPlan(one.grade_code, district, evening, grams)
                    number = await make_lot(tx, seller, plan)
                    made.append(_Made(number, one.grade_code, grams))
    return made


async def _trade(
    seller: Seller,
    district: int,
    lot: _Made,
    place: int,
    at: datetime,
    chance: random.Random,
    *,
    stays: bool,
) -> None:
    """Sell a lot in two parts; each leaves, but the demo's last one waits at the gate."""
    if place == 2:
        with clock.frozen(at - timedelta(minutes=5)):
            async with transaction(SYSTEM) as tx:
                dried = Loss(Move.SHRUNK, lot.grams // 200, "गोदाम में सूखा")
                await record_loss(tx, seller, lot.number, dried)
    first = lot.grams * chance.randint(40, 60) // 100 // 1000 * 1000
    for part, grams in enumerate((first, (lot.grams - first) * 3 // 4)):
        sold_at = at + timedelta(minutes=6 * part)
        made = await _sell(seller, district, lot, grams, sold_at, chance)
        if made is None:
            continue
        if place == 1 and part == 1:
            await _take_back(seller, made, sold_at + timedelta(minutes=2))
        elif not stays:
            await _send(seller, made, sold_at + timedelta(minutes=4), chance)


async def _sell(
    seller: Seller, district: int, lot: _Made, grams: int, at: datetime, chance: random.Random
) -> SaleMade | None:
    with clock.frozen(at):
        async with transaction(SYSTEM) as tx:
            firms = await verified_buyers(tx, clock.ist_day(at))
            floor = await floor_now(tx, district, lot.grade_code)
            if not firms or floor is None or grams <= 0:
                return None
            rate = floor + chance.choice((0, 25, 50, 100))
            offer = Offer(lot.number, chance.choice(firms).code, grams, rate, at)
            return await record_sale(tx, seller, offer)


async def _send(seller: Seller, made: SaleMade, at: datetime, chance: random.Random) -> None:
    """Challan, gate, and now and then the buyer's weighbridge."""
    with clock.frozen(at):
        async with transaction(SYSTEM) as tx:
            state = await tx.fetchval(
                "SELECT place_of_supply FROM sale WHERE number = $1", made.number
            )
            vehicle = f"JH12A{chance.randint(1000, 9999)}"
            number = f"NAMUNA-{chance.randint(1000, 9999)}"
            eway = f"{chance.randint(10**11, 2 * 10**11)}"
            night = at + timedelta(hours=9)
            challan = Challan(number, vehicle, made.grams, at, night, state, eway)
            await record_challan(tx, seller, made.number, challan)
            await record_gate_out(tx, seller, made.number, Load(vehicle, made.grams, at))
    if chance.randint(1, 5) <= 2:
        with clock.frozen(at + timedelta(minutes=1)):
            async with transaction(SYSTEM) as tx:
                found = made.grams * chance.randint(985, 1005) // 1000
                reading = Reading(f"W-{chance.randint(100, 999)}", found, clock.now())
                await record_weighbridge(tx, seller, made.number, reading)


async def _take_back(seller: Seller, made: SaleMade, at: datetime) -> None:
    """Asked for by the manager, decided by another of the cast."""
    with clock.frozen(at):
        async with transaction(SYSTEM) as tx:
            people = await tx.fetch(
                """SELECT r.user_id, r.role FROM role_assignment r
                   WHERE r.cooperative_id = $1 OR r.role = 'inspector' ORDER BY r.role = 'inspector', r.id""",
                seller.cooperative_id,
            )
        asks = next(row["user_id"] for row in people if row["role"] == "manager")
        decides = next(
            row["user_id"] for row in people if row["role"] in ("treasurer", "inspector")
        )
        async with transaction(Reach(f"user:{asks}", None)) as tx:
            await ask_reversal(tx, seller, made.number, "buyer ordered another grade")
        async with transaction(Reach(f"user:{decides}", None)) as tx:
            await decide_note(tx, seller, made.number, confirmed=True)
