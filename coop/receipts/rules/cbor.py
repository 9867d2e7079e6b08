"""Deterministic CBOR (RFC 8949 section 4.2.1), the part that MR1 uses, read strictly.

Integers, byte strings, text strings, arrays, maps and null. Bytes that this module would not write
itself are not read: shortest heads, definite lengths, map keys in bytewise order, none twice.
"""

from dataclasses import dataclass

DEEPEST = 16
_SHORT_HEADS = tuple(bytes((first,)) for first in range(256))


class NotCanonicalError(ValueError):
    """Bytes that are not deterministic CBOR of the allowed kinds."""


@dataclass(frozen=True, slots=True)
class CompositeKey:
    """A map key that is an array or a map, kept as bytes: CBOR allows it, Python does not."""

    written: bytes


def head(major: int, number: int) -> bytes:
    """The shortest head of a major type and its number below 2^64."""
    kind = major << 5
    if number < 24:
        return _SHORT_HEADS[kind | number]
    for extra, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if number < 1 << (8 * size):
            return _SHORT_HEADS[kind | extra] + number.to_bytes(size, "big")
    raise ValueError("a number of 2^64 or more")


def encode(item: object, depth: int = 0) -> bytes:
    """Encode an item. Raises ValueError for what ``decode`` would not read.

    >>> encode({6: "a", -1: [None]}).hex()
    'a20661612081f6'
    """
    if type(item) is int:
        if 0 <= item < 24:
            return _SHORT_HEADS[item]
        return head(0, item) if item >= 0 else head(1, -1 - item)
    if isinstance(item, bytes):
        return head(2, len(item)) + item
    if isinstance(item, str):
        text = item.encode("utf-8")
        return head(3, len(text)) + text
    if item is None:
        return b"\xf6"
    if isinstance(item, CompositeKey):
        return item.written
    return _encode_nested(item, depth)


def _encode_nested(item: object, depth: int) -> bytes:
    if depth >= DEEPEST:
        raise ValueError("nested too deep")
    below = depth + 1
    if isinstance(item, (list, tuple)):
        return head(4, len(item)) + b"".join([encode(one, below) for one in item])
    if isinstance(item, dict):
        pairs = sorted((encode(key, below), encode(value, below)) for key, value in item.items())
        return head(5, len(pairs)) + b"".join([key + value for key, value in pairs])
    raise ValueError(f"MR1 has no {type(item).__name__}")


def decode(data: bytes) -> object:
    """Decode exactly one item to int, bytes, str, None, list or dict. Raises NotCanonicalError."""
    reader = _Reader(data)
    item = reader.item(0)
    if reader.at != len(data):
        raise NotCanonicalError("bytes after the item")
    return item


def decode_tagged(data: bytes, tag: int) -> object:
    """Decode one item that stands under an outer tag. Raises NotCanonicalError."""
    wanted = head(6, tag)
    if not data.startswith(wanted):
        raise NotCanonicalError(f"tag {tag} is missing")
    return decode(data[len(wanted) :])


class _Reader:
    """Walks through the bytes; every length is checked against what is left."""

    __slots__ = ("at", "data")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, count: int) -> bytes:
        end = self.at + count
        if end > len(self.data):
            raise NotCanonicalError("cut short")
        taken = self.data[self.at : end]
        self.at = end
        return taken

    def head(self) -> tuple[int, int]:
        first = self.take(1)[0]
        major, low = first >> 5, first & 31
        if low < 24:
            return major, low
        if low > 27:
            raise NotCanonicalError("an indefinite or reserved length")
        size = 1 << (low - 24)
        number = int.from_bytes(self.take(size), "big")
        if number < (24 if size == 1 else 1 << (4 * size)):
            raise NotCanonicalError("not the shortest head")
        return major, number

    def item(self, depth: int) -> object:
        start = self.at
        major, number = self.head()
        if major == 0:
            return number
        if major == 1:
            return -1 - number
        if major == 2:
            return self.take(number)
        if major == 3:
            return self.text(number)
        if major in (4, 5):
            if depth >= DEEPEST:
                raise NotCanonicalError("nested too deep")
            return self.array(number, depth) if major == 4 else self.map(number, depth)
        if self.data[start : self.at] == b"\xf6":
            return None
        raise NotCanonicalError("a kind of item that MR1 does not use")

    def text(self, length: int) -> str:
        try:
            return self.take(length).decode("utf-8")
        except UnicodeDecodeError as error:
            raise NotCanonicalError("text that is not UTF-8") from error

    def array(self, count: int, depth: int) -> list[object]:
        if count > len(self.data):
            raise NotCanonicalError("cut short")
        return [self.item(depth + 1) for _ in range(count)]

    def map(self, count: int, depth: int) -> dict[object, object]:
        found: dict[object, object] = {}
        last = b""
        for _ in range(count):
            start = self.at
            key = self.item(depth + 1)
            written = self.data[start : self.at]
            if written <= last:
                raise NotCanonicalError("keys out of order or twice")
            last = written
            if isinstance(key, (list, dict)):
                key = CompositeKey(written)
            found[key] = self.item(depth + 1)
        return found
