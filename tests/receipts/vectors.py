"""Receipt texts with keys, lists and time, good and bad by chance, and our verdict on each.

For verifiers in other languages: what they are given is plain text, what they say is compared.
"""

import base64
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coop.receipts.rules.cbor import encode
from coop.receipts.rules.cose import sign1
from coop.receipts.rules.receipt import BODY, sign_receipt
from coop.receipts.rules.status_list import read_status_lists, sign_status_list
from coop.receipts.rules.trust_list import read_trust_list
from coop.receipts.rules.verdict import verdict_of
from tests.receipts.test_rules_samples import (
    COOP_KEY,
    DAY,
    EVERY_KEY,
    EVERY_KID,
    KID,
    NOW,
    PURCHASE,
    REVERSAL,
    ROOT,
    SALE,
    STRANGER,
    claims_of,
    entry,
    keys_file,
    signed_claims,
    text_of,
    x_of,
)

_ODD: Sequence[Any] = (
    None, 0, 1, 2, 3, 23, 24, 255, 256, 65_535, 2**31, 2**32, 2**53 + 1, 2**63, 2**64 - 1, -1, -19, -(2**64),
    b"", bytes(8), bytes(10), bytes(32), bytes(64), "", "JH", "KDM01", "kdm01", "URP", "27AAPFU0939F1ZV", "ढिबरा", "\ufeffJH",
    [], [1], {}, {1: 1}, [[3, 1000, 1000]], [[3, 1, 1], [3, 1, 1]], [[4, 1, 1], [3, 1, 1]], [[3, 0, 1]],
)  # fmt: skip


@dataclass(frozen=True)
class Vector:
    """What a verifier is given, and what it must say."""

    text: str
    keys: bytes
    statuses: tuple[bytes, ...]
    now: int
    verdict: str


def vectors(seed: int, count: int) -> list[Vector]:
    """So many vectors, the same for a seed."""
    chance = random.Random(seed)
    files = _key_files()
    made = []
    for _ in range(count):
        text = _text(chance)
        keys = chance.choice(files) if chance.random() < 0.4 else files[0]
        if chance.random() < 0.05:
            keys = _flipped(keys, chance)
        statuses = _statuses(chance)
        now = chance.choice((NOW, NOW, NOW, NOW + 2 * DAY, NOW + 40 * DAY))
        trust = read_trust_list(keys, [x_of(ROOT)], now=now)
        lists = read_status_lists(statuses, trust)
        said = verdict_of(text, trust, lists, now=now).value
        made.append(Vector(text.decode("latin-1"), keys, statuses, now, said))
    return made


def _key_files() -> list[bytes]:
    every = entry(EVERY_KEY, "*")
    return [
        keys_file(),
        keys_file(entry(state=1), every),
        keys_file(entry(state=2, compromised_from=NOW), every),
        keys_file(entry(coop="GRD01"), every),
        keys_file(entry(coop="*"), entry(EVERY_KEY, "KDM01")),
        keys_file(entry(not_after=NOW - DAY), every),
        keys_file(every),
        keys_file(entry(), entry(EVERY_KEY, "*", state=2, compromised_from=0)),
    ]


def _statuses(chance: random.Random) -> tuple[bytes, ...]:
    if chance.random() < 0.15:
        return ()
    places = {PURCHASE.sidx: chance.choice((0, 0, 0, 1, 2, 3))}
    age = chance.choice((60, 60, DAY - 1, DAY, 3 * DAY))
    made = sign_status_list("https://example.org", 1, places, NOW - age, EVERY_KEY, EVERY_KID)
    return (_flipped(made, chance),) if chance.random() < 0.1 else (made,)


def _flipped(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def _text(chance: random.Random) -> bytes:
    receipt = chance.choice((PURCHASE, SALE, REVERSAL))
    kind = chance.randrange(7)
    if kind == 0:
        return text_of(sign_receipt(receipt, COOP_KEY, KID))
    if kind == 1:
        return text_of(_flipped(sign_receipt(receipt, COOP_KEY, KID), chance))
    if kind == 2:  # bytes of the payload spoilt, the signature good
        payload = _flipped(encode(claims_of(receipt)), chance)
        return text_of(sign1({1: -19, 4: KID}, b"MR1\x00", payload, COOP_KEY))
    if kind == 3:
        return _typed(text_of(sign_receipt(receipt, COOP_KEY, KID)), chance)
    if kind == 4:
        key, kid = chance.choice(((STRANGER, KID), (COOP_KEY, EVERY_KID), (EVERY_KEY, EVERY_KID)))
        return text_of(signed_claims(claims_of(receipt), key, kid))
    return text_of(signed_claims(_claims(claims_of(receipt), chance)))


def _claims(claims: dict[Any, Any], chance: random.Random) -> dict[Any, Any]:
    """Well signed claims with one value that is not as it should be, or just another."""
    how = chance.randrange(4)
    if how == 0:
        claims[chance.choice((1, 6, 7, BODY, 2))] = chance.choice(_ODD)
    elif how == 1:
        body = claims[BODY]
        body[chance.randrange(len(body))] = chance.choice(_ODD)
    elif how == 2:
        line = chance.choice(claims[BODY][5])
        line[chance.randrange(3)] = chance.choice(_ODD)
    else:
        body = claims[BODY]
        claims[BODY] = body[:-1] if chance.random() < 0.5 else [*body, chance.choice(_ODD)]
    return claims


def _typed(text: bytes, chance: random.Random) -> bytes:
    """A text as somebody might type or cut it."""
    signs = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567abc =/?#: \xff\n"
    at = chance.randrange(len(text))
    return chance.choice(
        (
            text[:at] + bytes([chance.choice(signs)]) + text[at + 1 :],
            text[:at],
            text + bytes([chance.choice(signs)]),
            text.lower(),
            text + base64.b32encode(bytes(700)).rstrip(b"="),
            text.replace(b"mica.example".upper(), b"A" * 21),
            text.replace(b"HTTPS", b"http"),
        )
    )
