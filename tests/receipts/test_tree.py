"""The tree against RFC 6962's own recursive words: roots, every place, every growth, and forgeries."""

import random
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from hashlib import sha256

import pytest

from coop.receipts.rules import tree
from coop.receipts.rules.tree import (
    EMPTY_ROOT,
    consistency_holds,
    consistency_ranges,
    inclusion_holds,
    inclusion_ranges,
    leaf_hash,
    node_hash,
    range_hash,
    root_by_path,
    root_of,
    whole_nodes,
)

LEAVES = [leaf_hash(n.to_bytes(2, "big")) for n in range(1000)]
MUTATIONS = 100_000


def _split(width: int) -> int:
    k = 1
    while 2 * k < width:
        k *= 2
    return k


@cache
def _mth(start: int, end: int) -> bytes:
    """RFC 6962 section 2.1, word by word."""
    if end == start:
        return sha256(b"").digest()
    if end - start == 1:
        return LEAVES[start]
    k = _split(end - start)
    return sha256(b"\x01" + _mth(start, start + k) + _mth(start + k, end)).digest()


def _path(m: int, start: int, end: int) -> list[bytes]:
    """RFC 6962 section 2.1.1, word by word."""
    if end - start == 1:
        return []
    k = _split(end - start)
    if m < k:
        return [*_path(m, start, start + k), _mth(start + k, end)]
    return [*_path(m - k, start + k, end), _mth(start, start + k)]


def _proof(m: int, start: int, end: int, whole: bool) -> list[bytes]:
    """RFC 6962 section 2.1.2, word by word."""
    if m == end - start:
        return [] if whole else [_mth(start, end)]
    k = _split(end - start)
    if m <= k:
        return [*_proof(m, start, start + k, whole), _mth(start + k, end)]
    return [*_proof(m - k, start + k, end, False), _mth(start, start + k)]


def _node(level: int, n: int) -> bytes:
    return _mth(n << level, n + 1 << level)


@pytest.fixture(scope="module", autouse=True)
def _remembered() -> Iterator[None]:
    """Nodes are joined millions of times here; each pair is hashed once."""
    patch = pytest.MonkeyPatch()
    patch.setattr(tree, "node_hash", lru_cache(maxsize=None)(node_hash))
    yield
    patch.undo()


def test_root_is_that_of_the_recursive_definition() -> None:
    assert root_of([]) == EMPTY_ROOT == sha256(b"").digest()
    for size in range(1, 1001):
        assert root_of(LEAVES[:size]) == range_hash(0, size, _node) == _mth(0, size)
    assert root_of(LEAVES[:2]) == node_hash(LEAVES[0], LEAVES[1])
    assert range_hash(5, 5, _node) == EMPTY_ROOT


def test_known_roots() -> None:
    """Worked out once by hand from the leaves "", 00 and 10: the test values that CT programs share."""
    data = [b"", b"\x00", b"\x10"]
    roots = [root_of([leaf_hash(one) for one in data[:size]]).hex() for size in (1, 2, 3)]
    assert roots == [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    ]


@cache
def _told(start: int, end: int) -> bytes:
    return range_hash(start, end, _node)


def test_every_leaf_of_every_size_to_a_thousand_is_proven() -> None:
    proven = 0
    for size in range(1, 1001):
        root = _mth(0, size)
        for index in range(size):
            path = [_told(*one) for one in inclusion_ranges(index, size)]
            assert root_by_path(index, size, LEAVES[index], path) == root
            proven += 1
    assert proven == 500_500


def test_paths_are_those_of_the_recursive_definition() -> None:
    for size in (*range(1, 70), 127, 128, 129, 255, 256, 257, 511, 1000):
        for index in range(size):
            path = [_told(*one) for one in inclusion_ranges(index, size)]
            assert path == _path(index, 0, size)


def test_every_growth_to_three_hundred_is_proven() -> None:
    for second in range(301):
        for first in range(second + 1):
            path = [_told(*one) for one in consistency_ranges(first, second)]
            assert path == (_proof(first, 0, second, True) if first else [])
            roots = _mth(0, first), _mth(0, second)
            assert consistency_holds(first, roots[0], second, roots[1], path)


