"""Lengthen a chain. Called inside the transaction of the act that is recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coop.audit.rules import AuditTag, Fact, Seal, entry_hash, facts_text, rows_digest
from coop.kernel import clock
from coop.kernel.db import Transaction

AGENCY_CHAIN = "AGENCY"
# Acts of child protection: a chain of their own, so that none waits for a sign-in of the agency, nor
# the other way round. No cooperative has a code like it.
CASES_CHAIN = "SAFE-CASES"
_LOCK = "SELECT chain, last_seq, last_hash FROM audit_head WHERE {} FOR UPDATE"
_INSERT = """
INSERT INTO audit_entry (fy, cooperative_id, chain, seq, at, actor, tag, about_table, about_row,
                         facts, previous, hash)
SELECT $1, $2, $3, * FROM unnest($4::bigint[], $5::timestamptz[], $6::text[], $7::text[], $8::text[],
                                 $9::text[], $10::text[], $11::bytea[], $12::bytea[])
"""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain, locked until the transaction ends."""

    chain: str
    cooperative_id: int | None
    last_seq: int
    last_hash: bytes


@dataclass(frozen=True, slots=True)
class Act:
    """What an entry says: the act, the row it is about, its facts."""

    tag: AuditTag
    table: str
    row: str
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Link:
    """An entry with its place in the chain."""

    seq: int
    at: object
    actor: str
    label: str
    table: str
    row: str
    facts: str
    previous: bytes
    hash: bytes


def links(head: Head, actor: str, acts: Sequence[Act]) -> list[Link]:
    """Chain acts to a locked head; pure but for the clock."""
    at, seq, last = clock.now(), head.last_seq, head.last_hash
    made: list[Link] = []
    for act in acts:
        seq += 1
        facts = facts_text(act.tag, act.facts)
        digest = entry_hash(
            last, head.chain, seq, at, actor, act.tag.label, act.table, act.row, facts
        )
        made.append(Link(seq, at, actor, act.tag.label, act.table, act.row, facts, last, digest))
        last = digest
    return made


async def lock_head(tx: Transaction, cooperative_id: int | str | None) -> Head:
    """Lock the chain of a cooperative, the agency's (None) or one by its name; acts of one chain
    follow each other.
    """
    if cooperative_id is None or isinstance(cooperative_id, str):
        row = await tx.fetchrow(_LOCK.format("chain = $1"), cooperative_id or AGENCY_CHAIN)
        cooperative_id = None
    else:
        row = await tx.fetchrow(_LOCK.format("cooperative_id = $1"), cooperative_id)
    if row is None:
        raise LookupError(f"no audit chain for cooperative {cooperative_id} within reach")
    return Head(row["chain"], cooperative_id, row["last_seq"], row["last_hash"])


async def record(
    tx: Transaction,
    tag: AuditTag,
    *,
    cooperative_id: int | str | None,
    table: str,
    row: str,
    facts: Mapping[str, Fact],
) -> None:
    """Record one act in the cooperative's chain (None: the agency's; a text: a chain's name)."""
    await record_all(tx, cooperative_id, [Act(tag, table, row, facts)])


async def sealed(tx: Transaction, seal: Seal, cooperative_id: int | None, about_row: str) -> str:
    """The digest of an act's rows as they stand now: the fact ``rows_sha256`` of its entry."""
    rows = await tx.fetch(seal.rows, cooperative_id, about_row)
    return rows_digest(row[0] for row in rows)


async def record_all(
    tx: Transaction, cooperative_id: int | str | None, acts: Sequence[Act]
) -> None:
    """Record acts in order, one lock and one insert for all."""
    if not acts:
        return
    head = await lock_head(tx, cooperative_id)
    await lengthen(tx, head, links(head, tx.reach.actor, acts))


async def lengthen(tx: Transaction, head: Head, made: Sequence[Link]) -> None:
    """Write entries and move the head."""
    await tx.execute(
        _INSERT,
        clock.financial_year(clock.now()),
        head.cooperative_id,
        head.chain,
        [m.seq for m in made],
        [m.at for m in made],
        [m.actor for m in made],
        [m.label for m in made],
        [m.table for m in made],
        [m.row for m in made],
        [m.facts for m in made],
        [m.previous for m in made],
        [m.hash for m in made],
    )
    await tx.execute(
        "UPDATE audit_head SET last_seq = $2, last_hash = $3 WHERE chain = $1",
        head.chain,
        made[-1].seq,
        made[-1].hash,
    )


async def record_read(
    tx: Transaction, question: str, *, cooperative_id: int | None, about: str, rows: int
) -> None:
    """Leave a row for a page or command that showed personal data; no lock on the chain."""
    await tx.execute(
        "INSERT INTO audit_read (cooperative_id, at, actor, question, about, row_count)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        cooperative_id,
        clock.now(),
        tx.reach.actor,
        question,
        about,
        rows,
    )


async def reads_of(
    tx: Transaction, question: str, *, cooperative_id: int | None, about: str
) -> int:
    """How often a page or paper was given so far, within reach."""
    count: int = await tx.fetchval(
        "SELECT count(*) FROM audit_read"
        " WHERE cooperative_id IS NOT DISTINCT FROM $1 AND question = $2 AND about = $3",
        cooperative_id,
        question,
        about,
    )
    return count


async def seal_reads(tx: Transaction) -> int:
    """Put the hash of the reads since the last sealing into the agency's chain; return how many."""
    import hashlib

    head = await lock_head(tx, None)
    sealed = await tx.fetchval(
        "SELECT max((facts::json ->> 'last')::bigint) FROM audit_entry WHERE chain = $1 AND tag = $2",
        AGENCY_CHAIN,
        AuditTag.READS_SEALED.label,
    )
    rows = await tx.fetch(
        # A row takes its number before it is committed; a minute later none is still to come.
        "SELECT * FROM audit_read WHERE id > $1 AND at < $2 ORDER BY id",
        sealed or 0,
        clock.now() - clock.seconds(60),
    )
    if not rows:
        return 0
    body = "\n".join("|".join(str(value) for value in row.values()) for row in rows)
    facts: dict[str, Fact] = {
        "first": rows[0]["id"],
        "last": rows[-1]["id"],
        "sha256": hashlib.sha256(body.encode()).hexdigest(),
    }
    act = Act(AuditTag.READS_SEALED, "audit_read", str(rows[-1]["id"]), facts)
    await lengthen(tx, head, links(head, tx.reach.actor, [act]))
    return len(rows)
