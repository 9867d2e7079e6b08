"""On which line of its file a fault stands, so that whoever wrote it need not look for it."""

import re

from coop.schemes.rules.scheme import Fault

_ROW = re.compile(r"(?P<table>[a-z]+) (?P<number>[0-9]+)(?: \([^)]*\))?(?: (?P<key>[a-z_]+))?")
_QUOTED = re.compile(r"[A-Za-z_][\w.]*")


def line_of(text: str, fault: Fault) -> int:
    """The line from 1: the key's where the message names one, else its table's first; 0: none is nearer.

    >>> line_of('code = "X"\\n[[source]]\\n[[source]]\\nread = 1\\n', Fault("X.toml", "source 2", "read is not of the kind date"))
    4
    """
    lines = text.splitlines()
    row = _ROW.fullmatch(fault.row)
    if row is None:
        # A fact or a list of words by its name, or the file's own head.
        return _named(lines, fault.row) if fault.row else _key(lines, 0, fault.what)
    starts = [n for n, line in enumerate(lines) if line.strip() == f"[[{row['table']}]]"]
    if int(row["number"]) > len(starts):
        return 0
    begins = starts[int(row["number"]) - 1]
    return _key(lines, begins + 1, row["key"] or fault.what) or begins + 1


def _named(lines: list[str], name: str) -> int:
    first = name.split(" ")[0]
    return next(
        (
            n
            for n, line in enumerate(lines, 1)
            if f'"{first}"' in line or line.startswith(f"{first} =")
        ),
        0,
    )


def _key(lines: list[str], begins: int, what: str) -> int:
    """The first line of a table whose key, or whose text, the message names."""
    names = _QUOTED.findall(what)
    table = []
    for number, line in enumerate(lines[begins:], begins + 1):
        if line.startswith("["):
            break
        table.append((number, line))
    for name in names:
        for number, line in table:
            if line.split("=")[0].strip() == name:
                return number
    return next((n for name in names for n, line in table if f'"{name}"' in line), 0)
