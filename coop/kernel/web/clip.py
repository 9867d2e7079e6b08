"""A recorded voice as an answer of our own origin, whole or in part: players ask for parts to seek."""

import re

from litestar import Response

_RANGE = re.compile(r"bytes=([0-9]{1,9})-([0-9]{0,9})", re.ASCII)


def clip_answer(data: bytes, media: str, asked: str | None) -> Response[bytes]:
    """Give a sound; ``asked``: the header Range. One part only; what cannot be read is answered whole.

    Kept by the browser for the day of whoever is signed in, never by anybody between.
    """
    headers = {
        "accept-ranges": "bytes",
        "cache-control": "private, max-age=3600",
        "content-disposition": "inline",
    }
    found = _RANGE.fullmatch(asked or "")
    if found is None:
        return Response(data, media_type=media, headers=headers)
    first, last = int(found[1]), min(int(found[2] or len(data)), len(data) - 1)
    if first > last:
        headers["content-range"] = f"bytes */{len(data)}"
        return Response(b"", status_code=416, media_type=media, headers=headers)
    headers["content-range"] = f"bytes {first}-{last}/{len(data)}"
    return Response(data[first : last + 1], status_code=206, media_type=media, headers=headers)
