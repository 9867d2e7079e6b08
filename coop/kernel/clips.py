"""A recorded voice as somebody hands it in: which kind it is by its own first bytes, and whether it is kept.

What the browser or the file's name says of the kind is not believed: only what a page can play is kept,
and it is served as what it is.
"""

import hashlib
from dataclasses import dataclass

from coop.kernel.refusal import Refusal
from coop.kernel.words import say

MOST_BYTES = (
    1_000_000  # a minute of speech as phones record it; the request's own limit is twice that
)
_LEAST_BYTES = 200
_MP4_AUDIO = (b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"dash", b"3gp4", b"3gp5")


@dataclass(frozen=True, slots=True)
class Clip:
    """A voice that may be kept: its kind as HTTP names it, and its bytes."""

    media: str
    data: bytes

    @property
    def sha256(self) -> str:
        """What the bytes are known by, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def media_of(data: bytes) -> str | None:
    """The kind of a sound by its first bytes; None where no page plays it.

    >>> media_of(b"OggS" + bytes(24) + b"OpusHead"), media_of(b"RIFF....WAVEfmt "), media_of(b"<svg onload=x>")
    ('audio/ogg', 'audio/wav', None)
    """
    if data[:4] == b"OggS" and (b"OpusHead" in data[:64] or b"\x01vorbis" in data[:64]):
        return "audio/ogg"
    if data[:4] == b"\x1a\x45\xdf\xa3" and b"webm" in data[:64]:
        return "audio/webm"
    if data[4:8] == b"ftyp" and data[8:12] in _MP4_AUDIO:
        return "audio/mp4"
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "audio/wav"
    if data[:3] == b"ID3" or (
        len(data) > 3 and data[0] == 0xFF and data[1] in (0xFB, 0xFA, 0xF3, 0xF2)
    ):
        return "audio/mpeg"
    return None


def read_clip(data: bytes, field: str) -> Clip | Refusal:
    """A voice to keep, or why it is not: nothing in it, too long, no sound. ``field``: the input's name."""
    if not data:
        return Refusal("missing", say("Choose a recording, or record one now."), field)
    if len(data) > MOST_BYTES:
        return Refusal("too_long", say("The recording is too long. Record it shorter."), field)
    media = media_of(data)
    if media is None or len(data) < _LEAST_BYTES:
        message = say("This file holds no sound to play. Choose MP3 or M4A.")
        return Refusal("no_sound", message, field)
    return Clip(media, data)
