"""Papers as an answer: shown in the browser under a plain name, kept by nobody on the way."""

from litestar import Response

_TYPES = {"pdf": "application/pdf", "png": "image/png"}


def paper(data: bytes, name: str) -> Response[bytes]:
    """Answer with a paper; ``name`` is of letters, digits, ``-`` and ``.``, and ends with its kind."""
    headers = {
        "content-disposition": f'inline; filename="{name}"',
        "cache-control": "no-store",
    }
    return Response(data, media_type=_TYPES[name.rsplit(".", 1)[1]], headers=headers)
