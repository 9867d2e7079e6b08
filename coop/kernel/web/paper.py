"""Papers as an answer: shown in the browser under a plain name, kept by nobody on the way."""

import asyncio
from collections.abc import Callable

from litestar import Response

from coop.kernel.i18n import use_language
from coop.kernel.web.page import PageRequest, reading_of

_TYPES = {"pdf": "application/pdf", "png": "image/png"}


def paper(data: bytes, name: str) -> Response[bytes]:
    """Answer with a paper; ``name`` is of letters, digits, ``-`` and ``.``, and ends with its kind."""
    headers = {
        "content-disposition": f'inline; filename="{name}"',
        "cache-control": "no-store",
    }
    return Response(data, media_type=_TYPES[name.rsplit(".", 1)[1]], headers=headers)


async def pdf_answer(request: PageRequest, name: str, draw: Callable[[], bytes]) -> Response[bytes]:
    """Answer with a PDF drawn in a thread of its own, in the reader's language. ``name``: without its kind."""
    with use_language(reading_of(request).lang):
        drawn = await asyncio.to_thread(draw)  # the thread speaks the same language
    return paper(drawn, f"{name}.pdf")
