"""Whether receipts are what their bytes say; for `coop ledger verify`, run as the owner."""

from collections.abc import AsyncIterator, Mapping

from asyncpg import Record

from coop.kernel.db import Transaction
from coop.receipts.rules.cbor import NotCanonicalError, decode
from coop.receipts.rules.cose import key_id, kid_of, signature_holds, take_apart
from coop.receipts.rules.receipt import PURPOSE, read_claims
from coop.receipts.rules.trust_list import listed

_AT_ONCE = 5000


def _unrecorded(table: str, tag: str, row: str) -> str:
    """Rows of a table that no entry of the chain tells of: the seals prove the others."""
    return (
        f"SELECT {row} FROM {table} t WHERE NOT EXISTS (SELECT FROM audit_entry a WHERE a.tag = '{tag}'"  # noqa: S608  # our own words
        f" AND a.about_row = {row}) LIMIT 1"
    )


FAULTS = {
    "mark on a receipt that nobody made": _unrecorded(
        "receipt_status", "receipt:marked", "t.id::text"
    ),
    "signing key that nobody made": _unrecorded("receipt_key", "key:made", "encode(t.kid, 'hex')"),
    "state of a key that nobody told": _unrecorded("receipt_key_state", "key:ended", "t.id::text"),
    "key of the log that nobody added": _unrecorded("log_key", "log_key:added", "t.id::text"),
    "state of a log's key that nobody told": _unrecorded(
        "log_key_state", "log_key:ended", "t.id::text"
    ),
    "status list that nobody opened": _unrecorded("status_list", "status_list:opened", "t.n::text"),
    "receipt in another cooperative's status list": """
        SELECT format('%s/%s/kind %s/%s', r.cooperative_id, r.fy, r.kind, r.no) FROM receipt r
        LEFT JOIN status_list l ON l.n = r.sidx >> 17 WHERE l.cooperative_id IS DISTINCT FROM r.cooperative_id LIMIT 1""",
    "list of keys differs from its audit entry": """
        SELECT t.seq::text FROM trust_list t LEFT JOIN audit_entry a ON a.tag = 'trust_list:signed' AND a.about_row = t.seq::text
        WHERE (a.facts = format('{"seq":%s,"sha256":"%s"}', t.seq, encode(sha256(t.signed), 'hex'))) IS NOT TRUE LIMIT 1""",
    "list of keys gone": """
        SELECT a.about_row FROM audit_entry a WHERE a.tag = 'trust_list:signed'
        AND NOT EXISTS (SELECT FROM trust_list t WHERE t.seq::text = a.about_row) LIMIT 1""",
}


async def receipt_faults(tx: Transaction) -> list[str]:
    """The first receipt whose row is not what was signed, the first key under another's id."""
    keys = {row["kid"]: row["x"] for row in await tx.fetch("SELECT kid, x FROM receipt_key")}
    found = [
        f"signing key {kid.hex()}: its id is another's"
        for kid, x in keys.items()
        if key_id(x) != kid
    ][:1]
    for row in await tx.fetch(
        "SELECT seq, issued_at, expires_at, signed FROM trust_list ORDER BY seq"
    ):
        read = listed(row["signed"])
        said = (read.seq, read.issued, read.expires)
        if said != (row["seq"], row["issued_at"].timestamp(), row["expires_at"].timestamp()):
            found.append(f"list of keys {row['seq']}: its row differs from what was signed")
            break
    async for row in _receipts(tx):
        why = _fault(row, keys)
        if why is not None:
            found.append(f"receipt {row['code']}/{row['fy']}/kind {row['kind']}/{row['no']}: {why}")
            break
    return found


def _fault(row: Record, keys: Mapping[bytes, bytes]) -> str | None:
    try:
        message = take_apart(row["signed"])
        read = read_claims(decode(message.payload))
    except NotCanonicalError:
        return "its bytes were spoilt"
    kid = kid_of(message)
    if read is None or kid is None or kid not in keys:
        return "its bytes are no receipt of ours"
    receipt, stated = read
    if not signature_holds(keys[kid], message, PURPOSE) or stated != receipt.total:
        return "its signature does not hold"
    said = (
        receipt.coop,
        receipt.fy,
        receipt.kind,
        receipt.no,
        receipt.cti,
        receipt.sidx,
        receipt.iat,
    )
    kept = (row["code"], row["fy"], row["kind"], row["no"], row["cti"], row["sidx"], row["second"])
    return None if said == kept else "its row differs from what was signed"


async def _receipts(tx: Transaction) -> AsyncIterator[Record]:
    """Every receipt, a part at a time."""
    after = 0
    while True:
        rows = await tx.fetch(
            "SELECT r.id, c.code, r.fy, r.kind, r.no, r.cti, r.sidx, r.signed,"
            " floor(extract(epoch FROM r.issued_at))::bigint AS second"
            " FROM receipt r LEFT JOIN cooperative c ON c.id = r.cooperative_id"
            " WHERE r.id > $1 ORDER BY r.id LIMIT $2",
            after,
            _AT_ONCE,
        )
        for row in rows:
            yield row
        if len(rows) < _AT_ONCE:
            return
        after = rows[-1]["id"]
