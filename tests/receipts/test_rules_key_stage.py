"""The key stage line by line, and that each line comes where the page puts it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from coop.receipts.rules.cose import key_id, sign1
from coop.receipts.rules.receipt import BODY, PURPOSE, sign_receipt
from coop.receipts.rules.verdict import Judgement, Stage, Verdict
from tests.receipts.test_rules_samples import (
    COOP_KEY,
    DAY,
    EVERY_KEY,
    EVERY_KID,
    FROM,
    IAT,
    KID,
    NOW,
    PURCHASE,
    STRANGER,
    TO,
    claim,
    claims_of,
    entry,
    judged,
    lists,
    signed_claims,
    trust,
    with_body,
    with_lines,
    x_of,
)


def _no_iat() -> dict[Any, Any]:
    return {key: value for key, value in claims_of().items() if key != 6}


GRD = trust(entry(coop="GRD01"))
EVERYWHERE = trust(entry(EVERY_KEY, "*"))
RETIRED = trust(entry(state=1))
COMPROMISED = trust(entry(state=2, compromised_from=NOW + DAY))
KEY_STAGE: dict[str, tuple[Callable[[], Judgement], Verdict, Stage]] = {
    "kid unknown comes before the shape": (
        lambda: judged(signed_claims([], STRANGER, key_id(x_of(STRANGER)))),
        Verdict.UNKNOWN_KEY, Stage.KEY,
    ),
    "kid unknown, keys of a map that are arrays": (
        lambda: judged(sign1({1: -19, 4: bytes(8)}, PURPOSE, b"\xa1\x81\x01\x02", STRANGER)),
        Verdict.UNKNOWN_KEY, Stage.KEY,
    ),
    "payload no map": (lambda: judged(signed_claims([])), Verdict.MALFORMED, Stage.KEY),
    "payload null": (lambda: judged(signed_claims(None)), Verdict.MALFORMED, Stage.KEY),
    "iss as bytes": (lambda: judged(signed_claims(claim(1, b"JH"))), Verdict.MALFORMED, Stage.KEY),
    "iat missing": (lambda: judged(signed_claims(_no_iat())), Verdict.MALFORMED, Stage.KEY),
    "iat negative": (lambda: judged(signed_claims(claim(6, -1))), Verdict.MALFORMED, Stage.KEY),
    "iat as text": (lambda: judged(signed_claims(claim(6, "1"))), Verdict.MALFORMED, Stage.KEY),
    "body a map": (lambda: judged(signed_claims(claim(BODY, {}))), Verdict.MALFORMED, Stage.KEY),
    "body of two": (
        lambda: judged(signed_claims(claim(BODY, [1, 1]))), Verdict.MALFORMED, Stage.KEY,
    ),
    "coop as bytes": (lambda: judged(with_body(2, b"KDM01")), Verdict.MALFORMED, Stage.KEY),
    "the shape comes before the issuer": (
        lambda: judged(signed_claims({**claim(1, "BR"), 6: None})), Verdict.MALFORMED, Stage.KEY,
    ),
    "the shape comes before the signature": (
        lambda: judged(signed_claims(claim(6, -1), STRANGER, KID)), Verdict.MALFORMED, Stage.KEY,
    ),
    "another issuer": (
        lambda: judged(signed_claims(claim(1, "BR"))), Verdict.UNKNOWN_KEY, Stage.KEY,
    ),
    "another issuer under *": (
        lambda: judged(signed_claims(claim(1, "BR"), EVERY_KEY, EVERY_KID), EVERYWHERE),
        Verdict.UNKNOWN_KEY, Stage.KEY,
    ),
    "another cooperative's key": (lambda: judged(held=GRD), Verdict.UNKNOWN_KEY, Stage.KEY),
    "under *": (
        lambda: judged(sign_receipt(PURCHASE, EVERY_KEY), EVERYWHERE),
        Verdict.GENUINE_CURRENT, Stage.STATUS,
    ),
    "a cooperative called *": (lambda: judged(with_body(2, "*")), Verdict.UNKNOWN_KEY, Stage.KEY),
    "the issuer comes before the window": (
        lambda: judged(signed_claims({**claim(1, "BR"), 6: 1})), Verdict.UNKNOWN_KEY, Stage.KEY,
    ),
    "the cooperative comes before a compromise": (
        lambda: judged(held=trust(entry(coop="GRD01", state=2, compromised_from=1))),
        Verdict.UNKNOWN_KEY, Stage.KEY,
    ),
    "before the window": (
        lambda: judged(sign_receipt(replace(PURCHASE, iat=FROM - 1), COOP_KEY)),
        Verdict.KEY_NOT_VALID_THEN, Stage.KEY,
    ),
    "first second of the window": (
        lambda: judged(sign_receipt(replace(PURCHASE, iat=FROM), COOP_KEY)),
        Verdict.GENUINE_CURRENT, Stage.STATUS,
    ),
    "last second of the window, not yet come": (
        lambda: judged(sign_receipt(replace(PURCHASE, iat=TO), COOP_KEY)),
        Verdict.GENUINE_CURRENT, Stage.STATUS,
    ),
    "after the window": (
        lambda: judged(sign_receipt(replace(PURCHASE, iat=TO + 1), COOP_KEY)),
        Verdict.KEY_NOT_VALID_THEN, Stage.KEY,
    ),
    "a window that ends before it begins": (
        lambda: judged(held=trust(entry(not_before=IAT + 1, not_after=IAT - 1))),
        Verdict.KEY_NOT_VALID_THEN, Stage.KEY,
    ),
    "the window comes before the signature": (
        lambda: judged(sign_receipt(replace(PURCHASE, iat=TO + 1), STRANGER, KID)),
        Verdict.KEY_NOT_VALID_THEN, Stage.KEY,
    ),
    "a retired key inside its window": (
        lambda: judged(held=RETIRED), Verdict.GENUINE_CURRENT, Stage.STATUS,
    ),
    "a compromised key, issued long before": (
        lambda: judged(held=COMPROMISED), Verdict.KEY_NOT_VALID_THEN, Stage.KEY,
    ),
    "a compromise comes before the signature": (
        lambda: judged(sign_receipt(PURCHASE, STRANGER, KID), COMPROMISED),
        Verdict.KEY_NOT_VALID_THEN, Stage.KEY,
    ),
    "the signature comes before the schema": (
        lambda: judged(signed_claims(claim(8, 1), STRANGER, KID)),
        Verdict.BAD_SIGNATURE, Stage.SIGNATURE,
    ),
    "the schema comes before the sum": (
        lambda: judged(with_lines([2, 1, 1], [1, 1, 1], total=99)), Verdict.MALFORMED, Stage.SCHEMA,
    ),
    "the sum comes before the status": (
        lambda: judged(with_body(6, 1), known=lists(1)), Verdict.INCONSISTENT, Stage.ARITHMETIC,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("made", "verdict", "decided"), KEY_STAGE.values(), ids=KEY_STAGE.keys())
def test_the_key_stage(made: Callable[[], Judgement], verdict: Verdict, decided: Stage) -> None:
    found = made()
    assert (found.verdict, found.decided) == (verdict, decided)
