"""What the strict check is tried on: receipts in the log, not in it, and of a compromised key."""

from dataclasses import dataclass, field, replace

from coop.receipts.rules.log_proof import strict_log
from coop.receipts.rules.note import SignatureLine, base64_text, cosign
from coop.receipts.rules.receipt import sign_receipt
from coop.receipts.rules.status_list import read_status_lists, sign_status_list
from coop.receipts.rules.trust_list import KeyEntry, LogKey, read_trust_list, sign_trust_list
from coop.receipts.rules.verdict import Stage, Verdict, judge
from tests.outside.mr1_verifier import verdicts
from tests.receipts.log_samples import (
    BUYERS,
    BUYERS_PRIVATE,
    KEYS,
    LOG_KEY,
    LOG_PRIVATE,
    NGO,
    NGO_PRIVATE,
    ORIGIN,
    SampleLog,
)
from tests.receipts.test_rules_samples import (
    COOP_KEY,
    DAY,
    EVERY_KEY,
    EVERY_KID,
    IAT,
    KID,
    NOW,
    PURCHASE,
    ROOT,
    STRANGER,
    entry,
    text_of,
    x_of,
)

RECEIPTS = [
    replace(PURCHASE, cti=bytes([n]) * 10, no=n + 1, sidx=PURCHASE.sidx + n) for n in range(9)
]
SIGNED = [sign_receipt(one, COOP_KEY, KID) for one in RECEIPTS]
MINE = 3
LOG = SampleLog(list(SIGNED))
FORK = SampleLog([*SIGNED[:8], sign_receipt(replace(PURCHASE, no=99), COOP_KEY, KID)])
STATUS = sign_status_list("https://x", 1, {}, NOW - 60, EVERY_KEY, EVERY_KID)
VOIDED = sign_status_list("https://x", 1, {PURCHASE.sidx + MINE: 1}, NOW - 60, EVERY_KEY, EVERY_KID)


@dataclass
class Case:
    """What both programs are given."""

    receipt: bytes = SIGNED[MINE]
    proof: bytes | None = field(default_factory=lambda: LOG.proof(MINE))
    checkpoint: bytes = field(default_factory=LOG.checkpoint)
    entries: tuple[KeyEntry, ...] = (entry(), entry(EVERY_KEY, "*"))
    log_keys: tuple[LogKey, ...] = KEYS
    statuses: tuple[bytes, ...] = (STATUS,)
    cti: bytes = RECEIPTS[MINE].cti

    def verdict(self) -> Verdict:
        """Ours, after the stranger said the same."""
        keys = sign_trust_list(
            "JH", 5, NOW - DAY, NOW + 30 * DAY, self.entries, ROOT, self.log_keys
        )
        trust = read_trust_list(keys, [x_of(ROOT)], now=NOW)
        assert trust.refused is None
        lists = read_status_lists(self.statuses, trust)
        held = {self.cti: self.proof}
        named = {f"{cti.hex()}.tlog-proof": data for cti, data in held.items()}
        text = text_of(self.receipt)
        ours = judge(
            text, trust, lists, now=NOW, log=strict_log(self.checkpoint, trust.log_keys, held.get)
        )
        log = (self.checkpoint, named.get)
        theirs = verdicts([text], keys, [x_of(ROOT)], statuses=self.statuses, now=NOW, log=log)
        assert [ours.verdict] == theirs
        if ours.verdict is Verdict.NOT_LOGGED:
            assert ours.decided is Stage.LOG
            assert ours.proven_by is None
        return ours.verdict


def _reworded(proof: bytes, old: bytes, new: bytes) -> bytes:
    assert old in proof
    return proof.replace(old, new, 1)


def _swapped() -> bytes:
    lines = LOG.proof(MINE).split(b"\n")
    lines[2], lines[3] = lines[3], lines[2]
    return b"\n".join(lines)


