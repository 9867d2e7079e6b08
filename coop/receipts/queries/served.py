"""Questions about receipts: the list of keys, statuses, the receipts of a reach."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from coop.kernel.db import Transaction
from coop.receipts.rules.trust_list import LOG, KeyEntry, LogKey


@dataclass(frozen=True, slots=True)
class ServedList:
    """A signed list of keys and when it ends."""

    signed: bytes
    expires_at: datetime


async def trust_list(tx: Transaction) -> ServedList | None:
    """The list in force, or None before the first."""
    row = await tx.fetchrow("SELECT signed, expires_at FROM trust_list ORDER BY seq DESC LIMIT 1")
    return ServedList(row["signed"], row["expires_at"]) if row else None


async def statuses(tx: Transaction, list_no: int) -> dict[int, int]:
    """Status by place of a list, places that are not valid only."""
    rows = await tx.fetch("SELECT sidx, status FROM coop_statuses($1)", list_no)
    return {row["sidx"]: row["status"] for row in rows if row["status"]}


async def all_statuses(tx: Transaction) -> dict[int, dict[int, int]]:
    """Every list that was opened, by its number, each as ``statuses`` gives one."""
    rows = await tx.fetch(
        "SELECT l.n, s.sidx, s.status FROM status_list l LEFT JOIN LATERAL coop_statuses(l.n) s ON true"
    )
    found: dict[int, dict[int, int]] = {}
    for row in rows:
        places = found.setdefault(row["n"], {})
        if row["status"]:
            places[row["sidx"]] = row["status"]
    return found


async def statuses_made_from(tx: Transaction) -> tuple[int, ...]:
    """What the lists are made from: another answer means that a status changed or a list was opened."""
    row = await tx.fetchrow(
        """SELECT (SELECT count(*) FROM status_list) AS lists,
                  (SELECT coalesce(max(id), 0) FROM receipt_status) AS last"""
    )
    return (row["lists"], row["last"]) if row else ()


async def list_exists(tx: Transaction, list_no: int) -> bool:
    """Whether the status list was opened."""
    return bool(await tx.fetchval("SELECT 1 FROM status_list WHERE n = $1", list_no))


async def signed_receipts(tx: Transaction, kind: int | None) -> list[bytes]:
    """The receipts within reach in the order they were posted."""
    rows = await tx.fetch(
        "SELECT signed FROM receipt WHERE $1::smallint IS NULL OR kind = $1 ORDER BY id", kind
    )
    return [row["signed"] for row in rows]


async def cooperative_names(tx: Transaction, code: str) -> tuple[str, str] | None:
    """A cooperative's name in Hindi and English, by the code that its receipts carry."""
    row = await tx.fetchrow("SELECT name_hi, name_en FROM cooperative WHERE code = $1", code)
    return (row["name_hi"], row["name_en"]) if row else None


async def all_cooperative_names(tx: Transaction) -> list[tuple[str, str, str]]:
    """Code and both names of every cooperative, for verifiers that will be without a network."""
    rows = await tx.fetch("SELECT code, name_hi, name_en FROM cooperative ORDER BY code")
    return [(row["code"], row["name_hi"], row["name_en"]) for row in rows]


async def grade_names(tx: Transaction) -> dict[int, tuple[str, str]]:
    """The grades' names in Hindi and English."""
    rows = await tx.fetch("SELECT code, name_hi, name_en FROM grade")
    return {row["code"]: (row["name_hi"], row["name_en"]) for row in rows}


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A signing key with its state as recorded; ``cooperative_id`` None: for status lists."""

    entry: KeyEntry
    cooperative_id: int | None


async def receipt_keys(tx: Transaction) -> list[HeldKey]:
    """Every signing key that was ever made, with its last state, as the next list will say it."""
    rows = await tx.fetch(
        """SELECT k.kid, k.x, coalesce(c.code, '*') AS code, k.not_before, k.not_after, k.cooperative_id,
                  coalesce(s.state, 0) AS state, s.compromised_from
           FROM receipt_key k LEFT JOIN cooperative c ON c.id = k.cooperative_id
           LEFT JOIN LATERAL (SELECT state, compromised_from FROM receipt_key_state s
                              WHERE s.kid = k.kid ORDER BY s.id DESC LIMIT 1) s ON true ORDER BY k.kid"""
    )
    return [
        HeldKey(
            KeyEntry(
                row["kid"],
                row["x"],
                row["code"],
                int(row["not_before"].timestamp()),
                int(row["not_after"].timestamp()),
                row["state"],
                int(row["compromised_from"].timestamp()) if row["compromised_from"] else None,
            ),
            row["cooperative_id"],
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class HeldLogKey:
    """A key of the log or of a witness; state 0 in use, 1 retired, 2 withdrawn from the list."""

    id: int
    key: LogKey
    state: int

    @property
    def signs(self) -> bool:
        """Whether it is the log's and signs checkpoints now."""
        return self.key.type == LOG and self.state == 0


async def log_keys(tx: Transaction) -> list[HeldLogKey]:
    """Every key of the log and its witnesses, the oldest first."""
    rows = await tx.fetch(
        """SELECT k.id, k.name, k.type, k.x, coalesce(
                    (SELECT s.state FROM log_key_state s WHERE s.log_key_id = k.id ORDER BY s.id DESC LIMIT 1), 0) AS state
           FROM log_key k ORDER BY k.id"""
    )
    return [
        HeldLogKey(row["id"], LogKey(row["name"], row["type"], row["x"]), row["state"])
        for row in rows
    ]


async def first_claims(tx: Transaction, ctis: Iterable[bytes]) -> dict[bytes, datetime]:
    """When receipts were first claimed by their buyer, by their id; never by whom."""
    rows = await tx.fetch("SELECT cti, claimed_at FROM coop_first_claims($1)", list(ctis))
    return {row["cti"]: row["claimed_at"] for row in rows}
