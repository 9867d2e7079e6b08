"""What an act was asked to do, as bytes to compare: the same again is answered as before."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

Part = str | int | bool | datetime | None


@dataclass(frozen=True, slots=True)
class Once:
    """The id drawn with a form, which act it was for, and the digest of what it held."""

    operation_id: UUID
    act: str
    content: bytes


def once(operation_id: UUID | None, act: str, parts: Sequence[Part]) -> Once | None:
    """Name an act so that it is done once; None where nobody drew an id (imports, the seed)."""
    if operation_id is None:
        return None
    told = [part.isoformat() if isinstance(part, datetime) else part for part in parts]
    body = json.dumps([act, *told], ensure_ascii=False, separators=(",", ":"))
    return Once(operation_id, act, sha256(body.encode("utf-8")).digest())
