"""Recording a sale: the page's own POST through HTTP, and the same statements by asyncpg alone."""

import asyncio
import json
import re
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from secrets import randbelow, token_bytes
from urllib.parse import urlencode
from uuid import uuid4

import asyncpg
import httpx

from benchmarks.clients import _LOCK, _SETTINGS, Result, _as_is, _result
from benchmarks.ground import DISTRICT, GRADE, RATE, STATE, Desk
from coop.access.actor import SYSTEM_ACTOR
from coop.access.roles import Role
from coop.audit.rules import entry_hash
from coop.buyers.operations import record_buyer
from coop.buyers.queries import standing_of
from coop.buyers.rules import Buyer, Dossier, gstin_check_sign
from coop.identity.operations import NewUser, add_user
from coop.kernel.clock import IST, financial_year, ist_day
from coop.kernel.db import SYSTEM, Transaction, transaction
from coop.sales.operations.keeping import Seller
from coop.sales.operations.lots import make_lot
from coop.sales.operations.write import _WRITE
from coop.sales.queries.facts import _FACTS
from coop.sales.rules.filling import LotPlan
from coop.weighing.operations.post import Desk as Weighbridge
from coop.weighing.operations.post import post_entries
from coop.weighing.rules import WeighingEntry

BUYER, PASSWORD, PRICE, GRAMS = "BENCH", "neem hill 7 kettle", RATE + 250, 1
AMOUNT = (GRAMS * PRICE + 500) // 1000
_FIRST = "20ZZBCH1234A1Z"
GSTIN = _FIRST + gstin_check_sign(_FIRST)
LOT_KG = 1000


@dataclass(frozen=True)
class Stall:
    """Somebody who sells: the cooperative, its lot, and the name to sign in with."""

    cooperative_id: int
    code: str
    lot: str
    login: str


async def lay(desks: list[Desk]) -> list[Stall]:
    """A verified buyer, and for every desk a manager and a lot of a tonne."""
    dossier = Dossier(
        STATE, GSTIN, GSTIN[2:12], "J-1", date(2025, 1, 1), date(2099, 1, 1), None, None, date(2025, 1, 1)
    )  # fmt: skip
    stalls = []
    async with transaction(SYSTEM) as tx:
        await record_buyer(tx, Buyer(BUYER, "Bench", "trader", "Bench", DISTRICT, "", dossier))
        for place, desk in enumerate(desks):
            table = Weighbridge(desk.cooperative_id, desk.code, None, {}, {}, imported=True)
            now = datetime.now(UTC) - timedelta(minutes=1)
            await post_entries(tx, table, [_entry(desk.code, now) for _ in range(LOT_KG // 100)])
            plan = LotPlan(GRADE, DISTRICT, datetime.now(UTC), LOT_KG * 1000)
            lot = await make_lot(tx, Seller(desk.cooperative_id, desk.code, STATE), plan)
            login = f"bench-{place}"
            person = NewUser(login, "Bench", Role.MANAGER, desk.cooperative_id, PASSWORD)
            await add_user(tx, SYSTEM_ACTOR, person)
            stalls.append(Stall(desk.cooperative_id, desk.code, lot, login))
    return stalls


def _entry(code: str, at: datetime) -> WeighingEntry:
    return WeighingEntry(
        id=uuid4(), cooperative=code, centre=None, device=None, device_seq=None, member_no="0001",
        site_code="S-B-01", grade_code=GRADE, gross_g=100_250, tare_g=250, moisture=Decimal(0),
        waste=Decimal(0), rate_paise_per_kg=RATE, weighed_at=at, paid_mode="upi", paper_no=None,
        place_in_row=True,
    )  # fmt: skip


async def sign_in(port: int, stall: Stall) -> tuple[str, str]:
    """The session's cookie and the token of its forms."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        await client.post("/sign-in", data={"user": stall.login, "password": PASSWORD, "next": ""})
        page = (await client.get("/account")).text
        token = re.search(r'name="csrf" value="([^"]+)"', page)
        if token is None:
            raise RuntimeError("no session: " + page[:300])
        return "; ".join(f"{k}={v}" for k, v in client.cookies.items()), token[1]


async def http(port: int, stalls: list[Stall], each: int) -> Result:
    """Post the sale's form ``each`` times from every stall at once, on kept connections."""
    doors = [(stall, *await sign_in(port, stall)) for stall in stalls]
    taken: list[float] = []

    async def one(stall: Stall, cookie: str, csrf: str) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(each):
            now = datetime.now(IST)
            form = {
                "csrf": csrf, "operation_id": str(uuid4()), "buyer_code": BUYER, "quantity_kg": "0.001",
                "rate_rupees_per_kg": f"{PRICE // 100}.{PRICE % 100:02d}",
                "sold_at": now.strftime("%Y-%m-%dT%H:%M:%S"), "delivery_state": "",
            }  # fmt: skip
            data = urlencode(form).encode()
            began = time.perf_counter()
            writer.write(
                f"POST /lots/{stall.lot}/sale HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\n"
                f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(data)}\r\n\r\n".encode()
                + data
            )
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: ([0-9]+)", head.lower())
            answer = await reader.readexactly(int(length[1]) if length else 0)
            taken.append(time.perf_counter() - began)
            if b" 303 " not in head[:20]:
                raise RuntimeError(head[:200] + answer[:2000])
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(one(*door) for door in doors))
    return _result(taken, len(taken), time.perf_counter() - began)


async def bare(url: str, stalls: list[Stall], each: int) -> Result:
    """The same statements by asyncpg alone: BEGIN, settings, lock, facts, buyer, write, COMMIT."""
    settings = {"plan_cache_mode": "force_generic_plan", "jit": "off"}
    pool = await asyncpg.create_pool(
        url, min_size=len(stalls), max_size=len(stalls), reset=_as_is, server_settings=settings
    )
    taken: list[float] = []

    async def one(stall: Stall) -> None:
        last = "SELECT max(n) FROM status_list WHERE cooperative_id = $1"
        list_no = await pool.fetchval(last, stall.cooperative_id)
        for _ in range(each):
            began = time.perf_counter()
            async with pool.acquire() as connection, connection.transaction():
                await _same(connection, stall, list_no)
            taken.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(one(stall) for stall in stalls))
    seconds = time.perf_counter() - began
    await pool.close()
    return _result(taken, len(taken), seconds)


