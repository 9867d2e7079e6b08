"""The installation's catalogue, read once."""

import pytest

from coop.schemes.queries import catalogue as files
from coop.schemes.rules.scheme import Catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return files.catalogue()
