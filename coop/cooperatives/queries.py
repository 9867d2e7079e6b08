"""Cooperatives, centres, devices, and the parameters that hold on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from coop.cooperatives.rules import Centre
from coop.kernel.db import Transaction


@dataclass(frozen=True, slots=True)
class CooperativeRow:
    """A cooperative as recorded."""

    id: int
    code: str
    name_en: str
    name_hi: str
    block: str
    district_lgd: int
    state_lgd: int


@dataclass(frozen=True, slots=True)
class CentreRow:
    """A collection centre."""

    id: int
    cooperative_id: int
    code: str
    name: str
    district_lgd: int
    name_hi: str = ""

    @property
    def name_en(self) -> str:
        """Its name as first recorded, in Latin letters."""
        return self.name


@dataclass(frozen=True, slots=True)
class OpenDevice:
    """A device whose token was shown, its place and the clerk on duty today."""

    device_id: int
    cooperative_id: int
    cooperative_code: str
    centre_id: int
    clerk_id: int | None
    device_code: str
    centre_code: str


@dataclass(frozen=True, slots=True)
class BylawRow:
    """A parameter: its value from a day on; None as cooperative means every one."""

    cooperative_id: int | None
    name: str
    value: Decimal
    holds_from: date


async def cooperatives(tx: Transaction) -> list[CooperativeRow]:
    """Every cooperative, by code."""
    rows = await tx.fetch(
        "SELECT id, code, name_en, name_hi, block, district_lgd, state_lgd FROM cooperative ORDER BY code"
    )
    return [CooperativeRow(*row.values()) for row in rows]


async def cooperative_named(tx: Transaction, code: str) -> CooperativeRow | None:
    """The cooperative of a code."""
    return next((one for one in await cooperatives(tx) if one.code == code), None)


async def centres(tx: Transaction) -> list[CentreRow]:
    """Centres within reach."""
    rows = await tx.fetch(
        """SELECT k.id, k.cooperative_id, k.code, k.name, k.district_lgd, coalesce(h.name_hi, '') AS name_hi
           FROM collection_centre k LEFT JOIN LATERAL (SELECT x.name_hi FROM collection_centre_name x
             WHERE x.centre_id = k.id ORDER BY x.id DESC LIMIT 1) h ON true ORDER BY k.code"""
    )
    return [CentreRow(*row.values()) for row in rows]


async def devices(tx: Transaction) -> dict[str, tuple[int, int]]:
    """Device code to its id and cooperative, within reach."""
    return {
        r["code"]: (r["id"], r["cooperative_id"])
        for r in await tx.fetch("SELECT id, code, cooperative_id FROM device")
    }


async def open_as_device(tx: Transaction, token_sha256: bytes, day: date) -> OpenDevice | None:
    """Let the transaction reach the cooperative of a device's token; None for a token that is not valid."""
    row = await tx.fetchrow("SELECT * FROM coop_open_as_device($1, $2)", token_sha256, day)
    return OpenDevice(*row.values()) if row else None


async def bylaws(tx: Transaction) -> list[BylawRow]:
    """All parameters within reach, the later first."""
    rows = await tx.fetch(
        "SELECT cooperative_id, name, value, holds_from FROM bylaw ORDER BY holds_from DESC, id DESC"
    )
    return [BylawRow(*row.values()) for row in rows]


def value_on(rows: Sequence[BylawRow], name: str, cooperative_id: int | None, on: date) -> Decimal:
    """The value that holds on a day: the cooperative's own before everybody's. LookupError if none."""
    fitting = [r for r in rows if r.name == name and r.holds_from <= on]
    own = [
        r for r in fitting if r.cooperative_id is not None and r.cooperative_id == cooperative_id
    ]
    for row in [*own, *(r for r in fitting if r.cooperative_id is None)]:
        return row.value
    raise LookupError(f"no value of {name} holds on {on}")


async def recorded_centres(tx: Transaction) -> dict[str, Centre]:
    """Centres within reach as their list would say them, by code; devices that are listed only."""
    rows = await tx.fetch(
        """SELECT k.code, c.code AS cooperative, k.name, k.village, k.block, k.district_lgd,
                  coalesce(array_agg(d.code ORDER BY d.id) FILTER (WHERE d.token_sha256 IS NULL AND d.id IS NOT NULL), '{}') AS devices,
                  coalesce((SELECT x.name_hi FROM collection_centre_name x WHERE x.centre_id = k.id ORDER BY x.id DESC LIMIT 1), '') AS name_hi
           FROM collection_centre k JOIN cooperative c ON c.id = k.cooperative_id
           LEFT JOIN device d ON d.centre_id = k.id GROUP BY k.id, c.code"""
    )
    return {row["code"]: Centre(**{**dict(row), "devices": tuple(row["devices"])}) for row in rows}


@dataclass(frozen=True, slots=True)
class DeviceToday:
    """An enrolled device; ``taken``: a clerk opened it for the day, ``mine``: the asker did."""

    code: str
    name_hi: str
    name_en: str
    taken: bool
    mine: bool
    revoked: bool


async def devices_on(tx: Transaction, day: date, user_id: int) -> list[DeviceToday]:
    """Enrolled devices within reach with the clerk on duty; those of a list without a token are not."""
    rows = await tx.fetch(
        """SELECT d.code, coalesce((SELECT x.name_hi FROM collection_centre_name x WHERE x.centre_id = k.id
                    ORDER BY x.id DESC LIMIT 1), '') AS name_hi, k.name AS name_en, y.clerk_id IS NOT NULL AS taken, coalesce(y.clerk_id = $2, false) AS mine,
                  r.device_id IS NOT NULL AS revoked
           FROM device d JOIN collection_centre k ON k.id = d.centre_id
           LEFT JOIN device_revocation r ON r.device_id = d.id
           LEFT JOIN LATERAL (SELECT clerk_id FROM device_duty x WHERE x.device_id = d.id AND x.day = $1
                              ORDER BY x.id DESC LIMIT 1) y ON true
           WHERE d.token_sha256 IS NOT NULL ORDER BY d.code""",
        day,
        user_id,
    )
    return [DeviceToday(*row.values()) for row in rows]
