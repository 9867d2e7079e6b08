"""The strict check: each of its conditions, compromised keys, and the same verdicts from a stranger."""

import random
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from coop.receipts.rules.cose import key_id
from coop.receipts.rules.log_proof import LogProof, read_proof, write_proof
from coop.receipts.rules.note import Head, sign_head
from coop.receipts.rules.tree import leaf_hash
from coop.receipts.rules.trust_list import sign_trust_list
from coop.receipts.rules.verdict import Verdict
from tests.house.tree import ROOT as TREE
from tests.receipts.log_samples import (
    KEYS,
    LOG_KEY,
    LOG_PRIVATE,
    ORIGIN,
)
from tests.receipts.strict_cases import (
    EARLY,
    FORK,
    LOG,
    LOGGED,
    LOST,
    MINE,
    NOT_LOGGED,
    RECEIPTS,
    SAVED,
    SIGNED,
    STATUS,
    VOIDED,
    Case,
    stolen,
)
from tests.receipts.test_rules_samples import (
    COOP_KEY,
    DAY,
    EVERY_KEY,
    FROM,
    IAT,
    KID,
    NOW,
    ROOT,
    TO,
    entry,
    text_of,
    x_of,
)


@pytest.mark.parametrize("case", LOGGED.values(), ids=LOGGED.keys())
def test_logged(case: Case) -> None:
    assert case.verdict() is Verdict.GENUINE_CURRENT
    assert replace(case, statuses=()).verdict() is Verdict.GENUINE_STATUS_UNKNOWN


@pytest.mark.parametrize("case", NOT_LOGGED.values(), ids=NOT_LOGGED.keys())
def test_not_logged(case: Case) -> None:
    assert case.verdict() is Verdict.NOT_LOGGED
    assert replace(case, statuses=()).verdict() is Verdict.NOT_LOGGED


def test_what_is_said_before_the_log() -> None:
    assert Case(proof=None, statuses=(VOIDED,)).verdict() is Verdict.VOID
    assert Case(proof=None, entries=()).verdict() is Verdict.UNKNOWN_KEY
    changed = SIGNED[MINE][:-1] + bytes((SIGNED[MINE][-1] ^ 1,))
    assert Case(receipt=changed).verdict() is Verdict.BAD_SIGNATURE
    assert Case(receipt=SIGNED[MINE][:-1]).verdict() is Verdict.MALFORMED


@pytest.mark.parametrize("case", SAVED.values(), ids=SAVED.keys())
def test_what_a_witness_saw_before_the_compromise_stays_genuine(case: Case) -> None:
    assert case.verdict() is Verdict.GENUINE_CURRENT
    assert replace(case, statuses=(VOIDED,)).verdict() is Verdict.VOID


@pytest.mark.parametrize("case", LOST.values(), ids=LOST.keys())
def test_what_nobody_saw_before_the_compromise_is_lost(case: Case) -> None:
    assert case.verdict() is Verdict.KEY_NOT_VALID_THEN


def test_a_proof_is_read_as_it_is_written() -> None:
    for size in range(1, 10):
        for index in range(size):
            data = LOG.proof(index, size)
            found = read_proof(data)
            assert found == LogProof(index, tuple(LOG.path(index, size)), LOG.checkpoint(size))
            assert write_proof(found.index, found.path, found.checkpoint) == data


def test_spoilt_proofs_and_checkpoints_get_the_same_verdict_from_both() -> None:
    chance = random.Random(18)
    seen: Counter[Verdict] = Counter()
    for _ in range(500):
        good = LOG.proof(MINE, 5, [EARLY]) if chance.random() < 0.5 else LOG.proof(MINE)
        given = LOG.checkpoint(None, LOG.seen(9, NOW - 9))
        spoilt = bytearray(good if (in_proof := chance.random() < 0.7) else given)
        at = chance.randrange(len(spoilt))
        kind = chance.randrange(3)
        if kind == 0:
            spoilt[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del spoilt[at : at + chance.randrange(1, 40)]
        else:
            spoilt[at:at] = spoilt[(to := chance.randrange(len(spoilt))) : to + 20]
        proof, checkpoint = (bytes(spoilt), given) if in_proof else (good, bytes(spoilt))
        compromised = chance.random() < 0.3
        entries = stolen(NOW) if compromised else (entry(), entry(EVERY_KEY, "*"))
        seen[Case(proof=proof, checkpoint=checkpoint, entries=entries).verdict()] += 1
    assert seen.keys() == {
        Verdict.GENUINE_CURRENT,  # a line of somebody else's key may change
        Verdict.NOT_LOGGED,
        Verdict.KEY_NOT_VALID_THEN,
    }
    assert seen[Verdict.NOT_LOGGED] > 250


def _run(folder: Path, module: list[str], *more: str) -> tuple[int, list[str]]:
    text = b"\n".join([*map(text_of, SIGNED), b"hello", b""])
    done = subprocess.run(
        [sys.executable, "-m", *module, "--keys", str(folder / "mr1-keys"), "--root",
         x_of(ROOT).hex(), "--status", str(folder / "status-7"), "--now", str(NOW), *more],
        input=text, capture_output=True, check=False, cwd=TREE, timeout=60,
    )  # fmt: skip
    return done.returncode, done.stdout.decode().split("\n")


@pytest.mark.parametrize(
    "module",
    [["coop", "receipt", "verify"], ["tests.outside.mr1_verifier"]],
    ids=["ours", "theirs"],
)
def test_the_programs_with_files(tmp_path: Path, module: list[str]) -> None:
    held = (entry(), entry(EVERY_KEY, "*"))
    keys = sign_trust_list("JH", 5, NOW - DAY, NOW + 30 * DAY, held, ROOT, KEYS)
    (tmp_path / "mr1-keys").write_bytes(keys)
    (tmp_path / "status-7").write_bytes(STATUS)  # the claim says 1, and the claim decides
    (tmp_path / "checkpoint").write_bytes(LOG.checkpoint())
    proofs = tmp_path / "proofs"
    proofs.mkdir()
    for n in (0, 1, 2, 4):
        (proofs / f"{RECEIPTS[n].cti.hex()}.tlog-proof").write_bytes(LOG.proof(n))
    strict = ("--strict", "--checkpoint", str(tmp_path / "checkpoint"), "--proofs", str(proofs))
    in_log, not_in_it = "GENUINE_CURRENT", "NOT_LOGGED"
    want = [in_log] * 3 + [not_in_it, in_log] + [not_in_it] * 4 + ["MALFORMED", ""]
    assert _run(tmp_path, module, *strict) == (0, want)
    for bad in (
        strict[:1], strict[1:], strict[:3], (*strict[:4], str(tmp_path / "none")),
        (*strict[:2], str(tmp_path / "none"), *strict[3:]),
    ):  # fmt: skip
        assert _run(tmp_path, module, *bad) == (2, [""])
    (proofs / f"{RECEIPTS[5].cti.hex()}.tlog-proof").mkdir()
    assert _run(tmp_path, module, *strict) == (2, [""])


def test_the_samples_differ() -> None:
    assert LOG.head().root != FORK.head().root
    assert LOG.head().size == FORK.head().size == 9
    assert len({leaf_hash(one) for one in SIGNED}) == 9
    assert sign_head(Head(ORIGIN, 9, LOG.head().root), [(LOG_KEY, LOG_PRIVATE)]) == LOG.checkpoint()
    assert FROM < IAT < TO
    assert key_id(x_of(COOP_KEY)) == KID
