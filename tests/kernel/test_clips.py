"""Recorded voices: what is kept, by its own bytes, and how a part of one is answered."""

import pytest

from coop.kernel.clips import MOST_BYTES, Clip, media_of, read_clip
from coop.kernel.refusal import Refusal
from coop.kernel.web.clip import clip_answer

OGG = b"OggS" + bytes(24) + b"OpusHead" + bytes(400)


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (OGG, "audio/ogg"),
        (b"\x1a\x45\xdf\xa3" + bytes(20) + b"webm" + bytes(300), "audio/webm"),
        (bytes(4) + b"ftypM4A " + bytes(300), "audio/mp4"),
        (b"RIFF" + bytes(4) + b"WAVEfmt " + bytes(300), "audio/wav"),
        (b"ID3" + bytes(300), "audio/mpeg"),
        (b"\xff\xfb" + bytes(300), "audio/mpeg"),
        (b"<html><script>alert(1)</script>" + bytes(300), None),
        (b"%PDF-1.7" + bytes(300), None),
        (b"\x89PNG\r\n" + bytes(300), None),
        (b"OggS" + bytes(300), None),  # a film in the same wrapping
        (b"#!AMR\n" + bytes(300), None),  # no browser plays it
        (bytes(4) + b"ftypqt  " + bytes(300), None),
    ],
)
def test_a_sound_is_known_by_its_own_bytes(data: bytes, media: str | None) -> None:
    assert media_of(data) == media
    read = read_clip(data, "sound")
    assert read == Clip(media, data) if media else isinstance(read, Refusal)


def test_nothing_and_too_much_are_refused_at_the_field() -> None:
    for data, code in (
        (b"", "missing"),
        (OGG + bytes(MOST_BYTES), "too_long"),
        (OGG[:100], "no_sound"),
    ):
        read = read_clip(data, "sound")
        assert isinstance(read, Refusal)
        assert (read.code, read.field) == (code, "sound")


@pytest.mark.parametrize(
    ("asked", "status", "content", "range_"),
    [
        (None, 200, b"0123456789", None),
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=0-99", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=4-2", 416, b"", "bytes */10"),
        ("bytes=1-2,4-5", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
    ],
)
def test_a_part_is_answered(
    asked: str | None, status: int, content: bytes, range_: str | None
) -> None:
    answer = clip_answer(b"0123456789", "audio/ogg", asked)
    assert (answer.status_code or 200, answer.content) == (status, content)
    assert answer.headers.get("content-range") == range_
