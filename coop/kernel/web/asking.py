"""What an address can ask for at all: what no row can hold is not there."""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import NotFoundException
from litestar.handlers import BaseRouteHandler

# PostgreSQL's bigint ends here.
_MOST = 2**63 - 1


async def askable(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """A guard. Raises 404 for a number beyond the database's, or a text with the byte it cannot keep."""
    for value in connection.path_params.values():
        if isinstance(value, int) and not -_MOST <= value <= _MOST:
            raise NotFoundException
    asked = (*connection.path_params.values(), *_queried(connection))
    if any(isinstance(one, str) and "\x00" in one for one in asked):
        raise NotFoundException


def _queried(connection: ASGIConnection[Any, Any, Any, Any]) -> list[str]:
    return [text for pair in connection.query_params.multi_items() for text in pair]
