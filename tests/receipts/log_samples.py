"""A log of receipts in memory, its witness, and files as `receipt verify --strict` is given them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from coop.receipts.rules.log_proof import write_proof
from coop.receipts.rules.note import Head, SignatureLine, cosign, sign_head
from coop.receipts.rules.tree import inclusion_ranges, leaf_hash, range_hash, root_of
from coop.receipts.rules.trust_list import LOG, WITNESS, LogKey
from tests.receipts.test_rules_samples import private, x_of

ORIGIN = "abhrak.example/mr1"
LOG_PRIVATE, NGO_PRIVATE, BUYERS_PRIVATE = private(10), private(11), private(12)
LOG_KEY = LogKey(ORIGIN, LOG, x_of(LOG_PRIVATE))
NGO = LogKey("ngo.example/w1", WITNESS, x_of(NGO_PRIVATE))
BUYERS = LogKey("buyers.example/w1", WITNESS, x_of(BUYERS_PRIVATE))
KEYS = (LOG_KEY, NGO, BUYERS)


@dataclass
class SampleLog:
    """Leaves in order; checkpoints and proofs of any size."""

    leaves: list[bytes] = field(default_factory=list)
    origin: str = ORIGIN
    key: tuple[LogKey, Ed25519PrivateKey] = (LOG_KEY, LOG_PRIVATE)

    def head(self, size: int | None = None) -> Head:
        held = self.leaves if size is None else self.leaves[:size]
        return Head(self.origin, len(held), root_of([leaf_hash(one) for one in held]))

    def checkpoint(self, size: int | None = None, *lines: SignatureLine) -> bytes:
        signed = sign_head(self.head(size), [self.key])
        return signed + "".join(line.text for line in lines).encode()

    def seen(
        self, size: int | None, at: int, by: LogKey = NGO, key: Ed25519PrivateKey = NGO_PRIVATE
    ) -> SignatureLine:
        return cosign(self.head(size).text, by, key, at)

    def path(self, index: int, size: int) -> list[bytes]:
        hashes = [leaf_hash(one) for one in self.leaves]

        def node(level: int, n: int) -> bytes:
            return root_of(hashes[n << level : n + 1 << level])

        return [range_hash(*one, node) for one in inclusion_ranges(index, size)]

    def proof(
        self, index: int, size: int | None = None, lines: Sequence[SignatureLine] = ()
    ) -> bytes:
        size = len(self.leaves) if size is None else size
        return write_proof(index, self.path(index, size), self.checkpoint(size, *lines))
