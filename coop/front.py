"""Pages of no domain: the front page, a person's home, health, our own files, where to report."""

import hashlib
import mimetypes
from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.buyers.controllers.home import Waiting, waiting_for
from coop.closing.queries import counts_waiting
from coop.cooperatives.queries import cooperatives
from coop.kernel import clock
from coop.kernel.db import NOWHERE, Transaction, transaction
from coop.kernel.refusal import NotThere
from coop.kernel.web.page import page, static
from coop.kernel.words import say
from coop.paths import STATIC
from coop.prices.queries import floors_at
from coop.prices.queries.notices import notice
from coop.prices.rules import notice_path
from coop.reports.controllers.waiting import GRAVITY, Todo, beginning_of, box_of, todo_of
from coop.safeguarding.controllers.home import Waiting as CasesWaiting
from coop.safeguarding.controllers.home import waiting_for as cases_waiting_for
from coop.settings import settings
from coop.weighing.queries.shortfall import shortfall_of
from coop.weighing.queries.slips import Named, figures
from coop.weighing.queries.waiting import undecided

AnyRequest = Request[Any, Any, Any]
_SELF = {"permission": Permission.IDENTITY_SELF_USE}
_YEAR = "public, max-age=31536000, immutable"
# Exactly what may be fetched: nothing of a request reaches the file system.
_FILES = {path.name: path for path in STATIC.iterdir() if path.is_file()} if STATIC.is_dir() else {}


@dataclass(frozen=True, slots=True)
class PriceLine:
    """A floor price of today on the home page."""

    code: int
    name_hi: str
    name_en: str
    paise: int


@get(["/", "/hi", "/en"], opt={"public": True}, sync_to_thread=False)
def front(request: AnyRequest) -> Response[Any]:
    """What this is, and the two things anybody can do here."""
    return page(request, "home/index.html")


@get("/home", opt=_SELF)
async def home(request: AnyRequest) -> Response[Any]:
    """Show the day's figures and floors to who is signed in."""
    actor = acting(request)
    today = clock.today()
    # A password alone, or a role that reads no slips, sees no figures of trade.
    async with transaction(actor.reach(Permission.WEIGHING_SLIP_READ)) as tx:
        day = await figures(tx, today)
        within = actor.cooperatives_for(Permission.IDENTITY_SELF_USE)
        own = next((c for c in await cooperatives(tx) if within is None or c.id in within), None)
        floors = await floors_at(tx, own.district_lgd, clock.now()) if own else []
        of_buyers = await waiting_for(tx, actor)
        todo: list[Todo | Waiting | CasesWaiting] = [
            *of_buyers,
            *await _todo(tx, actor),
            *await _counts(tx, actor),
            *await todo_of(tx, actor),
        ]
        beginning = await beginning_of(tx, actor, own.id) if own and within else ()
        box = await box_of(tx, actor)
    todo += await cases_waiting_for(actor)
    context = {
        "today": day,
        "prices": [
            PriceLine(f.grade_code, f.name_hi, f.name_en, f.picker_floor_paise) for f in floors
        ],
        "notice_no": max(floors, key=lambda one: one.since).notice_no if floors else None,
        "place": Named(own.name_hi, own.name_en, own.code) if own and within else None,
        # Python sorts stably: what is as grave keeps the order of the domains.
        "todo": sorted(todo, key=lambda one: GRAVITY.get(one.state, len(GRAVITY))),
        "beginning": beginning,
        "box": box,
        "shows_day": actor.may(Permission.WEIGHING_SLIP_READ),
        "shows_prices": own is not None and bool(within),
    }
    return page(request, "home/home.html", context)


@get("/shortfalls/{number:path}", opt={"permission": Permission.WEIGHING_SHORTFALL_READ})
async def shortfalls(request: AnyRequest, number: FromPath[str]) -> Response[Any]:
    """Count what was weighed below the floor of a notice for a past time. Raises NotThere."""
    wanted = str(number).lstrip("/")
    async with transaction(acting(request).reach(Permission.WEIGHING_SHORTFALL_READ)) as tx:
        found = await notice(tx, wanted, clock.now())
        if found is None or not found.for_past:
            raise NotThere(wanted)
        rows = await shortfall_of(tx, wanted)
    context = {
        "notice": found,
        "notice_path": notice_path(wanted),
        "rows": rows,
        "weighings": sum(row.weighings for row in rows),
        "paise": sum(row.paise for row in rows),
    }
    return page(request, "prices/shortfall.html", context)


