"""Two homes: one with the whole sample, one with all that stands before the member book."""

from collections.abc import Iterator

import pytest

from tests.importing.console import FILES, Home, new_home


@pytest.fixture(scope="session")
def loaded() -> Iterator[Home]:
    """A home with every list of the sample, with a report of each."""
    with new_home() as home:
        for kind in FILES:
            ran = home.load(kind, None, "--keep-good", "--report", str(home.report(kind)))
            assert ran.code in (0, 1), ran.err
        yield home


@pytest.fixture(scope="session")
def before_members() -> Iterator[Home]:
    """A home with places, trade, households and persons; nothing may be posted to it."""
    with new_home() as home:
        for kind in FILES:
            if kind == "members":
                break
            ran = home.load(kind)
            assert ran.code == 0, ran.err
        yield home
