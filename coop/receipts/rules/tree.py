"""The tree of hashes of RFC 6962 section 2.1: leaves, nodes, roots, and proofs about them.

A *whole node* ``(level, n)`` covers the leaves from ``n << level`` up to ``(n + 1) << level`` and never
changes once its last leaf stands. Proofs are made of ranges of leaves; each range is a few whole nodes.
"""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()
Range = tuple[int, int]
NodeHash = Callable[[int, int], bytes]


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf's data (RFC 6962: 0x00 before it)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two nodes (RFC 6962: 0x01 before them)."""
    return sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes in their order; ``EMPTY_ROOT`` over none.

    Pairs are joined level by level and an odd last one goes up as it is: the same tree as RFC 6962's
    split at the largest power of two.
    """
    if not hashes:
        return EMPTY_ROOT
    level = list(hashes)
    while len(level) > 1:
        paired = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(level) - len(level) % 2 :]
    return level[0]


def whole_nodes(start: int, end: int) -> Iterator[tuple[int, int]]:
    """The whole nodes that a range of a proof is made of, the widest first.

    ``start`` is a multiple of the widest node's width, as in every range of a proof.

    >>> list(whole_nodes(8, 13))
    [(2, 2), (0, 12)]
    """
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def range_hash(start: int, end: int, node: NodeHash) -> bytes:
    """The tree hash over the leaves of a proof's range; ``node`` gives the whole nodes' hashes."""
    hashes = [node(level, n) for level, n in whole_nodes(start, end)]
    if not hashes:
        return EMPTY_ROOT
    found = hashes.pop()
    while hashes:
        found = node_hash(hashes.pop(), found)
    return found


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """What the proof of a leaf's place consists of, from the leaf's sibling upwards (§2.1.1).

    Raises ValueError for an index outside the tree.

    >>> inclusion_ranges(3, 5)
    [(2, 3), (0, 2), (4, 5)]
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    start, end, found = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start = middle
    return found[::-1]


def consistency_ranges(first: int, second: int) -> list[Range]:
    """What the proof consists of that a tree of ``second`` leaves only added to one of ``first`` (§2.1.2).

    Nothing is to be proved from an empty tree on. Raises ValueError where the first is the larger.

    >>> consistency_ranges(3, 7)
    [(2, 3), (3, 4), (0, 2), (4, 7)]
    """
    if not 0 <= first <= second:
        raise ValueError(f"a tree of {second} cannot have grown from one of {first}")
    if first in (0, second):
        return []
    start, end, found = 0, second, []
    while end != first:
        middle = start + _split(end - start)
        if first <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start = middle
    if start > 0:  # the first tree is not a whole node of the second: its last part is told
        found.append((start, end))
    return found[::-1]


def _split(width: int) -> int:
    """The largest power of two below a width of at least two."""
    return 1 << (width - 1).bit_length() - 1


def root_by_path(index: int, size: int, leaf: bytes, path: Sequence[bytes]) -> bytes | None:
    """The root that a leaf's path leads to (RFC 9162 §2.1.3.2), None where the path has another length."""
    if not 0 <= index < size:
        return None
    place, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    return found if last == 0 else None


def inclusion_holds(index: int, size: int, leaf: bytes, path: Sequence[bytes], root: bytes) -> bool:
    """Whether a path proves that a leaf (its hash) stands at a place in a tree of this size and root."""
    return root_by_path(index, size, leaf, path) == root


def consistency_holds(
    first: int, first_root: bytes, second: int, second_root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether a path proves that one tree only added to another (RFC 9162 §2.1.4.2).

    From an empty tree, or from a tree to itself, the path is empty.
    """
    if not 0 <= first <= second:
        return False
    if first == second:
        return not path and first_root == second_root
    if first == 0:
        return not path and first_root == EMPTY_ROOT
    hashes = [first_root, *path] if first & (first - 1) == 0 else list(path)
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    if not hashes:
        return False
    older = newer = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            older, newer = node_hash(sibling, older), node_hash(sibling, newer)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            newer = node_hash(newer, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and older == first_root and newer == second_root
