"""Pages: one Jinja environment for every language, and what each page knows of its reader.

``page(request, "prices/board.html", context)`` adds ``lang``, ``other`` (the same page in the
other language), ``actor``, ``who``, ``csrf``, ``nav``, ``menu``, ``office``, ``now`` and the functions
``link`` and ``static``. Of an actor it reads, where they are there: ``language``, ``permissions``
(texts), ``name`` (for the header) and ``office`` (``name_hi``, ``name_en``). A public page is in
Hindi unless its path begins ``/en/`` or its query says ``lang=en``; a signed-in person reads
their own language.
"""

import dataclasses
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol, cast
from urllib.parse import parse_qsl, quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from litestar import MediaType, Response

from coop.kernel import clock, i18n
from coop.kernel.web.places import Place, Site, menu, navigation
from coop.kernel.words import Said, say
from coop.paths import STATIC, TEMPLATES


class PageRequest(Protocol):
    """What a page needs of a request: the ASGI scope, whose ``state`` the guards filled."""

    @property
    def scope(self) -> Mapping[str, object]:  # noqa: D102  (the class says it)
        ...


PUBLIC_PLACES = (
    Place("/prices", "price", say("Prices"), public=True),
    Place("/verify", "qr", say("Verify"), public=True),
    Place("/sign-in", "member", say("Sign in"), public=True),
)
_site = Site("ढिबरा समितियाँ", "Dhibra cooperatives", PUBLIC_PLACES)


def set_site(site: Site) -> None:
    """Name the office and its places, once at start-up."""
    global _site
    _site = site


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads which address in which language."""

    path: str
    query: tuple[tuple[str, str], ...]
    actor: object | None
    csrf: str
    lang: str
    prefixed: bool

    def link(self, path: str) -> str:
        """Return an address that keeps the reader's language, without a cookie."""
        return _in_language(path, self.lang, self) if self.actor is None else path

    @property
    def other(self) -> str:
        """Return the same page in the other language."""
        code = i18n.other_language(self.lang)
        if self.prefixed:
            rest = "/".join(self.path.split("/")[2:])
            query = f"?{urlencode(self.query)}" if self.query else ""
            return f"/{code}/{quote(rest)}{query}"
        kept = [pair for pair in self.query if pair[0] != "lang"]
        return f"{quote(self.path)}?{urlencode([*kept, ('lang', code)])}"

    @property
    def own(self) -> str:
        """Return this page's address as it names its own language, for search engines."""
        if self.prefixed:
            return quote(self.path)
        kept = [pair for pair in self.query if pair[0] != "lang"]
        return f"{quote(self.path)}?{urlencode([*kept, ('lang', self.lang)])}"


def _in_language(path: str, code: str, reading: "Reading") -> str:
    if code == i18n.HINDI or not path.startswith("/"):
        return path
    place, mark, fragment = path.partition("#")
    joint = "&" if "?" in place else "?"
    return f"{place}{joint}lang={code}{mark}{fragment}"


def reading_of(request: PageRequest) -> Reading:
    """Work out the reader and the language of a request."""
    scope = request.scope
    state = scope.get("state")
    state = state if isinstance(state, Mapping) else {}
    path = str(scope.get("path", "/"))
    raw = scope.get("query_string", b"")
    query = tuple(parse_qsl(raw.decode("latin-1") if isinstance(raw, bytes) else "", True))
    actor = state.get("actor")
    first = path.split("/")[1] if path.count("/") > 1 or path[1:] in i18n.LANGUAGES else ""
    asked = dict(query).get("lang", "")
    own = str(getattr(actor, "language", "") or "")
    known = [code for code in (first, asked, own) if code in i18n.LANGUAGES]
    return Reading(
        path=path,
        query=query,
        actor=actor,
        csrf=str(state.get("csrf_token", "")),
        lang=known[0] if known else i18n.HINDI,
        prefixed=first in i18n.LANGUAGES,
    )


@cache
def static(name: str) -> str:
    """Return the address of a file of ours; it changes when the file does, so it may be kept."""
    content = (STATIC / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:8]}"


def _finalize(value: object) -> object:
    """Sentences are translated where they are printed."""
    return i18n.render(value) if isinstance(value, Said) else value


@cache
def environment() -> Environment:
    """Return the one Jinja environment; a name that is not given is an error."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
        auto_reload=False,
        cache_size=400,
    )
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        gettext=i18n.gettext, ngettext=i18n.ngettext, newstyle=True
    )
    env.globals["ngettext"] = _counted(cast(Callable[..., object], env.globals["ngettext"]))
    env.filters.update(
        rupees=i18n.rupees,
        rupees_big=i18n.rupees_big,
        count=i18n.count,
        kg=i18n.kg,
        kg_big=i18n.kg_big,
        day=i18n.day,
        num=i18n.num,
        time=i18n.time,
        long_day=i18n.long_day,
        rupees_in_words=i18n.rupees_in_words,
        named=i18n.named,
    )
    env.globals["static"] = static
    return env


def _counted(ngettext: Callable[..., object]) -> Callable[..., object]:
    """A count within a sentence stands in lakh and crore, too."""

    @pass_context
    def counted(
        context: Context, singular: str, plural: str, number: int, **named: object
    ) -> object:
        return ngettext(context, singular, plural, number, **{"num": i18n.count(number)} | named)

    return counted


def _office(reading: Reading) -> object:
    return getattr(reading.actor, "office", None) or _site


def office_of(request: PageRequest) -> object:
    """Return the office that a page of this reader names in its header (``name_hi``, ``name_en``)."""
    return _office(reading_of(request))


def draw(request: PageRequest, template: str, context: object) -> str:
    """Render a template for a request's reader."""
    reading = reading_of(request)
    given = context if isinstance(context, Mapping) else _fields(context)
    with i18n.use_language(reading.lang):
        return (
            environment()
            .get_template(template)
            .render(
                given,
                lang=reading.lang,
                other=reading.other,
                own=reading.own,
                other_lang=i18n.other_language(reading.lang),
                link=reading.link,
                path=reading.path,
                actor=reading.actor,
                who=getattr(reading.actor, "name", None),
                csrf=reading.csrf,
                nav=navigation(reading, _site.places),
                menu=menu(reading, _site),
                office=_office(reading),
                now=clock.now(),
            )
        )


def _fields(context: object) -> dict[str, object]:
    """A dataclass's own fields, not copied in depth."""
    if not dataclasses.is_dataclass(context) or isinstance(context, type):
        raise TypeError("a page's context is a mapping or a dataclass")
    return {one.name: getattr(context, one.name) for one in dataclasses.fields(context)}


def page(
    request: PageRequest, template: str, context: object = None, status: int = 200
) -> Response[str]:
    """Answer with a page. ``context`` is a mapping or a dataclass of the template's variables."""
    drawn = draw(request, template, {} if context is None else context)
    return Response(drawn, status_code=status, media_type=MediaType.HTML)
