"""Nothing that differs from a receipt by any edit is taken for one."""

import random
from collections import Counter

from coop.receipts.rules.receipt import sign_receipt
from coop.receipts.rules.verdict import PROVEN, Verdict, judge
from tests.receipts.test_rules_samples import (
    COOP_KEY,
    KID,
    NOW,
    PURCHASE,
    SALE,
    lists,
    text_of,
    trust,
)

EDITS = 100_000
ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
TRUST, LISTS = trust(), lists()
SIGNED = sign_receipt(PURCHASE, COOP_KEY, KID)


def verdict(text: bytes) -> Verdict:
    return judge(text, TRUST, LISTS, now=NOW).verdict


def test_the_receipt_itself_is_genuine() -> None:
    assert verdict(text_of(SIGNED)) is Verdict.GENUINE_CURRENT


def test_every_other_byte_at_every_place() -> None:
    seen: Counter[Verdict] = Counter()
    for place in range(len(SIGNED)):
        for value in range(256):
            if value != SIGNED[place]:
                edited = SIGNED[:place] + bytes((value,)) + SIGNED[place + 1 :]
                seen[verdict(text_of(edited))] += 1
    assert seen.total() == 255 * len(SIGNED)
    assert not PROVEN & seen.keys(), seen
    # The edits reach every stage that stands before the schema, not the first one only.
    assert seen.keys() == {
        Verdict.MALFORMED,
        Verdict.UNKNOWN_KEY,
        Verdict.KEY_NOT_VALID_THEN,
        Verdict.BAD_SIGNATURE,
    }


def test_every_length_but_its_own() -> None:
    for length in range(1, len(SIGNED)):
        assert verdict(text_of(SIGNED[:length])) is Verdict.MALFORMED
        assert verdict(text_of(SIGNED[length:])) is Verdict.MALFORMED
    for value in range(256):
        assert verdict(text_of(SIGNED + bytes((value,)))) is Verdict.MALFORMED
        assert verdict(text_of(bytes((value,)) + SIGNED)) is Verdict.MALFORMED
    assert verdict(text_of(SIGNED + SIGNED)) is Verdict.MALFORMED


def _edited(code: bytes, other: bytes, drawn: random.Random) -> bytes:
    """One to three strokes: replace, drop, add, swap, repeat, or a piece of another receipt."""
    made = bytearray(code)
    for _ in range(drawn.choice((1, 1, 2, 3))):
        at, to = drawn.randrange(len(made)), drawn.randrange(len(made))
        stroke = drawn.randrange(8)
        if stroke < 3:
            made[at] = drawn.choice(ALPHABET)
        elif stroke == 3:
            del made[at]
        elif stroke == 4:
            made.insert(at, drawn.choice(ALPHABET))
        elif stroke == 5:
            made[at], made[to] = made[to], made[at]
        elif stroke == 6:
            made[at:at] = made[at : at + drawn.randrange(1, 17)]
        else:
            length = drawn.randrange(1, 60)
            made[at : at + length] = other[at : at + length]
    return bytes(made)


def test_a_hundred_thousand_random_edits() -> None:
    drawn = random.Random(20_261_101)
    prefix, code = text_of(SIGNED).split(b"/R/")
    other = text_of(sign_receipt(SALE, COOP_KEY, KID)).split(b"/R/")[1]
    seen: Counter[Verdict] = Counter()
    while seen.total() < EDITS:
        edited = _edited(code, other, drawn)
        if edited not in (code, other):
            seen[verdict(prefix + b"/R/" + edited)] += 1
    assert seen.total() == EDITS
    assert not PROVEN & seen.keys(), seen
    assert seen[Verdict.BAD_SIGNATURE] > EDITS // 10, seen  # the signature is what refuses them
