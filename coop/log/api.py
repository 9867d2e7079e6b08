"""The log as programs read it: C2SP tlog-tiles under ``/log/``, proofs under ``/mr1/``.

Checkpoint, hash tiles and proofs are everybody's. Whole receipts go to the agency, auditors and
witnesses; a witness brings its token and may leave its line under a checkpoint.
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from litestar import Request, Response, get, post
from litestar.enums import ScopeType
from litestar.exceptions import ClientException, NotFoundException
from litestar.params import FromPath

from coop.access.guard import acting
from coop.access.permission import Permission
from coop.kernel.db import NOWHERE, SYSTEM, transaction
from coop.kernel.refusal import NotThere
from coop.log.operations.cosignatures import keep_cosignatures
from coop.log.operations.serving import proof_of, served_checkpoint
from coop.log.queries.tiles import entry_bundle, tile_bytes
from coop.log.queries.tokens import actor_of_witness
from coop.receipts.rules.tiles import Tile, read_level, read_place
from coop.settings import settings

if TYPE_CHECKING:
    from litestar.types import ASGIApp, Receive, Scope, Send

AnyRequest = Request[Any, Any, Any]
_PUBLIC = {"public": True}
_READ = Permission.RECEIPTS_LOG_READ
_TEXT, _BYTES = "text/plain", "application/octet-stream"
_FOR_EVER = "max-age=31536000, immutable"
_OPEN = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}
_PROOF = re.compile(r"([0-9a-f]{20})\.tlog-proof")
_MOST_TILES = 2**48
_LONGEST_NOTE = 65_536


class WitnessTokens:
    """Middleware behind the session's: under ``/log/`` a bearer token is a witness's."""

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Say who acts where the token is known, then pass the request on."""
        if scope["type"] == ScopeType.HTTP and scope["path"].startswith("/log/"):
            token = _bearer(scope)
            if token:
                async with transaction(NOWHERE) as tx:
                    actor = await actor_of_witness(tx, token)
                if actor is not None:
                    scope.setdefault("state", {})["actor"] = scope["user"] = actor
        await self._app(scope, receive, send)


def _bearer(scope: "Scope") -> str:
    for name, value in scope["headers"]:
        if name == b"authorization" and value[:7].lower() == b"bearer ":
            return value[7:].decode("latin-1").strip()
    return ""


def _answer(
    data: bytes | None, media_type: str, cached: str, more: Mapping[str, str] = _OPEN
) -> Response[bytes]:
    if data is None:
        raise NotFoundException
    return Response(data, media_type=media_type, headers={**more, "cache-control": cached})


@get("/log/checkpoint", opt=_PUBLIC)
async def checkpoint() -> Response[bytes]:
    """Give the newest checkpoint with its witnesses' lines."""
    async with transaction(NOWHERE) as tx:
        served = await served_checkpoint(tx)
    return _answer(served, _TEXT, "public, max-age=1")


@get("/log/tile/{level:str}/{place:path}", opt=_PUBLIC)
async def hash_tile(request: AnyRequest, level: FromPath[str]) -> Response[bytes]:
    """Give a tile of hashes; one that was reached stays as it is for ever."""
    number, read = read_level(level), _place(request, level)
    if number is None or read is None:
        raise NotFoundException
    async with transaction(NOWHERE) as tx:
        data = await tile_bytes(tx, Tile(number, *read))
    return _answer(data, _BYTES, f"public, {_FOR_EVER}")


@get("/log/tile/entries/{place:path}", opt={"permission": _READ})
async def entries(request: AnyRequest) -> Response[bytes]:
    """Give a bundle of whole receipts to who may read them all."""
    read = _place(request, "entries")
    if read is None:
        raise NotFoundException
    async with transaction(acting(request).reach(_READ)) as tx:
        data = await entry_bundle(tx, *read)
    return _answer(data, _BYTES, f"private, {_FOR_EVER}", {"vary": "authorization, cookie"})


def _place(request: AnyRequest, level: str) -> tuple[int, int] | None:
    """A tile's place and width from the address; None for one that no log of ours will ever reach."""
    found = read_place(str(request.scope["path"]).removeprefix(f"/log/tile/{level}/"))
    return found if found is not None and found[0] < _MOST_TILES else None


@get("/mr1/{name:str}", opt=_PUBLIC)
async def receipt_proof(name: FromPath[str]) -> Response[bytes]:
    """Give a receipt's proof by the id in it. Raises NotThere until it stands in the log."""
    found = _PROOF.fullmatch(name)
    if found is None:
        raise NotThere(name)
    async with transaction(SYSTEM) as tx:  # the id is looked up past the guard; only hashes go out
        data = await proof_of(tx, settings().keys, settings().log_origin, bytes.fromhex(found[1]))
    return _answer(data, _TEXT, "public, max-age=5")


@post("/log/cosignatures", opt={"permission": Permission.RECEIPTS_LOG_COSIGN}, status_code=200)
async def cosignatures(request: AnyRequest) -> Response[dict[str, object]]:
    """Keep a witness's line under a checkpoint: the body is the whole note with that line."""
    data = await request.body()
    if len(data) > _LONGEST_NOTE:
        raise ClientException
    async with transaction(acting(request).reach(Permission.RECEIPTS_LOG_COSIGN)) as tx:
        kept = await keep_cosignatures(tx, data)
    return Response({"size": kept.size, "witnesses": list(kept.witnesses)})


HANDLERS = (checkpoint, hash_tile, entries, receipt_proof, cosignatures)
