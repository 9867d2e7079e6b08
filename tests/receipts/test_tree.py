"""The tree's root, against RFC 6962's own recursive words."""

from hashlib import sha256

from coop.receipts.rules.tree import EMPTY_ROOT, leaf_hash, node_hash, root_of


def _split(hashes: list[bytes]) -> bytes:
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while 2 * k < len(hashes):
        k *= 2
    return sha256(b"\x01" + _split(hashes[:k]) + _split(hashes[k:])).digest()


def test_root_is_that_of_the_recursive_definition() -> None:
    assert root_of([]) == EMPTY_ROOT == sha256(b"").digest()
    leaves = [leaf_hash(bytes([n % 256, n // 256])) for n in range(300)]
    for size in range(1, 300):
        assert root_of(leaves[:size]) == _split(leaves[:size])
    assert root_of(leaves[:2]) == node_hash(leaves[0], leaves[1])
