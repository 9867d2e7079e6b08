"""A paper as an answer: drawn in a thread of its own, in the reader's language."""

import asyncio
from collections.abc import Callable

from litestar import Response

from coop.kernel.i18n import use_language
from coop.kernel.web.page import PageRequest, reading_of


async def pdf_answer(request: PageRequest, name: str, draw: Callable[[], bytes]) -> Response[bytes]:
    """Answer with a PDF that nobody on the way keeps. ``name``: plain letters, digits and hyphens."""
    with use_language(reading_of(request).lang):
        drawn = await asyncio.to_thread(draw)  # the thread speaks the same language
    headers = {
        "content-disposition": f'inline; filename="{name}.pdf"',
        "cache-control": "no-store",
    }
    return Response(drawn, media_type="application/pdf", headers=headers)
