"""Signed notes, checkpoints and cosignatures: what is read, what spoils one, what is passed over."""

from hashlib import sha256

import pytest

from coop.receipts.rules.note import (
    Cosignature,
    Head,
    SignatureLine,
    base64_text,
    bytes_of_base64,
    cosign,
    line_holds,
    read_checkpoint,
    read_head,
    read_note,
    read_vkey,
    sign_head,
    vkey,
)
from coop.receipts.rules.trust_list import LOG, WITNESS, LogKey
from tests.receipts.test_rules_samples import private, x_of

ORIGIN = "abhrak.example/mr1"
LOG_KEY = LogKey(ORIGIN, LOG, x_of(private(10)))
NGO = LogKey("ngo.example/w1", WITNESS, x_of(private(11)))
BUYERS = LogKey("buyers.example/w1", WITNESS, x_of(private(12)))
KEYS = (LOG_KEY, NGO, BUYERS)
HEAD = Head(ORIGIN, 5, sha256(b"root").digest())
SIGNED = sign_head(HEAD, [(LOG_KEY, private(10))])
NGO_LINE = cosign(HEAD.text, NGO, private(11), 1_790_000_000).text.encode()


def test_a_note_that_other_programs_share() -> None:
    """The example that the Go library for notes is tested with."""
    key = read_vkey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    note = read_note(
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngot"
        "pRZb6KE6RyyBwJnAM=\n".encode()
    )
    assert key is not None
    assert note is not None
    assert line_holds(note.lines[0], note.text, key)
    assert not line_holds(note.lines[0], note.text + "x\n", key)


def test_key_ids_are_those_of_c2sp() -> None:
    want = sha256(b"ngo.example/w1\n\x04" + x_of(private(11))).digest()[:4]
    assert NGO.id == want
    assert vkey(NGO).split("+")[:2] == ["ngo.example/w1", want.hex()]
    assert read_vkey(vkey(NGO)) == NGO
    assert read_vkey(vkey(LOG_KEY)) == LOG_KEY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a+b",
        vkey(NGO)[:-4],
        vkey(NGO).replace("ngo", "ong"),
        vkey(LogKey("a", 2, bytes(32))),
        vkey(LogKey("a b", 4, bytes(32))),
        vkey(NGO) + "\n",
    ],
)
def test_what_is_no_key_in_one_word(text: str) -> None:
    assert read_vkey(text) is None


def test_a_checkpoint_written_by_hand() -> None:
    text = f"{ORIGIN}\n5\n{base64_text(HEAD.root)}\n"
    signature = private(10).sign(text.encode())
    by_hand = f"{text}\n— {ORIGIN} {base64_text(LOG_KEY.id + signature)}\n".encode()
    assert by_hand == SIGNED
    told = b"cosignature/v1\ntime 1790000000\n" + text.encode()
    signature = (1_790_000_000).to_bytes(8, "big") + private(11).sign(told)
    assert NGO_LINE.decode() == f"— {NGO.name} {base64_text(NGO.id + signature)}\n"
    found = read_checkpoint(SIGNED + NGO_LINE, KEYS)
    assert found is not None
    assert (found.head, found.logged) == (HEAD, True)
    assert found.cosignatures == (Cosignature(NGO.name, 1_790_000_000),)
    assert found.note.data == SIGNED + NGO_LINE


def test_lines_of_unknown_keys_and_extensions_say_nothing() -> None:
    assert read_checkpoint(SIGNED + NGO_LINE, [LOG_KEY]) == read_checkpoint(
        SIGNED + NGO_LINE, [LOG_KEY, BUYERS]
    )
    stranger = SignatureLine("x.example", b"abcd", b"e").text.encode()
    same_name = SignatureLine(ORIGIN, b"abcd", bytes(64)).text.encode()
    same_id = SignatureLine("x.example", LOG_KEY.id, bytes(64)).text.encode()
    found = read_checkpoint(SIGNED + stranger + same_name + same_id, KEYS)
    assert found is not None
    assert found.logged
    text = HEAD.text + "one more line\nand another\n"
    signature = SignatureLine(ORIGIN, LOG_KEY.id, private(10).sign(text.encode()))
    longer = read_checkpoint(f"{text}\n{signature.text}".encode(), KEYS)
    assert longer is not None
    assert (longer.head, longer.logged) == (HEAD, True)


