"""Ed25519 by its strict reading; the arithmetic here makes what honest signers never would."""

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from coop.receipts.rules.cbor import NotCanonicalError, encode
from coop.receipts.rules.cose import ed25519_holds, good_point, key_id, sign1, take_apart
from tests.receipts.test_rules_samples import COOP_KEY, KID, x_of

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int]
ZERO: Point = (0, 1)


def add(a: Point, b: Point) -> Point:
    """RFC 8032 section 5.1.4 in affine form."""
    (x1, y1), (x2, y2) = a, b
    product = D * x1 * x2 * y1 * y2
    return (
        (x1 * y2 + x2 * y1) * pow(1 + product, -1, P) % P,
        (y1 * y2 + x1 * x2) * pow(1 - product, -1, P) % P,
    )


def times(number: int, point: Point) -> Point:
    found = ZERO
    while number:
        if number & 1:
            found = add(found, point)
        point, number = add(point, point), number >> 1
    return found


def x_from(y: int, sign: int) -> int:
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    assert x * x % P == square
    return x if x & 1 == sign else -x % P


def written(point: Point) -> bytes:
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")


def number_of(*parts: bytes) -> int:
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % L


_BY = 4 * pow(5, -1, P) % P
BASE: Point = (x_from(_BY, 0), _BY)


def _point_of_order_8() -> Point:
    """L times any point leaves its part of small order."""
    for y in range(2, 200):
        square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
        if pow(square, (P - 1) // 2, P) == 1:
            found = times(L, (x_from(y, 0), y))
            if times(4, found) != ZERO:
                return found
    raise AssertionError("half of all points have a part of order 8")


TORSION = _point_of_order_8()
SMALL = [written(times(n, TORSION)) for n in range(8)]
MESSAGE = b"forty kilograms of dhibra"
SECRET = 0x1234567890ABCDEF1234567890ABCDEF
PUBLIC = written(times(SECRET, BASE))


def signed(r_bytes: bytes, r: int, secret: int = SECRET, public: bytes = PUBLIC) -> bytes:
    """S = r + k a for whatever R is claimed."""
    k = number_of(r_bytes, public, MESSAGE)
    return r_bytes + ((r + k * secret) % L).to_bytes(32, "little")


RFC_8032 = {
    "test 1": (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        b"",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9"
        "b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    "test 2": (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        b"\x72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f1"
        "1d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    "test 3": (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        b"\xaf\x82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984d"
        "c6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    "SHA(abc)": (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        hashlib.sha512(b"abc").digest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431"
        "e0303dca179c138ac17ad9bef1177331a704",
    ),
}


@pytest.mark.parametrize(("secret", "x", "message", "signature"), RFC_8032.values(), ids=RFC_8032)
def test_the_vectors_of_rfc_8032(secret: str, x: str, message: bytes, signature: str) -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))
    assert x_of(key).hex() == x
    assert key.sign(message).hex() == signature
    assert ed25519_holds(bytes.fromhex(x), bytes.fromhex(signature), message)
    assert not ed25519_holds(bytes.fromhex(x), bytes.fromhex(signature), message + b"\0")


def test_the_arithmetic_of_these_tests_signs_what_holds() -> None:
    assert ed25519_holds(PUBLIC, signed(written(times(77, BASE)), 77), MESSAGE)


def test_s_not_below_l_is_refused() -> None:
    good = signed(written(times(77, BASE)), 77)
    for often in range(1, 15):
        s = int.from_bytes(good[32:], "little") + often * L
        assert not ed25519_holds(PUBLIC, good[:32] + s.to_bytes(32, "little"), MESSAGE)
    neutral = written(ZERO)
    k = number_of(neutral, PUBLIC, MESSAGE)
    r = -k * SECRET % L  # then S is 0, and L says the same
    bytes_r = written(times(r, BASE))
    assert not ed25519_holds(PUBLIC, bytes_r + L.to_bytes(32, "little"), MESSAGE)


def test_the_cofactor_is_not_multiplied_away() -> None:
    r_bytes = written(add(times(77, BASE), TORSION))
    forged = signed(r_bytes, 77)
    s, k = int.from_bytes(forged[32:], "little"), number_of(r_bytes, PUBLIC, MESSAGE)
    right = add(add(times(77, BASE), TORSION), times(k * SECRET % L, BASE))
    assert times(8 * s, BASE) == times(8, right)  # a verifier with the cofactor would take it
    assert not ed25519_holds(PUBLIC, forged, MESSAGE)


