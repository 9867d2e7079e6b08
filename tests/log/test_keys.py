"""Rotation and compromise: three keys of one cooperative, and a thief."""

import random
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from coop.kernel import clock
from coop.kernel.db import SYSTEM, Transaction, transaction
from coop.kernel.refusal import Unusable
from coop.log.operations.cosignatures import keep_cosignatures
from coop.log.operations.integrate import integrate_waiting
from coop.log.operations.serving import proof_of, served_checkpoint
from coop.receipts.operations.key_files import read_private, root_public_keys
from coop.receipts.operations.keys import end_key, make_missing_keys, rotate_key, signing_key
from coop.receipts.operations.trust import (
    publish_list,
)
from coop.receipts.queries import receipt_keys, trust_list
from coop.receipts.rules.cbor import decode
from coop.receipts.rules.cose import kid_of, take_apart
from coop.receipts.rules.log_proof import strict_log
from coop.receipts.rules.note import cosign, read_checkpoint
from coop.receipts.rules.receipt import Receipt, bytes_of_text, read_claims, sign_receipt
from coop.receipts.rules.trust_list import (
    COMPROMISED,
    read_trust_list,
)
from coop.receipts.rules.verdict import Verdict, verdict_of
from coop.settings import settings
from tests.log.conftest import DRILL, DRILL_KEY
from tests.outside.mr1_verifier import verdicts
from tests.receipts.test_rules_samples import text_of
from tests.trade import REACH, Side, entry, post

GENUINE, REFUSED = Verdict.GENUINE_STATUS_UNKNOWN, Verdict.KEY_NOT_VALID_THEN
FORGED = 300


async def _posted(side: Side, count: int) -> list[bytes]:
    """Receipts by the key that signs now; the memory of the last key is left aside."""
    from coop.receipts.operations.keys import _in_use

    _in_use.clear()
    answers = await post(side, *(entry(side) for _ in range(count)))
    assert all(answer.booked for answer in answers)
    return [bytes_of_text(answer.text.encode()) or b"" for answer in answers]


async def _cosigned(at: int) -> None:
    """Take in what waits; the witness signs what stands, with a time of its own."""
    await integrate_waiting()
    async with transaction(SYSTEM) as tx:
        note = await served_checkpoint(tx) or b""
        read = read_checkpoint(note, [])
        assert read is not None
        line = cosign(read.note.text, DRILL_KEY, DRILL, at)
        await keep_cosignatures(tx, note + line.text.encode())


def _read(signed: bytes) -> Receipt:
    read = read_claims(decode(take_apart(signed).payload))
    assert read is not None
    return read[0]


async def _judged(receipts: list[bytes], strict: bool) -> list[Verdict]:
    """Our verdicts, after the stranger said the same."""
    now = int(clock.now().timestamp())
    async with transaction(SYSTEM) as tx:
        served = await trust_list(tx)
        assert served is not None
        given = await served_checkpoint(tx) or b""
        proofs: dict[bytes, bytes | None] = {}
        for one in receipts if strict else ():
            cti = _read(one).cti
            proofs[cti] = await proof_of(tx, settings().keys, settings().log_origin, cti)
    roots = [bytes.fromhex(line) for line in root_public_keys(settings().keys)]
    trust = read_trust_list(served.signed, roots, now=now)
    assert trust.refused is None
    log = strict_log(given, trust.log_keys, proofs.get) if strict else None
    texts = [text_of(one) for one in receipts]
    ours = [verdict_of(text, trust, {}, now=now, log=log) for text in texts]
    named = {f"{cti.hex()}.tlog-proof": data for cti, data in proofs.items()}
    theirs = verdicts(
        texts, served.signed, roots, now=now, log=(given, named.get) if strict else None
    )
    assert ours == theirs
    return ours


async def test_rotation_and_compromise(drill: Side) -> None:
    now = int(time.time())
    stolen_from = now - 100
    first = await _posted(drill, 12)
    async with transaction(REACH) as tx:
        second_kid = await rotate_key(tx, settings().keys, drill.id)
    still = await _posted(drill, 1)  # the list does not name the new key yet
    async with transaction(REACH) as tx:
        await publish_list(tx, settings().keys, settings().trust_domain)
    second = await _posted(drill, 12)
    await _cosigned(stolen_from - 1)
    after = await _posted(drill, 12)
    await _cosigned(stolen_from)
    kids = [kid_of(take_apart(one)) for one in (*first, *still, *second, *after)]
    assert len(set(kids)) == 2
    assert kids[:13] == kids[:1] * 13
    assert set(kids[13:]) == {second_kid}
    assert set(await _judged([*first, *still, *second, *after], strict=True)) == {GENUINE}

    thief = read_private(settings().keys / f"{second_kid.hex()}.key")
    async with transaction(REACH) as tx:
        await end_key(tx, kids[0] or b"")  # the first is retired: what it signed stays good
        await end_key(tx, second_kid, datetime.fromtimestamp(stolen_from, UTC))
        told = next(k.entry for k in await receipt_keys(tx) if k.entry.kid == second_kid)
        assert (told.state, told.compromised_from) == (COMPROMISED, stolen_from)
    third = await _posted(drill, 5) if await _signs_again(drill) else []
    assert {kid_of(take_apart(one)) for one in third}.isdisjoint(kids)
    await _cosigned(int(time.time()))

    chance = random.Random(19)
    forged = [
        sign_receipt(
            replace(
                _read(chance.choice(second)),
                cti=chance.randbytes(10),
                no=chance.randrange(1, 40),
                iat=_read(second[0]).iat - chance.randrange(0, 3),
            ),
            thief,
        )
        for _ in range(FORGED)
    ]
    for strict in (False, True):
        assert Counter(await _judged([*first, *still, *third], strict)) == {GENUINE: 18}
        assert Counter(await _judged(forged, strict)) == {REFUSED: FORGED}
    assert set(await _judged(second, strict=False)) == {REFUSED}
    assert set(await _judged(second, strict=True)) == {GENUINE}
    assert set(await _judged(after, strict=True)) == {REFUSED}


async def _signs_again(drill: Side) -> bool:
    """Without a key the desk is shut; the next start makes one."""
    with pytest.raises(Unusable, match="no signing key"):
        async with transaction(REACH) as tx:
            await _forget_and_ask(tx, drill)
    async with transaction(REACH) as tx:
        await make_missing_keys(tx, settings().keys, settings().trust_domain)
        await _forget_and_ask(tx, drill)
    return True


async def _forget_and_ask(tx: Transaction, drill: Side) -> None:
    from coop.receipts.operations.keys import _in_use

    _in_use.clear()
    await signing_key(tx, settings().keys, drill.id, clock.now())
