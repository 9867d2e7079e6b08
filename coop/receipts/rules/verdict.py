"""The verdict on a receipt text: stages in a fixed order, the first that fails decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from coop.receipts.rules.cbor import NotCanonicalError, decode
from coop.receipts.rules.cose import kid_of, signature_holds, take_apart
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
    """What a stranger is told (NOT_LOGGED belongs to the strict check with the log)."""

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
    ``decided`` is the stage that gave the verdict.
    """

    verdict: Verdict
    receipt: Receipt | None = None
    statuses: StatusList | None = None
    decided: Stage = Stage.STATUS

    @property
    def passed(self) -> tuple[Stage, ...]:
        """The stages that went well before the one that decided."""
        stages = tuple(Stage)
        return stages[: stages.index(self.decided)]


def verdict_of(
    text: bytes, trust: TrustList, lists: Mapping[int, StatusList], *, now: int
) -> Verdict:
    """The verdict alone."""
    return judge(text, trust, lists, now=now).verdict


def judge(text: bytes, trust: TrustList, lists: Mapping[int, StatusList], *, now: int) -> Judgement:
    """Judge a receipt text at Unix second ``now``; ``lists`` by their number; never raises."""
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
    failed = Verdict.UNKNOWN_KEY if key is None else _key_stage(claims, key, trust)
    if key is None or failed is not None:
        return Judgement(failed or Verdict.UNKNOWN_KEY, read and read[0], decided=Stage.KEY)
    if not signature_holds(key.x, message, PURPOSE):
        return Judgement(Verdict.BAD_SIGNATURE, read and read[0], decided=Stage.SIGNATURE)
    return _signed(read, lists, now)


def _key_stage(claims: object, key: KeyEntry, trust: TrustList) -> Verdict | None:
    """Section 4's order: shape, whose key, when."""
    if not isinstance(claims, dict):
        return Verdict.MALFORMED
    iss, iat, body = claims.get(1), claims.get(6), claims.get(BODY)
    if not isinstance(iss, str) or type(iat) is not int or iat < 0 or not isinstance(body, list):
        return Verdict.MALFORMED
    if len(body) < 3 or not isinstance(body[2], str):
        return Verdict.MALFORMED
    if iss != trust.iss or key.coop not in (EVERY, body[2]):
        return Verdict.UNKNOWN_KEY
    if not key.not_before <= iat <= key.not_after or key.state == COMPROMISED:
        return Verdict.KEY_NOT_VALID_THEN
    return None


def _signed(
    read: tuple[Receipt, int] | None, lists: Mapping[int, StatusList], now: int
) -> Judgement:
    """What follows a good signature: schema, arithmetic, status."""
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