def test_r_is_compared_by_its_bytes() -> None:
    neutral = written(ZERO)
    assert ed25519_holds(PUBLIC, signed(neutral, 0), MESSAGE)  # strange, yet what RFC 8032 says
    for alias in ((P + 1).to_bytes(32, "little"), (1 | 1 << 255).to_bytes(32, "little")):
        assert not ed25519_holds(PUBLIC, signed(alias, 0), MESSAGE)


def test_keys_of_small_order_are_refused() -> None:
    assert len(set(SMALL)) == 8
    assert times(8, TORSION) == ZERO != times(4, TORSION)
    for x in SMALL:
        assert not good_point(x)
    forged = signed(written(times(77, BASE)), 77, 0, SMALL[0])  # holds for every message
    assert not ed25519_holds(SMALL[0], forged, MESSAGE)


def test_a_key_of_mixed_order_is_no_small_order() -> None:
    """Only small order is refused; such a key is odd but a point like any other."""
    assert good_point(written(add(times(SECRET, BASE), TORSION)))


@pytest.mark.parametrize("y", range(P, 2**255))
@pytest.mark.parametrize("sign", [0, 1])
def test_keys_that_are_not_reduced_are_refused(y: int, sign: int) -> None:
    assert not good_point((y | sign << 255).to_bytes(32, "little"))


@pytest.mark.parametrize("y", [1, P - 1])
def test_minus_zero_is_no_canonical_point(y: int) -> None:
    assert not good_point((y | 1 << 255).to_bytes(32, "little"))


def test_bytes_off_the_curve_and_of_other_lengths_are_refused() -> None:
    on_curve = [y for y in range(2, 60) if pow((y * y - 1) * (D * y * y + 1), (P - 1) // 2, P) == 1]
    assert 10 < len(on_curve) < 50
    for y in range(2, 60):
        assert good_point(y.to_bytes(32, "little")) == (y in on_curve)
    assert not good_point(b"")
    assert not good_point(PUBLIC + b"\0")
    assert not ed25519_holds(PUBLIC, bytes(63), MESSAGE)


@settings(max_examples=60)
@given(st.binary(min_size=32, max_size=32))
def test_every_real_key_is_good(seed: bytes) -> None:
    assert good_point(x_of(Ed25519PrivateKey.from_private_bytes(seed)))


def test_a_key_id_is_the_start_of_the_thumbprint() -> None:
    x = x_of(COOP_KEY)
    assert key_id(x) == hashlib.sha256(bytes.fromhex("a301012006215820") + x).digest()[:8]


_TAG, _PROTECTED, _PAYLOAD, _SIGNATURE = b"\xd2", b"\xa0", b"\xa0", bytes(64)


def _message(*parts: object) -> bytes:
    return _TAG + encode(list(parts))


FORMS = {
    "three parts": _message(_PROTECTED, {}, _PAYLOAD),
    "five parts": _message(_PROTECTED, {}, _PAYLOAD, _SIGNATURE, None),
    "no array": _TAG + b"\xa0",
    "an unprotected header": _message(_PROTECTED, {4: KID}, _PAYLOAD, _SIGNATURE),
    "unprotected as an array": _message(_PROTECTED, [], _PAYLOAD, _SIGNATURE),
    "protected as a map": _message({}, {}, _PAYLOAD, _SIGNATURE),
    "protected empty": _message(b"", {}, _PAYLOAD, _SIGNATURE),
    "protected not canonical": _message(b"\xa1\x01\x38\x12\x00", {}, _PAYLOAD, _SIGNATURE),
    "payload null": _message(_PROTECTED, {}, None, _SIGNATURE),
    "payload not canonical": _message(_PROTECTED, {}, b"\x18\x01", _SIGNATURE),
    "payload with more after it": _message(_PROTECTED, {}, b"\xa0\xa0", _SIGNATURE),
    "63 bytes of signature": _message(_PROTECTED, {}, _PAYLOAD, bytes(63)),
    "65 bytes of signature": _message(_PROTECTED, {}, _PAYLOAD, bytes(65)),
    "signature as text": _message(_PROTECTED, {}, _PAYLOAD, "a" * 64),
    "no tag": _message(_PROTECTED, {}, _PAYLOAD, _SIGNATURE)[1:],
}


@pytest.mark.parametrize("data", FORMS.values(), ids=FORMS.keys())
def test_messages_of_another_form(data: bytes) -> None:
    assert take_apart(_message(_PROTECTED, {}, _PAYLOAD, _SIGNATURE)).payload == _PAYLOAD
    with pytest.raises(NotCanonicalError):
        take_apart(data)


def test_what_is_signed_is_taken_apart_again() -> None:
    found = take_apart(sign1({1: -19, 4: KID}, b"MR1\0", b"\x01", COOP_KEY))
    assert (found.header, found.payload) == ({1: -19, 4: KID}, b"\x01")