EARLY = LOG.seen(5, NOW - 50)
OTHER_ORIGIN = SampleLog(list(SIGNED), "other.example/mr1")
STRANGERS_LOG = SampleLog(list(SIGNED), key=(LogKey(ORIGIN, 1, x_of(STRANGER)), STRANGER))
ELSEWHERE = LogKey("other.example/mr1", 1, LOG_KEY.x)
FALSE_LINE = SignatureLine(NGO.name, NGO.id, bytes(72))

LOGGED: dict[str, Case] = {
    "the given checkpoint's own": Case(),
    "with lines of nobody's key": Case(
        proof=LOG.proof(MINE) + SignatureLine("x", b"abcd", b"e").text.encode()
    ),
    "an earlier size that a witness saw": Case(proof=LOG.proof(MINE, 5, [EARLY])),
    "a later size that a witness saw": Case(
        checkpoint=LOG.checkpoint(4), proof=LOG.proof(MINE, 9, [LOG.seen(9, NOW)])
    ),
    "an empty log given, another seen": Case(
        checkpoint=LOG.checkpoint(0), proof=LOG.proof(MINE, 9, [LOG.seen(9, NOW)])
    ),
    "extra data": Case(proof=_reworded(LOG.proof(MINE), b"\nindex", b"\nextra aGVsbG8=\nindex")),
    "no bytes of extra data": Case(
        proof=_reworded(LOG.proof(MINE), b"\nindex", b"\nextra \nindex")
    ),
    "the same key twice in the list": Case(log_keys=(*KEYS, LOG_KEY)),
    "two witnesses": Case(
        proof=LOG.proof(MINE, 5, [EARLY, LOG.seen(5, NOW, BUYERS, BUYERS_PRIVATE)])
    ),
    "a witness from the future": Case(proof=LOG.proof(MINE, 5, [LOG.seen(5, NOW + DAY)])),
    "the only leaf": Case(
        proof=LOG.proof(0, 1, [LOG.seen(1, NOW)]), receipt=SIGNED[0], cti=RECEIPTS[0].cti
    ),
}
NOT_LOGGED: dict[str, Case] = {
    "no proof": Case(proof=None),
    "an empty file": Case(proof=b""),
    "no checkpoint given": Case(checkpoint=b""),
    "given one not signed by the log": Case(checkpoint=STRANGERS_LOG.checkpoint()),
    "given one spoilt": Case(checkpoint=LOG.checkpoint(None, FALSE_LINE)),
    "proof's checkpoint not the log's": Case(proof=STRANGERS_LOG.proof(MINE)),
    "proof's checkpoint spoilt": Case(proof=LOG.proof(MINE, None, [FALSE_LINE])),
    "no key of the log in the list": Case(log_keys=(NGO, BUYERS)),
    "no list of the log's keys": Case(log_keys=()),
    "another log's proof": Case(
        proof=SampleLog(list(SIGNED), "other.example/mr1", (ELSEWHERE, LOG_PRIVATE)).proof(
            MINE, 5, [cosign(OTHER_ORIGIN.head(5).text, NGO, NGO_PRIVATE, NOW)]
        ),
        log_keys=(*KEYS, ELSEWHERE),
    ),
    "another log's name over our key": Case(proof=OTHER_ORIGIN.proof(MINE)),
    "an earlier size that nobody saw": Case(proof=LOG.proof(MINE, 5)),
    "an earlier size seen by a stranger": Case(
        proof=LOG.proof(MINE, 5, [EARLY]), log_keys=(LOG_KEY, BUYERS)
    ),
    "a fork of the same size": Case(proof=FORK.proof(MINE)),
    "a fork of the same size with a witness": Case(
        proof=FORK.proof(MINE, 9, [FORK.seen(9, NOW - 50)])
    ),
    "another receipt's proof": Case(proof=LOG.proof(MINE + 1)),
    "another place": Case(proof=_reworded(LOG.proof(MINE), b"index 3", b"index 2")),
    "a place outside": Case(proof=_reworded(LOG.proof(MINE), b"index 3", b"index 9")),
    "a place with a zero before": Case(proof=_reworded(LOG.proof(MINE), b"index 3", b"index 03")),
    "a place of 2^64": Case(
        proof=_reworded(LOG.proof(MINE), b"index 3", b"index 18446744073709551616")
    ),
    "hashes swapped": Case(proof=_swapped()),
    "a hash more": Case(
        proof=_reworded(
            LOG.proof(MINE), b"\n\n", f"\n{base64_text(bytes(32))}\n\n".encode()
        )
    ),
    "a hash of 31": Case(
        proof=_reworded(LOG.proof(MINE), b"\n\n", f"\n{base64_text(bytes(31))}\n\n".encode())
    ),
    "another version": Case(proof=_reworded(LOG.proof(MINE), b"@v1", b"@v2")),
    "extra data that is no base64": Case(
        proof=_reworded(LOG.proof(MINE), b"\nindex", b"\nextra a\nindex")
    ),
    "extra data after the index": Case(
        proof=_reworded(LOG.proof(MINE), b"index 3\n", b"index 3\nextra aGVsbG8=\n")
    ),
    "no index": Case(proof=_reworded(LOG.proof(MINE), b"index 3\n", b"")),
    "carriage returns": Case(proof=LOG.proof(MINE).replace(b"\n", b"\r\n")),
    "a byte before": Case(proof=b"\xef\xbb\xbf" + LOG.proof(MINE)),
    "no empty line": Case(proof=LOG.proof(MINE).replace(b"\n\n", b"\n", 1)),
    "a receipt that stands in no log": Case(
        receipt=sign_receipt(replace(RECEIPTS[MINE], no=77), COOP_KEY, KID)
    ),
}  # fmt: skip


