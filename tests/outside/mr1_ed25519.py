"""Ed25519 as the page reads it: strict keys, S below L, no cofactor, R compared by bytes."""

import hashlib
from functools import lru_cache
from itertools import accumulate

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
BASE = (4 * pow(5, -1, P) % P).to_bytes(32, "little")
Point = tuple[int, ...]


def _add(p: Point, q: Point) -> Point:
    """The sum of two points in extended coordinates; it holds for equal points too."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * D * p[3] % P * q[3] % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


@lru_cache(maxsize=256)
def _windows(encoded: bytes) -> list[list[Point]]:
    """Row i holds 0 to 15 times 16^i the point; no row for a key that is refused."""
    sign, y = divmod(int.from_bytes(encoded, "little"), 2**255)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != square or x == 0:  # both points with x = 0 are of small order
        return []
    x = x if x & 1 == sign else P - x
    p, rows = (x, y, 1, x * y % P), []
    for _ in range(64):
        *row, p = accumulate([p] * 16, _add, initial=(0, 1, 1, 0))
        rows.append(row)
    eightfold = rows[0][8]
    return [] if eightfold[0] == 0 and eightfold[1] == eightfold[2] else rows


def ed25519_verify(x: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature is good: no cofactor, S < L, R compared by bytes."""
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= L or not _windows(x):
        return False
    hashed = int.from_bytes(hashlib.sha512(signature[:32] + x + message).digest(), "little") % L
    point = (0, 1, 1, 0)
    for key, scalar in (BASE, s), (x, 8 * L - hashed):  # 8 L times any point is the neutral one
        for i, row in enumerate(_windows(key)):
            point = _add(point, row[scalar >> 4 * i & 15])
    inverse = pow(point[2], -1, P)
    sign, y = point[0] * inverse % P & 1, point[1] * inverse % P
    return (sign << 255 | y).to_bytes(32, "little") == signature[:32]
