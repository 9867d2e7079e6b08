"""The page about the public log: what it is, how far it has come, who watches it, how to check it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from litestar import Request, Response, get

from coop.kernel import clock
from coop.kernel.db import NOWHERE, transaction
from coop.kernel.web.page import page
from coop.log.queries.checkpoints import WitnessSeen, newest_checkpoint, witnesses
from coop.receipts.queries import log_keys
from coop.receipts.rules.note import base64_text, vkey
from coop.settings import settings

AnyRequest = Request[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class LogState:
    """How far the log has come. ``root`` in base64, as checkpoints write it."""

    size: int
    root: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class Watcher:
    """A witness, what it signed last, and whether that was within a day."""

    name: str
    size: int | None
    seen_at: datetime | None
    recent: bool


_RECENT = timedelta(days=1)


def _watcher(seen: WitnessSeen, at: datetime) -> Watcher:
    recent = seen.seen_at is not None and at - seen.seen_at < _RECENT
    return Watcher(seen.name, seen.size, seen.seen_at, recent)


@get(["/log", "/hi/log", "/en/log"], opt={"public": True})
async def show(request: AnyRequest) -> Response[Any]:
    """Say what the log is, its size and root, and when witnesses last signed."""
    async with transaction(NOWHERE) as tx:
        newest = await newest_checkpoint(tx)
        watching = tuple(_watcher(one, clock.now()) for one in await witnesses(tx))
        keys = tuple(vkey(one.key) for one in await log_keys(tx) if one.signs)
    state = LogState(newest.size, base64_text(newest.root), newest.signed_at) if newest else None
    context = {
        "log": state,
        "witnesses": watching,
        "keys": keys,
        "origin": settings().log_origin,
        "address": settings().public_url,
    }
    return page(request, "log/log.html", context)


HANDLERS = (show,)
