"""The verdict on a receipt text: stages in a fixed order, the first that fails decides."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from coop.receipts.rules.cbor import NotCanonicalError, decode
from coop.receipts.rules.cose import Sign1, kid_of, signature_holds, take_apart
from coop.receipts.rules.log_proof import StrictLog, proven_by, seen_before
from coop.receipts.rules.note import Checkpoint
from coop.receipts.rules.receipt import (
    BODY,
    MOST_BYTES,
    PURPOSE,
    Receipt,
    bytes_of_text,
    read_claims,
)
from coop.receipts.rules.status_list import PLACES, Status, StatusList
from coop.receipts.rules.trust_list import COMPROMISED, EVERY, KeyEntry, TrustList


class Verdict(StrEnum):
    """What a stranger is told; ``NOT_LOGGED`` by the strict check only."""

    GENUINE_CURRENT = "GENUINE_CURRENT"
    GENUINE_STATUS_UNKNOWN = "GENUINE_STATUS_UNKNOWN"
    HELD = "HELD"
    REPLACED = "REPLACED"
    VOID = "VOID"
    UNKNOWN_KEY = "UNKNOWN_KEY"
    KEY_NOT_VALID_THEN = "KEY_NOT_VALID_THEN"
    BAD_SIGNATURE = "BAD_SIGNATURE"
    MALFORMED = "MALFORMED"
    INCONSISTENT = "INCONSISTENT"
    NOT_LOGGED = "NOT_LOGGED"


class Stage(StrEnum):
    """The checks in their order; all before the one that decided went well."""

    TEXT = "text"
    BYTES = "bytes"
    CANONICAL = "canonical form"
    ALG_AND_KID = "alg and kid"
    KEY = "key"
    SIGNATURE = "signature"
    SCHEMA = "schema"
    ARITHMETIC = "arithmetic"
    STATUS = "status"
    LOG = "log"


_OF_STATUS = {
    Status.VOID: Verdict.VOID,
    Status.HELD: Verdict.HELD,
    Status.REPLACED: Verdict.REPLACED,
}
PROVEN = frozenset(
    {
        Verdict.GENUINE_CURRENT,
        Verdict.GENUINE_STATUS_UNKNOWN,
        Verdict.HELD,
        Verdict.REPLACED,
        Verdict.VOID,
    }
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict, the receipt as far as it could be read, the status list that was looked at.

    Only a verdict in ``PROVEN`` says that the receipt's values are the cooperative's.
    ``decided`` is the stage that gave the verdict. ``proven_by``: where the strict check was asked
    for, the checkpoint that shows the receipt in the log.
    """

    verdict: Verdict
    receipt: Receipt | None = None
    statuses: StatusList | None = None
    decided: Stage = Stage.STATUS
    proven_by: Checkpoint | None = None

    @property
    def passed(self) -> tuple[Stage, ...]:
        """The stages that went well before the one that decided."""
        stages = tuple(Stage)
        return stages[: stages.index(self.decided)]


def verdict_of(
    text: bytes,
    trust: TrustList,
    lists: Mapping[int, StatusList],
    *,
    now: int,
    log: StrictLog | None = None,
) -> Verdict:
    """The verdict alone."""
    return judge(text, trust, lists, now=now, log=log).verdict


def judge(
    text: bytes,
    trust: TrustList,
    lists: Mapping[int, StatusList],
    *,
    now: int,
    log: StrictLog | None = None,
) -> Judgement:
    """Judge a receipt text at Unix second ``now``; ``lists`` by their number; never raises.

    ``log``: be strict, the receipt must stand in the public log too.
    """
    data = bytes_of_text(text)
    if data is None:
        return Judgement(Verdict.MALFORMED, decided=Stage.TEXT)
    if len(data) > MOST_BYTES:
        return Judgement(Verdict.MALFORMED, decided=Stage.BYTES)
    try:
        message = take_apart(data)
        claims = decode(message.payload)
    except NotCanonicalError:
        return Judgement(Verdict.MALFORMED, decided=Stage.CANONICAL)
    kid = kid_of(message)
    if kid is None:
        return Judgement(Verdict.MALFORMED, decided=Stage.ALG_AND_KID)
    read = read_claims(claims)
    key = trust.keys.get(kid)
    proof = _proof(log, data, claims) if log and key else None
    failed = _key_stage(claims, key, trust, proof)
    if key is None or failed is not None:
        return Judgement(failed or Verdict.UNKNOWN_KEY, read and read[0], decided=Stage.KEY)
    found = _signed(key, message, read, lists, now)
    return found if log is None else _in_log(found, proof)


def _proof(log: StrictLog, data: bytes, claims: object) -> Checkpoint | None:
    return proven_by(log, data, claims.get(7) if isinstance(claims, dict) else None)


def _key_stage(
    claims: object, key: KeyEntry | None, trust: TrustList, proof: Checkpoint | None
) -> Verdict | None:
    """Section 4's order: known, shape, whose key, when."""
    if key is None:
        return Verdict.UNKNOWN_KEY
    if not isinstance(claims, dict):
        return Verdict.MALFORMED
    iss, iat, body = claims.get(1), claims.get(6), claims.get(BODY)
    if not isinstance(iss, str) or type(iat) is not int or iat < 0 or not isinstance(body, list):
        return Verdict.MALFORMED
    if len(body) < 3 or not isinstance(body[2], str):
        return Verdict.MALFORMED
    if iss != trust.iss or key.coop not in (EVERY, body[2]):
        return Verdict.UNKNOWN_KEY
    if not key.not_before <= iat <= key.not_after or not _usable(key, proof):
        return Verdict.KEY_NOT_VALID_THEN
    return None


def _usable(key: KeyEntry, proof: Checkpoint | None) -> bool:
    """A compromised key's receipt is believed only where a witness saw it before the compromise."""
    if key.state != COMPROMISED:
        return True
    since = key.compromised_from
    return proof is not None and since is not None and seen_before(proof, since)


def _signed(
    key: KeyEntry,
    message: Sign1,
    read: tuple[Receipt, int] | None,
    lists: Mapping[int, StatusList],
    now: int,
) -> Judgement:
    """What follows the key: signature, schema, arithmetic, status."""
    if not signature_holds(key.x, message, PURPOSE):
        return Judgement(Verdict.BAD_SIGNATURE, read and read[0], decided=Stage.SIGNATURE)
    if read is None:
        return Judgement(Verdict.MALFORMED, decided=Stage.SCHEMA)
    receipt, stated = read
    if stated != receipt.total:  # a sum of 2^64 or more cannot be stated at all
        return Judgement(Verdict.INCONSISTENT, receipt, decided=Stage.ARITHMETIC)
    found = lists.get(receipt.sidx // PLACES)
    if found is None:
        return Judgement(Verdict.GENUINE_STATUS_UNKNOWN, receipt)
    status = found.status(receipt.sidx)
    if status is not Status.VALID:
        return Judgement(_OF_STATUS[status], receipt, found)
    current = Verdict.GENUINE_CURRENT if found.fresh(now) else Verdict.GENUINE_STATUS_UNKNOWN
    return Judgement(current, receipt, found)


_GENUINE = frozenset({Verdict.GENUINE_CURRENT, Verdict.GENUINE_STATUS_UNKNOWN})


def _in_log(found: Judgement, proof: Checkpoint | None) -> Judgement:
    """The last stage: what is genuine so far must stand in the log too."""
    if found.verdict not in _GENUINE:
        return replace(found, proven_by=proof)
    verdict = Verdict.NOT_LOGGED if proof is None else found.verdict
    return replace(found, verdict=verdict, decided=Stage.LOG, proven_by=proof)
