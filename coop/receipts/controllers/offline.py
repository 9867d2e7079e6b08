"""The verifier that works in flight mode, and what it carries along; how strangers check us."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException

from coop.kernel import clock
from coop.kernel.db import NOWHERE, SYSTEM, transaction
from coop.kernel.refusal import Unusable
from coop.kernel.web.form import Form
from coop.kernel.web.page import page
from coop.receipts import queries
from coop.receipts.controllers.verifying import Named
from coop.receipts.operations.keys import root_public_keys, signing_key
from coop.receipts.rules.cbor import encode
from coop.receipts.rules.cose import key_id
from coop.receipts.rules.status_list import sign_status_list
from coop.receipts.rules.trust_list import TrustList, read_trust_list
from coop.settings import settings

AnyRequest = Request[Any, Any, Any]
_PUBLIC = {"public": True}
_KEPT_SECONDS = 60
_WARN = timedelta(days=30)  # the list of keys is looked after before it ends


@dataclass(frozen=True, slots=True)
class Root:
    """A pinned key of the agency: its 32 bytes and its id in hex, also in groups of four to read aloud."""

    x: str
    kid: str

    @property
    def groups(self) -> tuple[str, ...]:
        """Return the key in sixteen groups of four signs."""
        return tuple(self.x[at : at + 4] for at in range(0, len(self.x), 4))


@dataclass(frozen=True, slots=True)
class Carried:
    """All status lists in one answer: CBOR array of their bytes, what it was made from, and when."""

    made_from: tuple[int, ...]
    at: datetime
    data: bytes


_carried: list[Carried] = []


def pinned_roots() -> tuple[Root, ...]:
    """The agency's root keys that verifiers pin, as files beside the server hold them."""
    found = root_public_keys(settings().keys)
    return tuple(Root(x, key_id(bytes.fromhex(x)).hex()) for x in found)


@get(["/verify/offline", "/hi/verify/offline", "/en/verify/offline"], opt=_PUBLIC)
async def show_offline(request: AnyRequest) -> Response[Any]:
    """Show the verifier that a browser keeps; without a script its forms go to the server."""
    async with transaction(NOWHERE) as tx:
        grades = await queries.grade_names(tx)
        cooperatives = await queries.all_cooperative_names(tx)
    context = {
        "form": Form(),
        "host": settings().host_text,
        "roots": pinned_roots(),
        "grades": tuple(Named(str(code), *names) for code, names in sorted(grades.items())),
        "cooperatives": tuple(Named(*row) for row in cooperatives),
    }
    return page(request, "receipts/offline.html", context)


@get("/mr1/statuses", opt=_PUBLIC)
async def statuses() -> Response[bytes]:
    """Give every status list at once, for who will be without a network: a CBOR array of byte strings."""
    headers = {"cache-control": "no-cache", "access-control-allow-origin": "*"}
    try:
        data = await _all_lists()
    except Unusable as error:  # no key holds: what a phone carries is better than nothing
        raise NotFoundException from error
    return Response(data, media_type="application/cbor", headers=headers)


async def _all_lists() -> bytes:
    """Sign anew only when a status changed, a list was opened or a minute went by."""
    at = clock.now()
    async with transaction(SYSTEM) as tx:
        made_from = await queries.statuses_made_from(tx)
        if _carried and _carried[0].made_from == made_from:
            age = (at - _carried[0].at).total_seconds()
            if 0 <= age < _KEPT_SECONDS:
                return _carried[0].data
        lists = await queries.all_statuses(tx)
        key = await signing_key(tx, settings().keys, None, at)

    def signed() -> list[bytes]:
        return [
            sign_status_list(
                settings().public_url, n, places, int(at.timestamp()), key.private, key.kid
            )
            for n, places in sorted(lists.items())
        ]

    data = encode(await asyncio.to_thread(signed))
    _carried[:] = [Carried(made_from, at, data)]
    return data


def _command(roots: tuple[Root, ...]) -> str:
    """What a stranger types who holds our program, the two lists and receipts, one a line."""
    pinned = " ".join(f"--root {root.x}" for root in roots)
    return f"coop receipt verify --keys mr1-keys {pinned} --status status-0 < receipts.txt"


@get(["/keys", "/hi/keys", "/en/keys"], opt=_PUBLIC)
async def show_keys(request: AnyRequest) -> Response[Any]:
    """Show the agency's root keys to compare, the list of keys in force, and how a stranger checks."""
    at = clock.now()
    async with transaction(NOWHERE) as tx:
        served = await queries.trust_list(tx)
    roots = pinned_roots()
    trust = TrustList(refused="expired")
    if served is not None:
        pinned = [bytes.fromhex(root.x) for root in roots]
        trust = read_trust_list(served.signed, pinned, now=int(at.timestamp()))
    context = {
        "roots": roots,
        "in_force": served is not None and trust.refused is None,
        "ends_soon": served is not None and served.expires_at - at < _WARN,
        "expires_at": served.expires_at.astimezone(UTC) if served else None,
        "key_count": len(trust.keys),
        "command": _command(roots),
    }
    return page(request, "receipts/keys.html", context)


HANDLERS = (show_offline, statuses, show_keys)