def test_a_false_line_of_a_known_key_spoils_it() -> None:
    for line in (
        SignatureLine(NGO.name, NGO.id, bytes(72)),
        SignatureLine(NGO.name, NGO.id, b"x"),
        SignatureLine(LOG_KEY.name, LOG_KEY.id, bytes(64)),
        cosign(HEAD.text + "more\n", NGO, private(11), 5),
        cosign(HEAD.text, NGO, private(12), 5),
        cosign(HEAD.text, NGO, private(11), 2**63),
    ):
        assert read_checkpoint(SIGNED + line.text.encode(), KEYS) is None
        assert read_checkpoint(SIGNED + line.text.encode(), []) is not None
    assert read_checkpoint(SIGNED + NGO_LINE, KEYS) is not None
    last = cosign(HEAD.text, NGO, private(11), 2**63 - 1).text.encode()
    assert read_checkpoint(SIGNED + last, KEYS) is not None


def test_logged_only_by_the_key_of_that_origin() -> None:
    nobody = SignatureLine("x.example", b"abcd", b"e")
    for key, number in ((LogKey("other.example/mr1", LOG, LOG_KEY.x), 10), (NGO, 11)):
        line = (
            cosign(HEAD.text, key, private(number), 5)
            if key is NGO
            else SignatureLine(key.name, key.id, private(number).sign(HEAD.text.encode()))
        )
        found = read_checkpoint(f"{HEAD.text}\n{line.text}{nobody.text}".encode(), [*KEYS, key])
        assert found is not None
        assert not found.logged


def test_two_keys_of_the_log_while_they_overlap() -> None:
    newer = LogKey(ORIGIN, LOG, x_of(private(13)))
    both = sign_head(HEAD, [(LOG_KEY, private(10)), (newer, private(13))])
    for known in ([LOG_KEY], [newer], [LOG_KEY, newer]):
        found = read_checkpoint(both, known)
        assert found is not None
        assert found.logged


_BAD = {
    "empty": b"",
    "no lines of signatures": HEAD.text.encode() + b"\n",
    "no empty line": HEAD.text.encode() + SIGNED.split(b"\n\n")[1],
    "last line without an end": SIGNED[:-1],
    "a line feed more": SIGNED + b"\n",
    "a carriage return": SIGNED.replace(b"\n5\n", b"\r\n5\n"),
    "a tab": SIGNED.replace(b"\n\n", b"\nx\ty\n\n"),
    "no UTF-8": SIGNED.replace(b"abhrak", b"abhr\xffk"),
    "a hyphen for the dash": SIGNED.replace("—".encode(), b"-"),
    "two spaces": SIGNED.replace(b"mr1 ", b"mr1  "),
    "no signature": SIGNED[: SIGNED.rindex(b" ")] + b"\n",
    "signature without padding": SIGNED[:-2] + b"\n",
    "signature of four bytes": HEAD.text.encode() + f"\n— a {base64_text(bytes(4))}\n".encode(),
    "a plus in the name": SIGNED + b"\xe2\x80\x94 a+b AAAAAAA=\n",
    "no name": SIGNED + b"\xe2\x80\x94  AAAAAAA=\n",
    "size with a zero before": SIGNED.replace(b"\n5\n", b"\n05\n"),
    "size with a sign": SIGNED.replace(b"\n5\n", b"\n+5\n"),
    "size of 2^64": SIGNED.replace(b"\n5\n", b"\n18446744073709551616\n"),
    "size in other digits": SIGNED.replace(b"\n5\n", "\n५\n".encode()),
    "no origin": SIGNED[SIGNED.index(b"\n") :],
    "two lines": b"\n".join(SIGNED.split(b"\n")[1:]),
    "a root of 31": SIGNED.replace(
        base64_text(HEAD.root).encode(), base64_text(HEAD.root[:31]).encode()
    ),
}


@pytest.mark.parametrize("data", _BAD.values(), ids=_BAD.keys())
def test_what_is_no_checkpoint(data: bytes) -> None:
    assert read_checkpoint(data, []) is None


def test_a_text_with_an_empty_line_is_a_note_but_no_checkpoint() -> None:
    line = SignatureLine("a", b"abcd", b"e").text
    note = read_note(f"{HEAD.text}\nmore\n\n{line}".encode())
    assert note is not None
    assert note.text.endswith("\n\nmore\n")
    assert read_head(note.text) is None


def test_no_single_byte_of_a_checkpoint_may_change() -> None:
    """Of the log's own line and the text; a line of nobody's key may say what it likes."""
    good = SIGNED + NGO_LINE
    for place in range(len(good)):
        for flip in (1, 0x20, 0x80):
            edited = bytearray(good)
            edited[place] ^= flip
            found = read_checkpoint(bytes(edited), KEYS)
            assert found is None or not (found.logged and found.cosignatures), (place, flip)


def test_base64_is_written_in_one_way_only() -> None:
    assert bytes_of_base64("YQ==") == b"a"
    for text in ("YR==", "YQ", "YQ=", "YQ==\n", " YQ==", "YQ==YQ==", "Y Q==", "YQ-_"):
        assert bytes_of_base64(text) is None
