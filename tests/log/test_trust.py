"""Keys of the log, witnesses, roots, and a list of keys that is signed elsewhere."""

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from coop.audit.rules import AuditTag
from coop.cli.proofs import SEALS
from coop.kernel import clock
from coop.kernel.db import SYSTEM, transaction
from coop.kernel.refusal import Refused, Unusable
from coop.ledger.queries import first_broken_seals
from coop.log.operations.integrate import integrate_waiting
from coop.log.operations.serving import proof_of, served_checkpoint
from coop.receipts.operations.key_files import pin_root, read_private, root_public_keys
from coop.receipts.operations.keys import end_key, make_missing_keys, rotate_key
from coop.receipts.operations.log_keys import (
    add_witness,
    end_log_key,
    forget_signers,
    log_signers,
    make_log_key,
)
from coop.receipts.operations.trust import (
    import_list,
    list_in_force,
    publish_list,
    sign_list,
    unsigned_list,
)
from coop.receipts.queries import log_keys, receipt_keys, trust_list
from coop.receipts.rules.note import read_checkpoint
from coop.receipts.rules.trust_list import (
    COMPROMISED,
    RETIRED,
    WITNESS,
    LogKey,
    read_trust_list,
    sign_payload,
)
from coop.settings import settings
from tests.log.conftest import DRILL, DRILL_KEY
from tests.trade import REACH, Side


async def test_a_compromise_is_only_said_earlier(drill: Side) -> None:
    async with transaction(REACH) as tx:
        kid = await rotate_key(tx, settings().keys, drill.id)
        at = clock.now()
        assert await end_key(tx, kid) is not None
        await end_key(tx, kid, at)
        await end_key(tx, kid, at - clock.seconds(60))
        rows = await tx.fetchval("SELECT count(*) FROM receipt_key_state WHERE kid = $1", kid)
        assert rows == 3
        await end_key(tx, kid, at - clock.seconds(60))
        for later in (at, None):
            with pytest.raises(Refused):
                await end_key(tx, kid, later)
        assert await end_key(tx, bytes(8)) is None
        assert rows == await tx.fetchval(
            "SELECT count(*) FROM receipt_key_state WHERE kid = $1", kid
        )
        await make_missing_keys(tx, settings().keys, settings().trust_domain)
        assert await first_broken_seals(tx, SEALS) == []
        tags = await tx.fetch("SELECT tag FROM audit_entry WHERE about_table = 'receipt_key_state'")
    assert {row["tag"] for row in tags} == {AuditTag.KEY_ENDED.label}


async def test_keys_of_the_log_overlap_and_end(drill: Side) -> None:
    """A new key signs at once beside the old; a withdrawn one spoils no proof."""
    keys, origin = settings().keys, settings().log_origin
    async with transaction(REACH) as tx:
        old = [key for key, _ in await log_signers(tx, keys)]
        new = await make_log_key(tx, keys, origin)
        await make_missing_keys(tx, settings().keys, settings().trust_domain)
    while await integrate_waiting():
        pass
    async with transaction(SYSTEM) as tx:
        both = await served_checkpoint(tx) or b""
        for known in ([new], old):
            read = read_checkpoint(both, known)
            assert read is not None
            assert read.logged
    async with transaction(REACH) as tx:
        for one in old:
            await end_log_key(tx, one.id, COMPROMISED)
        await end_log_key(tx, old[0].id, RETIRED)  # it is out already; that stays
        with pytest.raises(Refused):
            await end_log_key(tx, new.id, RETIRED)
        await make_missing_keys(tx, settings().keys, settings().trust_domain)
        assert await first_broken_seals(tx, SEALS) == []
        listed = await list_in_force(tx)
    assert listed is not None
    assert new in listed.log_keys
    assert not set(old) & set(listed.log_keys)
    while await integrate_waiting():
        pass
    forget_signers()
    async with transaction(SYSTEM) as tx:
        row = await tx.fetchrow(
            "SELECT r.cti FROM log_leaf l JOIN receipt r ON r.id = l.receipt_id"
            " WHERE r.cooperative_id = $1 LIMIT 1",
            drill.id,
        )
        assert row is not None
        proof = await proof_of(tx, keys, origin, row["cti"]) or b""
        assert old[0].id not in proof
        read = read_checkpoint(proof.split(b"\n\n", 1)[1], [new, DRILL_KEY])
        assert read is not None
        assert read.logged
        assert read.cosignatures


