"""Files within a paper, so that who gets it has what a stranger's program needs.

They are written with the page's own objects, in one pass (docs/decisions/0050).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import md5
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObjectReference,
    PDFStream,
    PDFString,
)
from reportlab.pdfgen.canvas import Canvas


@dataclass(frozen=True, slots=True)
class Attached:
    """A file by its plain name, what it is in a sentence, and its media type."""

    name: str
    data: bytes
    about: str
    media_type: str


def attach(canvas: Canvas, files: Sequence[Attached]) -> None:
    """Attach files to the paper that this canvas becomes, once, before it is finished.

    ISO 32000-1, 7.11.4: each file is a stream, told of by a file specification; the name tree
    ``EmbeddedFiles`` lists them by name, and ``AF`` (ISO 32000-2, 14.13) says that they are the
    paper's own. Names of ASCII alone, or the tree's order would be another's than ours. Raises
    UnicodeEncodeError for others.
    """
    document: Any = canvas._doc
    known: list[tuple[bytes, PDFObjectReference]] = [
        (one.name.encode("ascii"), document.Reference(_specification(document, one)))
        for one in files
    ]
    tree = [part for name, at in sorted(known, key=_name) for part in (PDFString(name), at)]
    catalog = document.Catalog
    catalog.Names = PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": PDFArray(tree)})})
    catalog.AF = PDFArray([at for _, at in known])
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF"]  # what of its attributes it writes
    document._pdfVersion = max(document._pdfVersion, (1, 4))  # EmbeddedFiles came with it


def _name(entry: tuple[bytes, PDFObjectReference]) -> bytes:
    return entry[0]


def _specification(document: Any, one: Attached) -> PDFDictionary:
    """A file with its name, in the old key and the new one, and its sentence."""
    about = {
        "Type": PDFName("EmbeddedFile"),
        "Subtype": "/" + one.media_type.replace("/", "#2F"),  # a name's own slash, as it is written
        "Params": PDFDictionary(
            {
                "Size": len(one.data),
                # CheckSum is MD5 by the standard; it guards against a torn file, nothing more.
                "CheckSum": f"<{md5(one.data, usedforsecurity=False).hexdigest()}>",
            }
        ),
    }
    stream = document.Reference(PDFStream(PDFDictionary(about), one.data))
    return PDFDictionary(
        {
            "Type": PDFName("Filespec"),
            "F": PDFString(one.name),
            "UF": PDFString(one.name),
            "Desc": PDFString(one.about),
            "AFRelationship": PDFName("Data"),
            "EF": PDFDictionary({"F": stream, "UF": stream}),
        }
    )