def test_ranges_are_made_of_whole_nodes() -> None:
    for size in range(1, 200):
        for index in range(size):
            for start, end in inclusion_ranges(index, size):
                nodes = list(whole_nodes(start, end))
                assert nodes[0][1] << nodes[0][0] == start
                assert sum(1 << level for level, _ in nodes) == end - start
                assert all(start <= n << level < end for level, n in nodes)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 5), (6, 5)])
def test_no_leaf_no_proof(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_ranges(index, size)
    assert root_by_path(index, size, LEAVES[0], []) is None


def test_no_tree_shrinks() -> None:
    with pytest.raises(ValueError, match="grown"):
        consistency_ranges(6, 5)
    assert not consistency_holds(6, _mth(0, 6), 5, _mth(0, 5), [])
    assert not consistency_holds(-1, EMPTY_ROOT, 5, _mth(0, 5), [])
    assert not consistency_holds(0, _mth(0, 1), 5, _mth(0, 5), [])
    assert not consistency_holds(3, _mth(0, 3), 5, _mth(0, 5), [])


def _other_hash(chance: random.Random, one: bytes) -> bytes:
    at = chance.randrange(32)
    return one[:at] + bytes((one[at] ^ 1 << chance.randrange(8),)) + one[at + 1 :]


def _mutated(chance: random.Random, path: list[bytes]) -> list[bytes]:
    """A path that differs: a bit, one hash less, more, or out of its place."""
    kind = chance.randrange(4)
    at = chance.randrange(len(path) + (kind == 1))
    if kind == 0:
        return [*path[:at], _other_hash(chance, path[at]), *path[at + 1 :]]
    if kind == 1:
        return [*path[:at], chance.choice(path), *path[at:]]
    if kind == 2:
        return [*path[:at], *path[at + 1 :]]
    other = (at + 1) % len(path)
    swapped = list(path)
    swapped[at], swapped[other] = swapped[other], swapped[at]
    return swapped


def _inclusion(chance: random.Random) -> bool:
    """Whether a forged proof of a place is taken."""
    size = chance.randint(2, 1000)
    index = chance.randrange(size)
    path, root = [_told(*one) for one in inclusion_ranges(index, size)], _mth(0, size)
    kind = chance.randrange(5)
    if kind == 0:
        other = chance.choice([n for n in (index - 1, index + 1, size - 1, 0) if n != index])
        return inclusion_holds(other, size, LEAVES[index], path, root)
    if kind == 1:
        return inclusion_holds(index, size, _other_hash(chance, LEAVES[index]), path, root)
    if kind == 2:
        return inclusion_holds(index, size, LEAVES[index], path, _other_hash(chance, root))
    if kind == 3:
        other = (index + 1) % size
        return inclusion_holds(index, size, LEAVES[other], path, root)
    forged = _mutated(chance, path)
    return forged != path and inclusion_holds(index, size, LEAVES[index], forged, root)


def _consistency(chance: random.Random) -> bool:
    """Whether a forged proof of growth is taken."""
    second = chance.randint(2, 1000)
    first = chance.randint(1, second - 1)
    path = [_told(*one) for one in consistency_ranges(first, second)]
    old, new = _mth(0, first), _mth(0, second)
    kind = chance.randrange(4)
    if kind == 0:
        return consistency_holds(first, _other_hash(chance, old), second, new, path)
    if kind == 1:
        return consistency_holds(first, old, second, _other_hash(chance, new), path)
    if kind == 2:
        other = chance.choice([n for n in range(second) if n != first])
        return consistency_holds(other, old, second, new, path)
    forged = _mutated(chance, path)
    return forged != path and consistency_holds(first, old, second, new, forged)


@pytest.mark.parametrize("forged", [_inclusion, _consistency], ids=["place", "growth"])
def test_no_forged_proof_is_taken(forged: Callable[[random.Random], bool]) -> None:
    chance = random.Random(6962)
    taken = sum(forged(chance) for _ in range(MUTATIONS // 2))
    assert taken == 0
