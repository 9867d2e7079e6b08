"""``POST /api/v1/desk/entries``: a device's entries, one or a list; each answer stands alone."""

import json
from typing import Any
from uuid import UUID

from litestar import Request, Response, post
from litestar.exceptions import NotAuthorizedException
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath

from coop.cooperatives.queries import OpenDevice, open_as_device
from coop.kernel import clock, i18n
from coop.kernel.db import Reach, transaction
from coop.kernel.token import token_key
from coop.kernel.web.errors import answer as problem_answer
from coop.kernel.web.errors import problem_for, refusals_said
from coop.receipts.rules.receipt import REVERSAL
from coop.weighing.forms import Place, entry_from_json, entry_id
from coop.weighing.operations.answer import Answer
from coop.weighing.operations.desk import post_from_device
from coop.weighing.operations.post import PURCHASE
from coop.weighing.operations.take_back import Poster, Reversed
from coop.weighing.operations.undo import undo_entry
from coop.weighing.rules import Outcome, UnreadEntry, WeighingEntry

MOST_ENTRIES = 500
AnyRequest = Request[Any, Any, Any]


class _Unreadable(ValueError):
    """The body is not what the door takes: 400, nothing posted."""


def _no_such_number(text: str) -> None:
    raise _Unreadable(text)


def _body(raw: bytes) -> tuple[list[dict[str, Any]], bool]:
    """The entries of a body and whether it was a list."""
    try:
        found = json.loads(raw, parse_constant=_no_such_number)
    except (ValueError, RecursionError) as error:
        raise _Unreadable("not JSON") from error
    entries = found if isinstance(found, list) else [found]
    if len(entries) > MOST_ENTRIES or not all(isinstance(one, dict) for one in entries):
        raise _Unreadable("not a list of at most 500 objects")
    if any(entry_id(one) is None for one in entries):
        raise _Unreadable("an entry without an id")
    return entries, isinstance(found, list)


def _token(request: AnyRequest) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotAuthorizedException(headers={"www-authenticate": "Bearer"})
    return token.strip()


@post(
    "/api/v1/desk/entries",
    # A device's token is looked up in the transaction that posts; without a valid one it is 401.
    opt={"public": True},
    status_code=200,
    summary="Post weighings of a device",
    responses={
        201: ResponseSpec(dict[str, Any], description="new"),
        400: ResponseSpec(
            dict[str, Any], description="not JSON, too long, or an entry without an id"
        ),
        401: ResponseSpec(dict[str, Any], description="no valid device token"),
        409: ResponseSpec(dict[str, Any], description="the id came with another body"),
        422: ResponseSpec(
            dict[str, Any],
            description="refused, with codes; `too_old` alone: kept until a manager decides, send it again",
        ),
    },
)
async def desk_entries(request: AnyRequest) -> Response[Any]:
    """Post one weighing or a list of up to 500; the same id again is answered, never posted twice."""
    token = _token(request)
    try:
        bodies, listed = _body(await request.body())
    except _Unreadable:
        return problem_answer(request, problem_for(400))

    def read(device: OpenDevice) -> list[WeighingEntry | UnreadEntry]:
        place = Place(device.cooperative_code, device.centre_code, device.device_code)
        return [entry_from_json(body, place) for body in bodies]

    answers = await post_from_device(token, read)
    if answers is None:
        raise NotAuthorizedException(headers={"www-authenticate": "Bearer"})
    with i18n.use_language(i18n.accepted_language(request.headers.get("accept-language", ""))):
        said = [_said(body["id"], one) for body, one in zip(bodies, answers, strict=True)]
    if listed:
        return Response([{**body, "status": status} for status, body in said], status_code=200)
    status, body = said[0]
    media = "application/problem+json" if status == 409 else "application/json"
    return Response(body, status_code=status, media_type=media)


def _said(entry_id: str, answer: Answer) -> tuple[int, dict[str, Any]]:
    """Status and body of one answer."""
    if answer.conflict:
        return 409, {
            "id": entry_id,
            "title": i18n.gettext("This was sent before with other content"),
        }
    if answer.booked is None:
        return 422, {"id": entry_id, "refusals": refusals_said(answer.refusals)}
    stands = answer.booked
    return 201 if answer.outcome is Outcome.ACCEPTED else 200, {
        "id": entry_id,
        "receipt": {"coop": answer.cooperative, "fy": stands.fy, "kind": PURCHASE, "no": stands.no},
        "payable_g": stands.payable_grams,
        "amount_paise": stands.amount_paise,
        "text": answer.text,
    }


@post(
    "/api/v1/desk/entries/{entry_id:uuid}/undo",
    # As above: the device's token is looked up in the transaction that acts.
    opt={"public": True},
    status_code=200,
    summary="Undo a weighing of this device",
    responses={
        201: ResponseSpec(dict[str, Any], description="undone now: number of the reversal"),
        401: ResponseSpec(dict[str, Any], description="no valid device token"),
        404: ResponseSpec(dict[str, Any], description="no weighing of this device has that id"),
        422: ResponseSpec(
            dict[str, Any],
            description="refused: undo_time_over, in_lot, sold, asked_for, decided, already_reversed",
        ),
    },
)
async def desk_undo(request: AnyRequest, entry_id: FromPath[UUID]) -> Response[Any]:
    """Take back an own weighing within the time to undo (120 s); once more is answered alike, 200.

    The body is empty. The entry's id stays taken: a corrected weighing is a new entry.
    """
    token = _token(request)
    async with transaction(None) as tx:
        device = await open_as_device(tx, token_key(token), clock.today())
        if device is None:
            raise NotAuthorizedException(headers={"www-authenticate": "Bearer"})
        tx.reach = Reach(f"device:{device.device_id}", (device.cooperative_id,))
        done = await undo_entry(tx, entry_id, Poster(device_id=device.device_id))
    said = _undone(str(entry_id), device.cooperative_code, done)
    return Response(said, status_code=201 if done.new else 200)


def _undone(entry_id: str, code: str, done: Reversed) -> dict[str, Any]:
    number = {"coop": code, "fy": done.fy, "kind": REVERSAL, "no": done.no}
    return {"id": entry_id, "reversal": number, "document": done.document}
