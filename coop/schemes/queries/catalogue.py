"""The catalogue as its files stand: TOML beside this package, read once and proved as a whole.

No database and no web: `coop schemes check` needs neither.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from coop.paths import PACKAGE
from coop.schemes.rules.judging import DayRules
from coop.schemes.rules.reading.catalogue import Files, read_catalogue
from coop.schemes.rules.reading.lines import line_of
from coop.schemes.rules.scheme import Catalogue, Fault, Faulty

_AT_LINE = re.compile(r"at line ([0-9]+)")
FOLDER = PACKAGE / "schemes"


@cache
def catalogue() -> Catalogue:
    """The catalogue of this installation. Raises Faulty, which names file and row."""
    return catalogue_in(FOLDER)


def catalogue_in(folder: Path) -> Catalogue:
    """The catalogue of a folder with ``catalogue``, ``facts`` and ``words.toml``. Raises Faulty."""
    try:
        return read_catalogue(
            Files(
                _tables(folder / "catalogue"),
                _tables(folder / "facts"),
                _table(folder / "words.toml"),
            )
        )
    except Faulty as faulty:
        raise Faulty([_with_line(folder, fault) for fault in faulty.faults]) from faulty


def _with_line(folder: Path, fault: Fault) -> Fault:
    for path in (
        folder / "catalogue" / fault.file,
        folder / "facts" / fault.file,
        folder / fault.file,
    ):
        if not fault.line and path.is_file():
            return replace(fault, line=line_of(path.read_text("utf-8", "replace"), fault) or 1)
    return fault


@lru_cache(maxsize=4)
def rules_on(on: date) -> DayRules:
    """The installation's catalogue made ready for a day."""
    return DayRules(catalogue(), on)


def _tables(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    return {path.name: _table(path) for path in sorted(folder.glob("*.toml"))}


def _table(path: Path) -> Mapping[str, Any]:
    try:
        # A threshold of 2.5 acres is compared as it is written.
        return tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as wrong:
        at = _AT_LINE.search(str(wrong))
        fault = Fault(path.name, "", f"this is not TOML: {wrong}", int(at[1]) if at else 0)
        raise Faulty([fault]) from wrong
