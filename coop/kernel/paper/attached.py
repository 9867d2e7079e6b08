"""Files within a paper, so that who gets it has what a stranger's program needs."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf


@dataclass(frozen=True, slots=True)
class Attached:
    """A file by its plain name, what it is in a sentence, and its media type."""

    name: str
    data: bytes
    about: str
    media_type: str


def attach(pdf: bytes, files: Sequence[Attached]) -> bytes:
    """Attach files to a paper (ISO 32000-1, 7.11.4); the same content gives the same bytes."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for one in files:
            document.attachments[one.name] = pikepdf.AttachedFileSpec(
                document,
                one.data,
                description=one.about,
                filename=one.name,
                mime_type=one.media_type,
                creation_date="",
                mod_date="",
            )
        file = io.BytesIO()
        document.save(file, deterministic_id=True)
    return file.getvalue()