async def test_what_is_no_witness(drill: Side) -> None:
    async with transaction(REACH) as tx:
        for key in (
            DRILL_KEY,
            replace(DRILL_KEY, name="other.example/w1"),
            LogKey("x.example", WITNESS, bytes(32)),
            LogKey(settings().log_origin, WITNESS, Ed25519PrivateKey.generate().public_key().public_bytes_raw()),
            LogKey("x" * 201, WITNESS, Ed25519PrivateKey.generate().public_key().public_bytes_raw()),
        ):  # fmt: skip
            with pytest.raises(Refused):
                await add_witness(tx, key)
        assert [one.key for one in await log_keys(tx) if one.key.name == DRILL_KEY.name] == [
            DRILL_KEY
        ]


async def test_a_list_signed_elsewhere(drill: Side, tmp_path: Path) -> None:
    """The root's file is carried away: export here, sign there, import here."""
    keys, domain = settings().keys, settings().trust_domain
    root_file, elsewhere = keys / "root.key", tmp_path / "root.key"
    root_file.rename(elsewhere)
    try:
        async with transaction(REACH) as tx:
            before = await list_in_force(tx)
            assert before is not None
            kid = await rotate_key(tx, keys, drill.id)
            assert not await publish_list(tx, keys, domain)
            payload = await unsigned_list(tx, domain, clock.now())
            signed = sign_payload(payload, read_private(elsewhere))
            for bad in (
                payload,
                signed[:-1] + b"x",
                sign_payload(payload, DRILL),
                sign_payload(await unsigned_list(tx, "XX", clock.now()), read_private(elsewhere)),
            ):
                with pytest.raises(Unusable):
                    await import_list(tx, keys, domain, bad)
            found, left_out = await import_list(tx, keys, domain, signed)
            assert (found.seq, left_out, kid in found.keys) == (before.seq + 1, 0, True)
            with pytest.raises(Unusable, match="older"):
                await import_list(tx, keys, domain, signed)
            assert await list_in_force(tx) == found
            later = sign_payload(
                await unsigned_list(tx, domain, clock.now()), read_private(elsewhere)
            )
            await end_key(tx, kid)
            with pytest.raises(Unusable, match="since this list was written"):
                await import_list(tx, keys, domain, later)
    finally:
        elsewhere.rename(root_file)
    async with transaction(REACH) as tx:
        await make_missing_keys(tx, settings().keys, settings().trust_domain)


async def test_a_second_root(drill: Side) -> None:
    keys, other = settings().keys, Ed25519PrivateKey.generate()
    x = other.public_key().public_bytes_raw()
    try:
        pin_root(keys, x.hex())
        pin_root(keys, x.hex())
        assert len(root_public_keys(keys)) == 2
        for bad in ("zz", x.hex()[:-2], bytes(32).hex(), x[::-1].hex() + "00"):
            with pytest.raises(Unusable):
                pin_root(keys, bad)
        with pytest.raises(Unusable, match="two roots"):
            pin_root(keys, DRILL_KEY.x.hex())
        async with transaction(REACH) as tx:
            await sign_list(tx, settings().trust_domain, other)
            served = await trust_list(tx)
            assert served is not None
            roots = [bytes.fromhex(line) for line in root_public_keys(keys)]
            now = int(clock.now().timestamp())
            assert read_trust_list(served.signed, roots, now=now).refused is None
    finally:
        for path in keys.glob("root-*.pub"):
            path.unlink()
        async with transaction(REACH) as tx:
            root = read_private(keys / "root.key")
            await sign_list(tx, settings().trust_domain, root)


async def test_a_key_in_its_last_month_is_renewed(drill: Side) -> None:
    """A year on, the next start makes the next key; both are in the list for thirty days."""

    class _Undo(Exception):
        pass

    async def a_year_on() -> None:
        with clock.frozen(clock.now() + clock.seconds(366 * 86_400)):
            async with transaction(REACH) as tx:
                before = {k.entry.kid for k in await receipt_keys(tx) if k.entry.coop == "DRILL1"}
                await make_missing_keys(tx, settings().keys, settings().trust_domain)
                held = [k.entry for k in await receipt_keys(tx) if k.entry.coop == "DRILL1"]
                made = [one for one in held if one.kid not in before]
                assert len(made) == 1
                now = int(clock.now().timestamp())
                assert [one for one in held if one.kid in before and one.not_after > now]
                listed = await list_in_force(tx)
                assert listed is not None
                assert {one.kid for one in held} <= set(listed.keys)
                raise _Undo

    with pytest.raises(_Undo):
        await a_year_on()