COMPROMISED = IAT + 60


def stolen(since: int = COMPROMISED, **other: int) -> tuple[KeyEntry, ...]:
    stolen = replace(entry(), state=2, compromised_from=since, **other)
    return (stolen, entry(EVERY_KEY, "*"))


SAVED: dict[str, Case] = {
    "seen a second before": Case(
        proof=LOG.proof(MINE, 5, [LOG.seen(5, COMPROMISED - 1)]), entries=stolen()
    ),
    "seen before, the given size": Case(
        proof=LOG.proof(MINE, 9, [LOG.seen(9, COMPROMISED - 1)]), entries=stolen()
    ),
    "one of two saw it before": Case(
        proof=LOG.proof(
            MINE,
            5,
            [LOG.seen(5, NOW), LOG.seen(5, COMPROMISED - 1, BUYERS, BUYERS_PRIVATE)],
        ),
        entries=stolen(),
    ),
}
LOST: dict[str, Case] = {
    "no proof": Case(proof=None, entries=stolen()),
    "in the log, seen by nobody": Case(entries=stolen()),
    "only the given checkpoint was seen before": Case(
        checkpoint=LOG.checkpoint(9, LOG.seen(9, COMPROMISED - 1)), entries=stolen()
    ),
    "seen in that second": Case(
        proof=LOG.proof(MINE, 5, [LOG.seen(5, COMPROMISED)]), entries=stolen()
    ),
    "seen by a stranger": Case(
        proof=LOG.proof(MINE, 5, [LOG.seen(5, COMPROMISED - 1)]),
        entries=stolen(),
        log_keys=(LOG_KEY, BUYERS),
    ),
    "a fork was seen": Case(
        proof=FORK.proof(MINE, 9, [FORK.seen(9, COMPROMISED - 1)]), entries=stolen()
    ),
    "outside its window": Case(
        proof=LOG.proof(MINE, 5, [LOG.seen(5, COMPROMISED - 1)]),
        entries=stolen(not_before=IAT + 1),
    ),
    "compromised from the beginning": Case(
        proof=LOG.proof(MINE, 5, [LOG.seen(5, 0)]), entries=stolen(0)
    ),
}
