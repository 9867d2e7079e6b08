"""Two homes: one with all that stands before the member book, one with the whole sample."""

from collections.abc import Iterator
from itertools import dropwhile, takewhile

import pytest

from tests.importing.console import FILES, Home, new_home


def _before(kind: str) -> bool:
    return kind != "members"


@pytest.fixture(scope="session")
def before_members() -> Iterator[Home]:
    """A home with places, trade, households and persons; nothing may be posted to it."""
    with new_home() as home:
        for kind in takewhile(_before, FILES):
            ran = home.load(kind, None, "--report", str(home.report(kind)))
            assert ran.code == 0, ran.err
        yield home


@pytest.fixture(scope="session")
def loaded(before_members: Home) -> Iterator[Home]:
    """A home with every list of the sample, with a report of each."""
    with new_home(before_members) as home:
        for kind in dropwhile(_before, FILES):
            ran = home.load(kind, None, "--keep-good", "--report", str(home.report(kind)))
            assert ran.code in (0, 1), ran.err
        yield home


@pytest.fixture(scope="session")
def dump(loaded: Home) -> str:
    """All that the home with the whole sample keeps, as text."""
    return loaded.dump()
