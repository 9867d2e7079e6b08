"""The application: routes, guards, handlers, and the pool that opens and closes with it."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator

import structlog
from litestar import Litestar, Router
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from coop import __version__
from coop.access.guard import GUARD_HANDLERS, guard, unguarded_routes
from coop.audit.operations import seal_reads
from coop.community.operations.signs import forget_signs
from coop.identity.operations import purge_sign_ins
from coop.importing.holding import purge as purge_uploads
from coop.kernel.db import SAFE, SYSTEM, close_pool, open_pool, transaction
from coop.kernel.refusal import Unusable
from coop.kernel.web.asking import askable
from coop.kernel.web.errors import HANDLERS
from coop.kernel.web.headers import SecurityHeaders
from coop.kernel.web.packing import Packing
from coop.kernel.web.page import set_site
from coop.log.operations.integrate import keep_integrating
from coop.participation.controllers import box_first
from coop.participation.operations.box import forget_words
from coop.receipts.operations.keys import make_missing_keys
from coop.routes import ROUTES, SITE, middleware
from coop.schooling.operations.coverage import keep_ended_quarters
from coop.settings import say_to_operator, settings

_SEAL_EVERY = 60.0
_KEEP_EVERY = 3500.0
_RENEW_EVERY = 6 * 3600.0


def _logging() -> None:
    """JSON lines on standard error: time, level, event and keys we name; no values of forms."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=True),  # no line break gets in
        ],
        logger_factory=structlog.PrintLoggerFactory(file=__import__("sys").stderr),
    )


async def _seal_now_and_then() -> None:
    """Seal reads of personal data into the chain every minute; a fault is logged and tried again."""
    while True:
        await asyncio.sleep(_SEAL_EVERY)
        try:
            async with transaction(SYSTEM) as tx:
                await seal_reads(tx)
                await purge_sign_ins(tx)
                await purge_uploads(tx)
        except (OSError, LookupError) as error:
            structlog.get_logger("coop").warning("reads not sealed", error=type(error).__name__)


async def _forget_words() -> None:
    """Words of the box and answers about forced labour are erased when their time is over."""
    while True:
        await asyncio.sleep(_RENEW_EVERY)
        try:
            await forget_words()
            await forget_signs()
        except Exception as error:  # whatever it was, it is tried again
            structlog.get_logger("coop").warning("words not erased", error=type(error).__name__)


async def _keep_quarters() -> None:
    """What crosses the wall is kept within the hour after a quarter's end."""
    while True:
        await asyncio.sleep(_SEAL_EVERY)
        try:
            await keep_ended_quarters()
        except Exception as error:  # whatever it was, it is tried again
            structlog.get_logger("coop").warning("quarter not kept", error=type(error).__name__)
        await asyncio.sleep(_KEEP_EVERY)


async def _renew_keys() -> None:
    """A server that runs for months renews keys and the list of keys as a start would."""
    while True:
        await asyncio.sleep(_RENEW_EVERY)
        try:
            async with transaction(SYSTEM) as tx:
                await make_missing_keys(tx, settings().keys, settings().trust_domain)
        except Exception as error:  # whatever it was, it is tried again
            structlog.get_logger("coop").warning("keys not renewed", error=type(error).__name__)


_BACKGROUND = (_seal_now_and_then, keep_integrating, _renew_keys, _forget_words, _keep_quarters)


@contextlib.asynccontextmanager
async def _lifespan(_: Litestar) -> AsyncIterator[None]:
    url = os.environ.get("COOP_SERVING_APP_URL")
    safe_url = os.environ.get("COOP_SERVING_SAFE_URL")
    if url:
        await open_pool(url)
    if safe_url:
        await open_pool(safe_url, size=3, engine=SAFE)
    running = [asyncio.create_task(one()) for one in _BACKGROUND]
    try:
        yield
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        if url:
            await close_pool()
        if safe_url:
            await close_pool(SAFE)


def litestar_app() -> Litestar:
    """The application without its outer headers; tests look at its routes."""
    set_site(SITE)
    app = Litestar(
        route_handlers=ROUTES,
        guards=[guard, askable],
        middleware=middleware(),
        exception_handlers={
            **HANDLERS,
            **GUARD_HANDLERS,
            HTTPException: box_first(HANDLERS[HTTPException]),
        },
        lifespan=[_lifespan],
        request_max_body_size=2_000_000,
        openapi_config=OpenAPIConfig(
            title="Abhrak",
            version=__version__,
            render_plugins=[JsonRenderPlugin()],
            openapi_router=Router(path="/schema", route_handlers=[], opt={"public": True}),
        ),
    )
    open_doors = unguarded_routes(app)
    if open_doors:
        raise Unusable(
            f"routes that name no permission and are not public: {', '.join(open_doors)}"
        )
    return app


def create_app() -> SecurityHeaders:
    """The application as it is served."""
    _logging()
    try:
        import uharfbuzz  # noqa: F401  (Hindi on paper needs it, and its lack is silent)
    except ImportError as error:
        raise Unusable("uharfbuzz is missing: Hindi on paper would be wrong") from error
    say_to_operator(f"public address {settings().public_url}")
    return SecurityHeaders(Packing(litestar_app()), secure=settings().secure)
