"""The verdicts: each by name, each line of the key stage, and which stage comes first."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.receipts.rules.cbor import encode
from coop.receipts.rules.cose import key_id, sign1
from coop.receipts.rules.log_proof import StrictLog
from coop.receipts.rules.receipt import BODY, PURPOSE, Line, payload_bytes, sign_receipt
from coop.receipts.rules.trust_list import TrustList, read_trust_list
from coop.receipts.rules.verdict import PROVEN, Judgement, Stage, Verdict, judge, verdict_of
from tests.receipts.test_rules_samples import (
    COOP_KEY,
    DAY,
    FROM,
    KID,
    LISTS,
    NOW,
    PURCHASE,
    REVERSAL,
    ROOT,
    SALE,
    SIGNED,
    STRANGER,
    TRUST,
    claim,
    claims_of,
    entry,
    judged,
    keys_file,
    lists,
    signed_claims,
    text_of,
    trust,
    with_body,
    with_lines,
    x_of,
)

NOTHING: dict[bytes, bytes] = {}
STALE = NOW + 3 * DAY
NAMED: dict[str, tuple[Callable[[], Judgement], Verdict, Stage]] = {
    "purchase": (judged, Verdict.GENUINE_CURRENT, Stage.STATUS),
    "sale": (lambda: judged(sign_receipt(SALE, COOP_KEY)), Verdict.GENUINE_CURRENT, Stage.STATUS),
    "reversal": (
        lambda: judged(sign_receipt(REVERSAL, COOP_KEY)), Verdict.GENUINE_CURRENT, Stage.STATUS,
    ),
    "no list": (lambda: judged(known={}), Verdict.GENUINE_STATUS_UNKNOWN, Stage.STATUS),
    "another list": (
        lambda: judged(known=lists(n=0)), Verdict.GENUINE_STATUS_UNKNOWN, Stage.STATUS,
    ),
    "stale list": (lambda: judged(now=STALE), Verdict.GENUINE_STATUS_UNKNOWN, Stage.STATUS),
    "void": (lambda: judged(known=lists(1)), Verdict.VOID, Stage.STATUS),
    "held": (lambda: judged(known=lists(2)), Verdict.HELD, Stage.STATUS),
    "replaced": (lambda: judged(known=lists(3)), Verdict.REPLACED, Stage.STATUS),
    "void in a stale list": (lambda: judged(known=lists(1), now=STALE), Verdict.VOID, Stage.STATUS),
    "held in a stale list": (lambda: judged(known=lists(2), now=STALE), Verdict.HELD, Stage.STATUS),
    "replaced in a stale list": (
        lambda: judged(known=lists(3), now=STALE), Verdict.REPLACED, Stage.STATUS,
    ),
    "wrong total": (lambda: judged(with_body(6, 1)), Verdict.INCONSISTENT, Stage.ARITHMETIC),
    "sum of 2^64 as 0": (
        lambda: judged(with_lines([1, 1000, 2**64 - 1], [2, 1000, 1], total=0)),
        Verdict.INCONSISTENT, Stage.ARITHMETIC,
    ),
    "sum of 2^64 - 1": (
        lambda: judged(with_lines([1, 1000, 2**64 - 2], [2, 1000, 1], total=2**64 - 1)),
        Verdict.GENUINE_CURRENT, Stage.STATUS,
    ),
    "product past 64 bits, cut": (
        lambda: judged(with_lines([1, 2**40, 2**30], total=((2**70 + 500) % 2**64) // 1000)),
        Verdict.INCONSISTENT, Stage.ARITHMETIC,
    ),
    "product past 64 bits": (
        lambda: judged(with_lines([1, 2**40, 2**30], total=(2**70 + 500) // 1000)),
        Verdict.GENUINE_CURRENT, Stage.STATUS,
    ),
    "line rounded down": (
        lambda: judged(with_lines([1, 1, 500], total=0)), Verdict.INCONSISTENT, Stage.ARITHMETIC,
    ),
    "sum rounded once": (
        lambda: judged(with_lines([1, 1, 500], [2, 1, 500], total=1)),
        Verdict.INCONSISTENT, Stage.ARITHMETIC,
    ),
    "grades not sorted": (
        lambda: judged(with_lines([2, 1000, 1], [1, 1000, 1], total=2)),
        Verdict.MALFORMED, Stage.SCHEMA,
    ),
    "a wrong GSTIN": (
        lambda: judged(signed_claims({**claims_of(SALE), BODY: _other_party()})),
        Verdict.MALFORMED, Stage.SCHEMA,
    ),
    "a fifth claim": (
        lambda: judged(signed_claims(claim(8, 1))), Verdict.MALFORMED, Stage.SCHEMA,
    ),
    "before the key's time": (
        lambda: judged(sign_receipt(replace(PURCHASE, iat=FROM - 1), COOP_KEY)),
        Verdict.KEY_NOT_VALID_THEN, Stage.KEY,
    ),
    "signed for another purpose": (
        lambda: judged(sign1({1: -19, 4: KID}, b"", payload_bytes(PURCHASE), COOP_KEY)),
        Verdict.BAD_SIGNATURE, Stage.SIGNATURE,
    ),
    "signed by another": (
        lambda: judged(sign_receipt(PURCHASE, STRANGER, KID)),
        Verdict.BAD_SIGNATURE, Stage.SIGNATURE,
    ),
    "a stranger's own key": (
        lambda: judged(sign_receipt(PURCHASE, STRANGER)), Verdict.UNKNOWN_KEY, Stage.KEY,
    ),
    "not a text": (
        lambda: judge(b"hello", TRUST, LISTS, now=NOW), Verdict.MALFORMED, Stage.TEXT,
    ),
    "not canonical": (lambda: judged(SIGNED + b"\0"), Verdict.MALFORMED, Stage.CANONICAL),
    "not in the log": (
        lambda: judge(text_of(SIGNED), TRUST, LISTS, now=NOW, log=StrictLog(None, (), NOTHING.get)),
        Verdict.NOT_LOGGED, Stage.LOG,
    ),
    "1,025 bytes": (lambda: judged(bytes(1025)), Verdict.MALFORMED, Stage.BYTES),
    "1,024 bytes": (lambda: judged(bytes(1024)), Verdict.MALFORMED, Stage.CANONICAL),
}  # fmt: skip


def _other_party() -> list[Any]:
    body: list[Any] = claims_of(SALE)[BODY]
    return [*body[:8], "27AAPFU0939F1ZW", body[9]]


@pytest.mark.parametrize(("made", "verdict", "decided"), NAMED.values(), ids=NAMED.keys())
def test_named(made: Callable[[], Judgement], verdict: Verdict, decided: Stage) -> None:
    found = made()
    assert (found.verdict, found.decided) == (verdict, decided)
    assert found.passed == tuple(Stage)[: list(Stage).index(decided)]


def test_every_verdict_has_its_example() -> None:
    shown = {verdict for _, verdict, _ in NAMED.values()}
    assert shown == set(Verdict)


HEADERS: list[dict[Any, Any]] = [
    {1: -8, 4: KID},
    {1: -19},
    {4: KID},
    {1: -19, 4: KID[:7]},
    {1: -19, 4: KID + b"\0"},
    {1: -19, 4: "12345678"},
    {1: -19, 4: KID, 5: 1},
    {1: "EdDSA", 4: KID},
    {},
]


@pytest.mark.parametrize("held", [TRUST, TrustList(refused="form")], ids=["known", "no keys"])
@pytest.mark.parametrize("header", HEADERS, ids=str)
def test_another_protected_map_is_malformed_whoever_signed(
    header: dict[Any, Any], held: TrustList
) -> None:
    found = judged(sign1(header, PURPOSE, payload_bytes(PURCHASE), COOP_KEY), held)
    assert (found.verdict, found.decided) == (Verdict.MALFORMED, Stage.ALG_AND_KID)


WEAK = {
    "small order": b"\1" + bytes(31),
    "minus zero": b"\1" + bytes(30) + b"\x80",
    "not reduced": b"\xee" + b"\xff" * 30 + b"\x7f",
    "off the curve": b"\2" + bytes(31),
}


@pytest.mark.parametrize("x", WEAK.values(), ids=WEAK.keys())
def test_a_receipt_of_a_weak_key_is_badly_signed(x: bytes) -> None:
    """R the neutral element and S zero would hold for anything under a neutral key."""
    kid = key_id(x)
    held = trust(replace(entry(), kid=kid, x=x), entry())
    message = [encode({1: -19, 4: kid}), {}, payload_bytes(PURCHASE), b"\1" + bytes(63)]
    assert judged(b"\xd2" + encode(message), held).verdict is Verdict.BAD_SIGNATURE
    assert judged(held=held).verdict is Verdict.GENUINE_CURRENT


@pytest.mark.parametrize("state", [(NOW + 40 * DAY, 0), (NOW, 99)], ids=["expired", "older"])
def test_a_refused_list_holds_no_keys(state: tuple[int, int]) -> None:
    now, min_seq = state
    held = read_trust_list(keys_file(), [x_of(ROOT)], now=now, min_seq=min_seq)
    assert held.refused is not None
    assert judged(held=held).verdict is Verdict.UNKNOWN_KEY
    assert judged(signed_claims([]), held).verdict is Verdict.UNKNOWN_KEY
    assert judged(SIGNED[1:], held).verdict is Verdict.MALFORMED
    assert judged(bytes(1025), held).verdict is Verdict.MALFORMED


def test_what_is_shown_beside_the_verdict() -> None:
    found = judged()
    assert found.receipt == PURCHASE
    assert found.statuses is not None
    assert found.statuses.iat == NOW - 60
    assert judged(known={}).statuses is None
    assert judged(with_body(6, 1)).receipt == PURCHASE
    assert judged(signed_claims([])).receipt is None
    assert judged(sign_receipt(PURCHASE, STRANGER)).receipt == PURCHASE
    assert verdict_of(text_of(SIGNED), TRUST, LISTS, now=NOW) is Verdict.GENUINE_CURRENT


@pytest.mark.parametrize(("after", "fresh"), [(DAY - 61, True), (DAY - 60, False)])
def test_valid_is_believed_for_a_day_to_the_second(after: int, fresh: bool) -> None:
    want = Verdict.GENUINE_CURRENT if fresh else Verdict.GENUINE_STATUS_UNKNOWN
    assert judged(now=NOW + after).verdict is want


def test_a_receipt_and_a_list_from_the_future_change_nothing() -> None:
    assert judged(now=0).verdict is Verdict.GENUINE_CURRENT


def test_the_place_is_counted_within_its_list() -> None:
    neighbour = replace(PURCHASE, sidx=PURCHASE.sidx + 1)
    assert (
        judged(sign_receipt(neighbour, COOP_KEY), known=lists(1)).verdict is Verdict.GENUINE_CURRENT
    )
    far = replace(PURCHASE, sidx=PURCHASE.sidx % 2**17)
    assert (
        judged(sign_receipt(far, COOP_KEY), known=lists(1)).verdict
        is Verdict.GENUINE_STATUS_UNKNOWN
    )


def test_a_long_receipt_with_twenty_lines_holds() -> None:
    lines = tuple(Line(2**60 + grade, 2**32 + grade, 2**32) for grade in range(20))
    signed = sign_receipt(replace(SALE, lines=lines), COOP_KEY)
    assert 600 < len(signed) <= 1024
    assert judged(signed).verdict is Verdict.GENUINE_CURRENT


@given(st.binary(max_size=200) | st.binary(max_size=200).map(text_of))
def test_nothing_makes_it_raise(text: bytes) -> None:
    assert judge(text, TRUST, LISTS, now=NOW).verdict not in PROVEN