async def _same(connection: asyncpg.Connection, stall: Stall, list_no: int) -> None:
    now = datetime.now(UTC)
    fy, day, owner = financial_year(now), ist_day(now), stall.cooperative_id
    await connection.fetch(_SETTINGS, "bench", str(owner))
    head = await connection.fetchrow(_LOCK, owner)
    places = [(list_no << 17) + randbelow(1 << 17) for _ in range(4)]
    operation = uuid4()
    row = await connection.fetchrow(
        _FACTS, owner, operation, stall.lot, BUYER, now, day, fy, places
    )
    await standing_of(Transaction(connection, SYSTEM), BUYER, day)
    free = next(place for place in places if place not in set(row["taken"]))
    await connection.execute(_WRITE, *_values(stall, row, operation, free, head, now))


def _values(
    stall: Stall,
    row: asyncpg.Record,
    operation: object,
    place: int,
    head: asyncpg.Record,
    now: datetime,
) -> list[object]:
    """The statement's arguments; the receipt is random bytes here: signing is the application's."""
    fy, day = financial_year(now), ist_day(now)
    no, journal = (row["last_receipt"] or 0) + 1, (row["last_journal"] or 0) + 1
    stock, cost = row["stock_grams"], row["stock_paise"]
    cost = (2 * cost * GRAMS + stock) // (2 * stock)
    signed = token_bytes(210)
    facts = json.dumps({"sha256": sha256(signed).hexdigest()})
    seq, about = head["last_seq"] + 1, f"{fy}/{no}"
    digest = entry_hash(
        head["last_hash"], head["chain"], seq, now, "bench", "sale:recorded", "sale", about, facts
    )
    accounts, sums = [1210, 4010], [AMOUNT, -AMOUNT]
    return [
        stall.cooperative_id, fy, now, f"{stall.code}-26-B{no:05d}", no, "", row["lot_fy"], row["lot_no"], GRADE,
        row["buyer_id"], row["buyer_version_id"], BUYER, row["line_id"], GRAMS, PRICE, row["buyer_floor_paise"], AMOUNT,
        "", GSTIN, "20", "bill", 0, 0, 0, 0, 0, AMOUNT, 50, 0, cost, journal, now, day, "bench",
        operation, token_bytes(32), accounts, sums, [0, GRADE], [row["buyer_id"], 0], accounts, sums, [0, GRADE],
        [row["buyer_id"], 0], token_bytes(10), place, signed, head["chain"], seq, now, "sale:recorded", about, facts,
        head["last_hash"], digest,
    ]  # fmt: skip
