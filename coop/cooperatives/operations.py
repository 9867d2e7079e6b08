"""Record cooperatives, centres and devices; enrol and revoke a device; open one for the day."""

from dataclasses import astuple, dataclass
from datetime import date
from decimal import Decimal

from coop.audit.operations import record
from coop.audit.rules import ZERO, AuditTag
from coop.cooperatives.rules import Centre, Cooperative
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere
from coop.kernel.token import new_token, token_key


@dataclass(frozen=True, slots=True)
class EnrolledDevice:
    """A device's code and its token, which is shown once."""

    device_id: int
    code: str
    token: str


async def record_cooperative(tx: Transaction, entry: Cooperative) -> int:
    """Write a cooperative and begin its audit chain; return its row id."""
    number = int(
        await tx.fetchval(
            "INSERT INTO cooperative (code, name_en, name_hi, block, district_lgd, state_lgd, recorded_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
            entry.code,
            entry.name_en,
            entry.name_hi,
            entry.block,
            entry.district_lgd,
            entry.state_lgd,
            clock.now(),
        )
    )
    await tx.execute("INSERT INTO audit_head VALUES ($1, $2, 0, $3)", entry.code, number, ZERO)
    await record(
        tx,
        AuditTag.COOPERATIVE_RECORDED,
        cooperative_id=number,
        table="cooperative",
        row=str(number),
        facts={"code": entry.code},
    )
    return number


async def record_centre(tx: Transaction, cooperative_id: int, entry: Centre) -> int:
    """Write a centre and the devices of its list, which have no token yet; return its row id."""
    at = clock.now()
    number = int(
        await tx.fetchval(
            "INSERT INTO collection_centre (cooperative_id, code, name, village, block, district_lgd, recorded_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
            cooperative_id,
            entry.code,
            entry.name,
            entry.village,
            entry.block,
            entry.district_lgd,
            at,
        )
    )
    for code in entry.devices:
        await tx.execute(
            "INSERT INTO device (cooperative_id, centre_id, code, recorded_at) VALUES ($1, $2, $3, $4)",
            cooperative_id,
            number,
            code,
            at,
        )
    await record(
        tx,
        AuditTag.CENTRE_RECORDED,
        cooperative_id=cooperative_id,
        table="collection_centre",
        row=str(number),
        facts={"code": entry.code},
    )
    if entry.name_hi:
        await name_centre(tx, cooperative_id, entry.code, entry.name_hi)
    return number


async def name_centre(tx: Transaction, cooperative_id: int, code: str, name_hi: str) -> None:
    """Give a centre its Hindi name; the last one holds. Raises NotThere."""
    number = await tx.fetchval(
        "INSERT INTO collection_centre_name (cooperative_id, centre_id, name_hi, recorded_at)"
        " SELECT cooperative_id, id, $3, $4 FROM collection_centre WHERE cooperative_id = $1 AND code = $2"
        " RETURNING id",
        cooperative_id,
        code,
        name_hi,
        clock.now(),
    )
    if number is None:
        raise NotThere(code)
    await record(
        tx,
        AuditTag.CENTRE_NAMED,
        cooperative_id=cooperative_id,
        table="collection_centre_name",
        row=str(number),
        facts={"code": code, "name_hi": name_hi},
    )


@dataclass(frozen=True, slots=True)
class Bylaw:
    """A parameter's new value from a day on, with its source; no cooperative means every one."""

    name: str
    value: Decimal
    unit: str
    holds_from: date
    source: str
    verified: bool


async def record_bylaw(tx: Transaction, cooperative_id: int | None, bylaw: Bylaw) -> None:
    """Write a parameter's next value; earlier ones stay for the days they held."""
    number = await tx.fetchval(
        "INSERT INTO bylaw (cooperative_id, name, value, unit, holds_from, source, verified, recorded_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
        cooperative_id,
        *astuple(bylaw),
        clock.now(),
    )
    await record(
        tx,
        AuditTag.BYLAW_RECORDED,
        cooperative_id=cooperative_id,
        table="bylaw",
        row=str(number),
        facts={
            "name": bylaw.name,
            "value": str(bylaw.value),
            "holds_from": bylaw.holds_from.isoformat(),
        },
    )


async def add_device(
    tx: Transaction, cooperative_id: int, centre_id: int, centre_code: str
) -> EnrolledDevice:
    """Enrol a device to a centre and draw its token; only the token's SHA-256 is kept."""
    token = new_token()
    count = await tx.fetchval("SELECT count(*) FROM device WHERE centre_id = $1", centre_id)
    code = f"{centre_code[:18]}-D{count + 1}"
    number = await tx.fetchval(
        "INSERT INTO device (cooperative_id, centre_id, code, token_sha256, recorded_at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
        cooperative_id,
        centre_id,
        code,
        token_key(token),
        clock.now(),
    )
    await record(
        tx,
        AuditTag.DEVICE_ADDED,
        cooperative_id=cooperative_id,
        table="device",
        row=str(number),
        facts={"code": code, "centre": centre_code},
    )
    return EnrolledDevice(number, code, token)


async def revoke_device(tx: Transaction, device: str) -> None:
    """End a device's right to post, by its code or row id. Raises NotThere."""
    row = await tx.fetchrow(
        "SELECT d.id, d.code, d.cooperative_id FROM device d WHERE d.code = $1 OR d.id::text = $1",
        device,
    )
    if row is None:
        raise NotThere(device)
    done = await tx.execute(
        "INSERT INTO device_revocation (device_id, cooperative_id, revoked_at, revoked_by) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT DO NOTHING",
        row["id"],
        row["cooperative_id"],
        clock.now(),
        tx.reach.actor,
    )
    if done.endswith(" 1"):
        await record(
            tx,
            AuditTag.DEVICE_REVOKED,
            cooperative_id=row["cooperative_id"],
            table="device",
            row=str(row["id"]),
            facts={"code": row["code"]},
        )


async def open_duty(
    tx: Transaction, cooperative_id: int, device_id: int, clerk_id: int, day: date
) -> None:
    """Put a clerk on duty at a device for a day; a later row takes over from an earlier."""
    await tx.execute(
        "INSERT INTO device_duty (cooperative_id, device_id, clerk_id, day, opened_at) VALUES ($1, $2, $3, $4, $5)",
        cooperative_id,
        device_id,
        clerk_id,
        day,
        clock.now(),
    )
    await record(
        tx,
        AuditTag.DUTY_OPENED,
        cooperative_id=cooperative_id,
        table="device_duty",
        row=str(device_id),
        facts={"device": device_id, "clerk": clerk_id, "day": day.isoformat()},
    )
