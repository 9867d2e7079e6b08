"""Hundreds of receipts as the program issues them, judged by us and by a stranger's verifier."""

import random
from collections import Counter
from decimal import Decimal

import asyncpg

from coop.kernel import clock
from coop.kernel.db import SYSTEM, transaction
from coop.receipts.controllers import signed_status_list
from coop.receipts.operations.keys import root_public_keys
from coop.receipts.queries import trust_list
from coop.receipts.rules.status_list import read_status_lists
from coop.receipts.rules.trust_list import read_trust_list
from coop.receipts.rules.verdict import verdict_of
from coop.running import Running
from coop.settings import settings
from tests.outside.mr1_verifier import verdicts
from tests.trade import FLOOR, REACH, Side, Trade, entry, post

_ALPHABET = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


async def _standing(side: Side) -> list[str]:
    """Members of the cooperative whose membership no test of this database has ended."""
    async with transaction(REACH) as tx:
        rows = await tx.fetch(
            "SELECT member_no FROM member m WHERE cooperative_id = $1 AND member_no < '0009'"
            " AND NOT EXISTS (SELECT FROM member_ended e WHERE e.member_id = m.id) ORDER BY 1",
            side.id,
        )
    return [row["member_no"] for row in rows]


async def _issued(trade: Trade, count: int, chance: random.Random) -> list[str]:
    texts = []
    for side in (trade.here, trade.there):
        standing = await _standing(side)
        entries = [
            entry(
                side,
                member_no=chance.choice(standing),
                paid_mode="upi",  # others of this database spend the day's cash
                gross_g=chance.randint(300, 60_000),
                moisture=Decimal(chance.randint(0, 300)) / 10,
                waste=Decimal(chance.randint(0, 300)) / 10,
                grade_code=(grade := chance.choice(list(FLOOR))),
                rate_paise_per_kg=FLOOR[grade] + chance.randint(0, 200),
            )
            for _ in range(count)
        ]
        answers = await post(side, *entries)
        assert all(answer.booked for answer in answers), answers
        texts += [answer.text for answer in answers]
    return texts


def _spoilt(text: bytes, chance: random.Random) -> bytes:
    """One sign of a text changed, dropped or doubled."""
    at = chance.randrange(len(text))
    sign = bytes([chance.choice(_ALPHABET)])
    return chance.choice(
        (
            text[:at] + sign + text[at + 1 :],
            text[:at] + text[at + 1 :],
            text[:at] + sign + text[at:],
        )
    )


async def _judged(texts: list[bytes], *, with_status: bool = True) -> tuple[list[str], list[str]]:
    """Our verdicts and the stranger's."""
    now = int(clock.now().timestamp())
    async with transaction(SYSTEM) as tx:
        served = await trust_list(tx)
        opened = [row["n"] for row in await tx.fetch("SELECT n FROM status_list ORDER BY n")]
    assert served is not None
    roots = [bytes.fromhex(line) for line in root_public_keys(settings().keys)]
    statuses = [await signed_status_list(n) for n in opened] if with_status else []
    trust = read_trust_list(served.signed, roots, now=now)
    lists = read_status_lists(statuses, trust)
    ours = [verdict_of(text, trust, lists, now=now).value for text in texts]
    theirs = verdicts(texts, served.signed, roots, statuses=statuses, now=now)
    return ours, theirs


async def test_every_issued_receipt_is_genuine_to_both(trade: Trade) -> None:
    issued = await _issued(trade, 100, random.Random(1))
    texts = [text.encode() for text in issued]
    assert len(set(texts)) == 200
    ours, theirs = await _judged(texts)
    assert Counter(ours) == {"GENUINE_CURRENT": 200}
    assert Counter(theirs) == {"GENUINE_CURRENT": 200}
    ours, theirs = await _judged(texts[:20], with_status=False)
    assert set(ours) == set(theirs) == {"GENUINE_STATUS_UNKNOWN"}


async def test_a_void_receipt_is_void_to_both(database: Running, trade: Trade) -> None:
    texts = [text.encode() for text in await _issued(trade, 3, random.Random(2))]
    words = {1: "VOID", 2: "HELD", 3: "REPLACED"}
    async with transaction(REACH) as tx:
        rows = await tx.fetch(
            "SELECT sidx, cooperative_id FROM receipt WHERE cooperative_id = $1 ORDER BY no DESC LIMIT 3",
            trade.here.id,
        )
        for row, status in zip(reversed(rows), words, strict=True):
            await tx.execute(
                "INSERT INTO receipt_status (cooperative_id, sidx, status, at, reason) VALUES ($1, $2, $3, $4, 'test')",
                row["cooperative_id"], row["sidx"], status, clock.now(),
            )  # fmt: skip
    try:
        ours, theirs = await _judged(texts)
    finally:  # nobody decided it: verify would rightly find these rows
        owner = await asyncpg.connect(database.addresses.owner)
        await owner.execute(
            "SET session_replication_role = replica; DELETE FROM receipt_status WHERE reason = 'test'"
        )
        await owner.close()
    assert ours == theirs
    assert ours[:3] == list(words.values())
    assert ours[3:] == ["GENUINE_CURRENT"] * 3


async def test_spoilt_receipts_get_the_same_verdict_from_both(trade: Trade) -> None:
    chance = random.Random(3)
    genuine = [text.encode() for text in await _issued(trade, 10, chance)]
    texts = [_spoilt(chance.choice(genuine), chance) for _ in range(300)]
    ours, theirs = await _judged(texts)
    different = [pair for pair in zip(texts, ours, theirs, strict=True) if pair[1] != pair[2]]
    assert different == []
    still = [
        text for text, verdict in zip(texts, ours, strict=True) if verdict == "GENUINE_CURRENT"
    ]
    # A sign may be replaced by itself; nothing else may stay genuine.
    assert {text.split(b"/R/")[-1] for text in still} <= {
        text.split(b"/R/")[-1] for text in genuine
    }
    assert len(set(ours)) >= 3