async def _todo(tx: Transaction, actor: Actor) -> tuple[Todo, ...]:
    """What waits for who may decide on it."""
    decides = actor.may(Permission.WEIGHING_REVERSAL_DECIDE)
    confirms = actor.may(Permission.WEIGHING_ENTRY_CONFIRM)
    if not decides and not confirms:
        return ()
    waits = await undecided(tx)
    held = say("One asks, another decides. Until then the receipt is held.")
    late = say("An entry older than allowed is booked only when the manager confirms it.")
    found = (
        (decides, waits.requests, say("Weighings to take back"), held),
        (confirms, waits.entries, say("Entries that came late"), late),
    )
    return tuple(
        Todo("wait", "/corrections", words, note, str(count))
        for may, count, words, note in found
        if may and count
    )


async def _counts(tx: Transaction, actor: Actor) -> tuple[Todo, ...]:
    """Counts of the cash box that wait for a second person."""
    if not actor.may(Permission.CLOSING_DAY_CONFIRM) or not (count := await counts_waiting(tx)):
        return ()
    words = say("Counts of the cash box to confirm")
    note = say("One counts, another confirms. Then the day is closed.")
    return (Todo("wait", "/closing", words, note, str(count)),)


@get("/more", opt=_SELF, sync_to_thread=False)
def more(request: AnyRequest) -> Response[Any]:
    """Every place that the reader may go to, by group."""
    return page(request, "home/more.html")


@get("/health", opt={"public": True}, media_type="text/plain")
async def health() -> Response[str]:
    """Answer ``ok`` when the database answers."""
    async with transaction(NOWHERE) as tx:
        await tx.fetchval("SELECT 1")
    return Response("ok\n", headers={"cache-control": "no-store"})


@get("/static/{name:str}", opt={"public": True, "nobody": True}, sync_to_thread=False)
def static_file(request: AnyRequest, name: FromPath[str]) -> Response[bytes]:
    """One of our own files. Where the address names this very content it may be kept for good."""
    if name not in _FILES:
        raise NotFoundException
    asked = request.query_params.get("v", "")
    return _file(request, name, _YEAR if static(name).endswith(f"?v={asked}") else "no-cache")


@get("/sw.js", opt={"public": True}, sync_to_thread=False)
def service_worker(request: AnyRequest) -> Response[bytes]:
    """What keeps the verifier for flight mode; browsers ask for it anew, so that a new one comes at once."""
    return _file(request, "sw.js", "no-cache")


def _file(request: AnyRequest, name: str, cache: str) -> Response[bytes]:
    """A file of ours, or 304 to who has it already. The tag is weak: the same content travels packed too."""
    content = _FILES[name].read_bytes()
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    tag = f'W/"{hashlib.sha256(content).hexdigest()[:16]}"'
    headers = {"cache-control": cache, "etag": tag}
    held = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    if tag in held or "*" in held:
        return Response(b"", status_code=304, media_type=kind, headers=headers)
    return Response(content, media_type=kind, headers=headers)


@get(
    "/.well-known/security.txt", opt={"public": True}, media_type="text/plain", sync_to_thread=False
)
def security_txt() -> Response[str]:
    """Where to report a weakness (RFC 9116)."""
    until = clock.now().replace(microsecond=0) + clock.seconds(180 * 86_400)
    url = settings().public_url
    text = f"Contact: {url}/\nExpires: {until.isoformat()}\nPreferred-Languages: hi, en\nCanonical: {url}/.well-known/security.txt\n"
    return Response(text)


HANDLERS = (
    front,
    home,
    more,
    shortfalls,
    health,
    static_file,
    service_worker,
    security_txt,
)
