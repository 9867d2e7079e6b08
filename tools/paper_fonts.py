"""Make the fonts of vendor/fonts anew: Noto Sans and Noto Sans Devanagari in one file a weight.

    python -m pip install --target DIR fonttools
    PYTHONPATH=DIR python tools/paper_fonts.py /usr/share/fonts/truetype/noto

reportlab has no fallback from one font to another, and a word that mixes two prints boxes; so one
font carries both scripts. It must have a name of its own: faces are told apart by their PostScript name.
"""

import hashlib
import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger, Options
from fontTools.subset import Options as SubsetOptions
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont

NAME = "Abhrak Sans"
OUT = Path(__file__).resolve().parents[1] / "vendor" / "fonts"
# Latin as English and Indian names need it, signs of money and of arithmetic, arrows.
LATIN = [
    *range(0x20, 0x180), *range(0x2010, 0x2028), 0x2030, 0x2032, 0x2033, 0x20B9, 0x2190, 0x2192, 0x2212, 0x2248, 0x25CC,
]  # fmt: skip
_FAMILY, _FULL, _POSTSCRIPT = (1, 16), (3, 4), 6


def latin_part(source: Path, folder: Path) -> Path:
    """The Latin letters of a font that has Greek and Cyrillic too."""
    options = SubsetOptions()
    options.layout_features = ["*"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    font = TTFont(source)
    cutter = Subsetter(options)
    cutter.populate(unicodes=LATIN)
    cutter.subset(font)
    made = folder / source.name
    font.save(made)
    return made


def merged(weight: str, noto: Path, folder: Path) -> Path:
    """Both scripts of a weight in one renamed file."""
    latin = latin_part(noto / f"NotoSans-{weight}.ttf", folder)
    font = Merger(Options(drop_tables=["vmtx", "vhea", "MATH", "DSIG"])).merge(
        [str(latin), str(noto / f"NotoSansDevanagari-{weight}.ttf")]
    )
    for row in font["name"].names:
        if row.nameID == _POSTSCRIPT:
            row.string = f"{NAME.replace(' ', '')}-{weight}"
        elif row.nameID in _FAMILY:
            row.string = NAME
        elif row.nameID in _FULL:
            row.string = f"{NAME} {weight}"
    font["head"].created = font["head"].modified = 3_600_000_000  # the same file each time
    made = OUT / f"{NAME.replace(' ', '')}-{weight}.ttf"
    font.recalcTimestamp = False
    font.save(made)
    return made


def main(noto: Path) -> None:
    """Write the fonts and their hashes."""
    OUT.mkdir(parents=True, exist_ok=True)
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for weight in ("Regular", "Bold"):
            made = merged(weight, noto, Path(folder))
            lines.append(f"{hashlib.sha256(made.read_bytes()).hexdigest()}  {made.name}")
    (OUT / "SHA256SUMS").write_text("\n".join(lines) + "\n", "ascii")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
