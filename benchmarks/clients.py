"""The two that are compared: a client of the HTTP door, and the same transaction by bare asyncpg."""

import asyncio
import json
import random
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from secrets import randbelow, token_bytes
from uuid import uuid4

import asyncpg

from benchmarks.ground import GRADE, MEMBERS, RATE, Desk
from coop.audit.rules import entry_hash
from coop.kernel.clock import financial_year, ist_day
from coop.weighing.operations.write import _WRITE
from coop.weighing.queries.facts import _FACTS

GROSS, TARE = 18_400, 250
PAYABLE, AMOUNT = GROSS - TARE, (18_150 * RATE + 500) // 1000
_SETTINGS = "SELECT set_config('coop.actor', $1, true), set_config('coop.cooperatives', $2, true)"
_LOCK = "SELECT chain, last_seq, last_hash FROM audit_head WHERE cooperative_id = $1 FOR UPDATE"


@dataclass(frozen=True)
class Result:
    """Entries a second, and the p50 and p95 of a request in milliseconds."""

    rate: float
    p50: float
    p95: float


def _result(taken: list[float], entries: int, seconds: float) -> Result:
    ordered = sorted(taken)
    return Result(
        entries / seconds, ordered[len(ordered) // 2] * 1e3, ordered[int(len(ordered) * 0.95)] * 1e3
    )


def entry(seq: int) -> dict[str, object]:
    """An entry as a device sends it."""
    return {
        "id": str(uuid4()),
        "device_seq": seq,
        "member_no": f"{random.randint(1, MEMBERS):04d}",
        "site_code": "S-B-01",
        "grade_code": GRADE,
        "gross_g": GROSS,
        "tare_g": TARE,
        "moisture_pct": "2",
        "waste_pct": "5",
        "rate_paise_per_kg": RATE,
        "weighed_at": datetime.now(UTC).isoformat(),
        "paid_mode": "upi",
    }


async def http(port: int, desks: list[Desk], each: int, size: int, pause: float = 0.0) -> Result:
    """Post ``each`` requests of ``size`` entries from every desk at once, on kept connections."""
    taken: list[float] = []

    async def one(desk: Desk) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for seq in range(each):
            body = [entry(seq) for _ in range(size)] if size > 1 else entry(seq)
            data = json.dumps(body).encode()
            began = time.perf_counter()
            writer.write(
                f"POST /api/v1/desk/entries HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {desk.token}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n".encode()
                + data
            )
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
            answer = await reader.readexactly(length)
            taken.append(time.perf_counter() - began)
            if (b" 201 " if size == 1 else b" 200 ") not in head[:20] or b"refusals" in answer:
                raise RuntimeError(answer[:300])
            if pause:
                await asyncio.sleep(pause)
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(one(desk) for desk in desks))
    return _result(taken, len(taken) * size, time.perf_counter() - began)


async def bare(url: str, desks: list[Desk], each: int, size: int) -> Result:
    """The same statements by asyncpg alone: BEGIN, settings, lock, facts, write, COMMIT."""
    settings = {"plan_cache_mode": "force_generic_plan", "jit": "off"}
    pool = await asyncpg.create_pool(
        url, min_size=len(desks), max_size=len(desks), reset=_as_is, server_settings=settings
    )
    taken: list[float] = []

    async def one(desk: Desk) -> None:
        last = "SELECT max(n) FROM status_list WHERE cooperative_id = $1"
        list_no = await pool.fetchval(last, desk.cooperative_id)
        for _ in range(each):
            began = time.perf_counter()
            async with pool.acquire() as connection, connection.transaction():
                await _same(connection, desk, size, list_no)
            taken.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(one(desk) for desk in desks))
    seconds = time.perf_counter() - began
    await pool.close()
    return _result(taken, len(taken) * size, seconds)


async def _as_is(_: object) -> None:
    """Nothing is set beyond a transaction."""


async def _same(connection: asyncpg.Connection, desk: Desk, size: int, list_no: int) -> None:
    now = datetime.now(UTC)
    fy, day = financial_year(now), ist_day(now)
    await connection.fetch(_SETTINGS, "bench", str(desk.cooperative_id))
    head = await connection.fetchrow(_LOCK, desk.cooperative_id)
    ids = [uuid4() for _ in range(size)]
    members = [f"{random.randint(1, MEMBERS):04d}" for _ in range(size)]
    places = [(list_no << 17) + randbelow(1 << 17) for _ in range(size * 4)]
    rows = await connection.fetch(
        _FACTS,
        desk.cooperative_id,
        fy,
        places,
        ids,
        members,
        ["S-B-01"] * size,
        [GRADE] * size,
        [now] * size,
        [day] * size,
    )
    free = [place for place in dict.fromkeys(places) if place not in set(rows[0]["taken"])]
    await connection.execute(_WRITE, *_values(desk, rows, ids, free, head, now))


def _values(
    desk: Desk, rows: list, ids: list, free: list, head: asyncpg.Record, now: datetime
) -> list:
    """The statement's arguments; receipts are random bytes here: signing is the application's."""
    n, fy, day = len(ids), financial_year(now), ist_day(now)
    first = (rows[0]["last_receipt"] or 0) + 1
    journals = list(
        range((rows[0]["last_journal"] or 0) + 1, (rows[0]["last_journal"] or 0) + n + 1)
    )
    members = [row["member_id"] for row in rows]
    signed = [token_bytes(140) for _ in range(n)]
    chained, last = [], head["last_hash"]
    for step in range(n):
        facts = json.dumps({"sha256": sha256(signed[step]).hexdigest()})
        about = f"{fy}/{first + step}"
        digest = entry_hash(
            last,
            head["chain"],
            head["last_seq"] + step + 1,
            now,
            "bench",
            "weighing:posted",
            "weighing",
            about,
            facts,
        )
        chained.append((head["last_seq"] + step + 1, now, about, facts, last, digest))
        last = digest
    totals = {member: members.count(member) for member in members}
    return [
        desk.cooperative_id,
        fy,
        now,
        ids,
        [token_bytes(32) for _ in ids],
        list(range(first, first + n)),
        members,
        [row["site_id"] for row in rows],
        [GRADE] * n,
        [row["line_id"] for row in rows],
        [None] * n,
        [None] * n,
        [1] * n,
        [None] * n,
        [""] * n,
        [GROSS] * n,
        [TARE] * n,
        [PAYABLE] * n,
        [200] * n,
        [500] * n,
        [RATE] * n,
        [RATE] * n,
        [AMOUNT] * n,
        ["upi"] * n,
        [now] * n,
        [day] * n,
        [""] * n,
        journals,
        [f"{desk.code}-26-S{number:05d}" for number in range(first, first + n)],
        [j for j in journals for _ in (1, 2)],
        [1, 2] * n,
        [1310, 2110] * n,
        [AMOUNT, -AMOUNT] * n,
        [m for member in members for m in (0, member)],
        [GRADE, 0] * n,
        [PAYABLE, 0] * n,
        [1310, *(2110 for _ in totals)],
        [0, *totals],
        [GRADE, *(0 for _ in totals)],
        [AMOUNT * n, *(-AMOUNT * count for count in totals.values())],
        [PAYABLE * n, *(0 for _ in totals)],
        [token_bytes(10) for _ in ids],
        free[:n],
        signed,
        head["chain"],
        "bench",
        "weighing:posted",
        *(list(column) for column in zip(*chained, strict=True)),
        chained[-1][0],
        last,
    ]
