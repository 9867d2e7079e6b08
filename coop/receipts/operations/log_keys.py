"""Keys of the public log: its own, made at the first start, and those of witnesses."""

from pathlib import Path
from time import monotonic

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from coop.audit.operations import record, sealed
from coop.audit.rules import AuditTag, Seal
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.words import say
from coop.receipts import queries
from coop.receipts.operations.key_files import public_bytes, read_private, write_private
from coop.receipts.rules.cose import good_point
from coop.receipts.rules.trust_list import LOG, RETIRED, LogKey

Signers = tuple[tuple[LogKey, Ed25519PrivateKey], ...]
LOG_KEY_SEAL = Seal(
    AuditTag.LOG_KEY_ADDED,
    "SELECT jsonb_build_array(name, type, encode(x, 'hex'), recorded_at, recorded_by)::text FROM log_key"
    " WHERE id = $2::text::bigint AND $1::bigint IS NULL",
)
LOG_KEY_STATE_SEAL = Seal(
    AuditTag.LOG_KEY_ENDED,
    "SELECT jsonb_build_array(log_key_id, state, recorded_at, recorded_by)::text FROM log_key_state"
    " WHERE id = $2::text::bigint AND $1::bigint IS NULL",
)


def _path(keys: Path, key: LogKey) -> Path:
    return keys / f"log-{key.id.hex()}.key"


async def make_log_key(tx: Transaction, keys: Path, origin: str) -> LogKey:
    """Make a key that signs checkpoints; earlier ones sign along until they are retired."""
    private = Ed25519PrivateKey.generate()
    key = LogKey(origin, LOG, public_bytes(private))
    write_private(_path(keys, key), private)
    await _add(tx, key)
    forget_signers()
    return key


async def add_witness(tx: Transaction, key: LogKey) -> None:
    """Take a witness's public key among those of the list; it is in force with the next list.

    Raises Refused for a key that is there already, a name that is another's, or no good key.
    """
    if len(key.name) > 200 or not good_point(key.x):
        raise Refused([Refusal("bad_witness_key", say("This is no public key. Ask for it again."))])
    held = await queries.log_keys(tx)
    if any(one.key.x == key.x for one in held):
        message = say("This key is in the list already. A witness needs a key of its own.")
        raise Refused([Refusal("witness_key_known", message)])
    if any(one.key.name == key.name and one.key.type != key.type for one in held):
        message = say("This is the log's own name. Choose another for the witness.")
        raise Refused([Refusal("witness_name_taken", message)])
    await _add(tx, key)


async def _add(tx: Transaction, key: LogKey) -> None:
    number = await tx.fetchval(
        "INSERT INTO log_key (name, type, x, recorded_at, recorded_by) VALUES ($1, $2, $3, $4, $5)"
        " RETURNING id",
        key.name,
        key.type,
        key.x,
        clock.now(),
        tx.reach.actor,
    )
    await record(
        tx,
        AuditTag.LOG_KEY_ADDED,
        cooperative_id=None,
        table="log_key",
        row=str(number),
        facts={
            "name": key.name,
            "key_id": key.id.hex(),
            "rows_sha256": await sealed(tx, LOG_KEY_SEAL, None, str(number)),
        },
    )


async def end_log_key(tx: Transaction, key_id: bytes, state: int) -> LogKey | None:
    """Retire a key of the log or a witness, or withdraw it from the list; None where there is none.

    Retired: it signs no more, what it signed is believed. Withdrawn: nothing of it is believed from
    the next list on. Raises Refused where the log would be left without a key.
    """
    held = [one for one in await queries.log_keys(tx) if one.key.id == key_id]
    if not held:
        return None
    mine = held[0]
    if mine.state >= state:
        return mine.key
    if mine.key.type == LOG and mine.state == 0:
        signing = [one for one in await queries.log_keys(tx) if one.signs]
        if len(signing) < 2:
            message = say("The log has no other key. Make one first: coop key rotate log.")
            raise Refused([Refusal("last_log_key", message)])
    number = await tx.fetchval(
        "INSERT INTO log_key_state (log_key_id, state, recorded_at, recorded_by)"
        " VALUES ($1, $2, $3, $4) RETURNING id",
        mine.id,
        state,
        clock.now(),
        tx.reach.actor,
    )
    await record(
        tx,
        AuditTag.LOG_KEY_ENDED,
        cooperative_id=None,
        table="log_key_state",
        row=str(number),
        facts={
            "key_id": key_id.hex(),
            "state": "retired" if state == RETIRED else "withdrawn",
            "rows_sha256": await sealed(tx, LOG_KEY_STATE_SEAL, None, str(number)),
        },
    )
    forget_signers()
    return mine.key


# The signing keys are looked up again every few seconds: a rotation needs no restart.
_ASK_AGAIN = 10.0
_held: dict[Path, tuple[float, Signers]] = {}


def forget_signers() -> None:
    """Look the signing keys up anew at the next checkpoint."""
    _held.clear()


async def log_signers(tx: Transaction, keys: Path) -> Signers:
    """Every key that signs checkpoints now, the newest first. Raises Unusable for a missing file."""
    asked_at, found = _held.get(keys, (-_ASK_AGAIN, ()))
    if found and monotonic() - asked_at < _ASK_AGAIN:
        return found
    signing = [one.key for one in await queries.log_keys(tx) if one.signs]
    found = tuple((key, read_private(_path(keys, key))) for key in reversed(signing))
    _held[keys] = (monotonic(), found)
    return found
