"""Every page: it compiles, draws in both languages, and keeps the rules of the house."""

import re
from functools import cache
from html.parser import HTMLParser
from types import SimpleNamespace as Thing

import pytest
from litestar.testing import RequestFactory

from coop.kernel import clock
from coop.kernel.web.form import Form
from coop.kernel.web.page import draw, environment
from coop.paths import TEMPLATES
from tests.house.page_samples import SAMPLES
from tests.house.trade_samples import COOPERATIVE, DAY_FORM, DESK, NOON, VERDICTS

TEMPLATE_FILES = sorted(
    path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")
)


# One for all: each builds an application of its own, seven times as long as a page takes to draw.
REQUESTS = RequestFactory()


@cache
def drawn(sample: str, language: str) -> str:
    """Draw a sample as its reader sees it."""
    template, context, signed_in = SAMPLES[sample]
    request = REQUESTS.get("/page", query_params={"lang": language})
    if signed_in:
        request.scope["state"]["actor"] = Thing(
            language=language, permissions=frozenset(), name="Meera Namuna", office=COOPERATIVE
        )
    request.scope["state"]["csrf_token"] = "csrf-of-the-session"
    with clock.frozen(NOON):
        return draw(request, template, context)


class Page(HTMLParser):
    """What a browser and a screen reader need of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def parsed(html: str) -> list[tuple[str, dict[str, str | None]]]:
    page = Page()
    page.feed(html)
    return page.tags


def test_every_page_has_a_sample() -> None:
    shown = {template for template, _, _ in SAMPLES.values()}
    pages = {name for name in TEMPLATE_FILES if not name.split("/")[-1].startswith("_")}
    assert shown == pages, "add a sample for a new page to SAMPLES"


@pytest.mark.parametrize("name", TEMPLATE_FILES)
def test_template_compiles(name: str) -> None:
    assert environment().get_template(name)


@pytest.mark.parametrize("language", ["hi", "en"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_page_is_sound(sample: str, language: str) -> None:
    html = drawn(sample, language)
    tags = parsed(html)
    ids = [attributes["id"] for _, attributes in tags if attributes.get("id")]
    assert len(ids) == len(set(ids)), "an id stands twice"
    assert [tag for tag, _ in tags].count("h1") == 1
    assert f'<html lang="{language}"' in html
    for tag, attributes in tags:
        assert "style" not in attributes, "the policy forbids style attributes"
        assert not [name for name in attributes if name.startswith("on")], "no inline script"
        if tag == "script":
            assert attributes["src"] is not None
        for name in ("aria-describedby", "aria-labelledby", "for", "form"):
            for target in (attributes.get(name) or "").split():
                assert target in ids, f"{name}={target} leads nowhere"
        href = attributes.get("href") or ""
        if tag == "a" and href.startswith("#"):
            assert href[1:] in ids
    labelled = {attributes.get("for") for tag, attributes in tags if tag == "label"}
    for tag, attributes in tags:
        kind = attributes.get("type")
        if tag in ("input", "select", "textarea") and kind not in ("hidden", "radio"):
            assert attributes["id"] in labelled, "an input without a label"


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_posting_form_carries_the_csrf_token(sample: str) -> None:
    if SAMPLES[sample][0].startswith("participation/box"):
        return  # the feedback box must not know a session; its origin is asked instead
    html = drawn(sample, "hi")
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", html, re.DOTALL):
        assert 'name="csrf" value="csrf-of-the-session"' in form


@pytest.mark.parametrize("sample", SAMPLES)
def test_hindi_page_speaks_no_english(sample: str) -> None:
    """Latin letters stand only in names, numbers and words that have no other spelling."""
    html = drawn(sample, "hi")
    html = re.sub(r"<(script|style).*?</\1>", " ", html, flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", " ", html)
    kept = {
        "English",
        "Enter",
        "Esc",
        "HTTPS",
        "R",
        "KDM01",
        "JSMDC",
        "HKDM",
        "DHB",
        "NAMUNA",
        "JMMC",
    }
    kept |= {"CSV", "UTF", "XLSX", "MB", "SHA"}
    kept |= {"Meera", "Namuna", "meera", "ABCD", "EFGH", "sunita", "nbsp", "amp"}
    words = set(re.findall(r"[A-Za-z]{2,}|\bR\b", text)) - kept
    coded = {word for word in words if re.search(rf"{word}[0-9-]|[0-9]{word}", text)}
    assert words - coded == set()


@pytest.mark.parametrize("name", VERDICTS.split())
def test_verdict_says_itself_by_shape_word_and_colour(name: str) -> None:
    html = drawn(f"verify-{name}", "en")
    expected = {"GENUINE_CURRENT": "ok"} | dict.fromkeys(
        ("GENUINE_STATUS_UNKNOWN", "HELD", "REPLACED", "KEY_LIST_OUT_OF_DATE"), "wait"
    )
    state = expected.get(name, "bad")
    heading = re.search(r'<section class="verdict verdict--(\w+)".*?<h1>(.*?)</h1>', html, re.S)
    assert heading is not None
    assert heading.group(1) == state
    assert f"#s-{state}" in heading.group(0)
    assert f"<title>{heading.group(2)} – " in html
    assert (state == "ok") == ("What to do now" not in html)


def test_what_is_wrong_stands_above_and_beside() -> None:
    html = drawn("desk-refused", "en")
    assert html.count("This is too large") == 2
    assert "<title>Error: Weighing desk" in html
    assert '<a href="#gross_kg">This is too large</a>' in html
    assert "<details open>" in html
    tags = parsed(html)
    gross = next(at for tag, at in tags if at.get("name") == "gross_kg")
    assert gross["aria-invalid"] == "true"
    assert "gross_kg-error" in (gross["aria-describedby"] or "").split()
    summary = next(at for _, at in tags if at.get("class") == "error-summary")
    assert "autofocus" in summary
    assert sum("autofocus" in at for _, at in tags) == 1
    hindi = drawn("desk-refused", "hi")
    assert "<title>गलती: तौल डेस्क" in hindi


def test_a_typed_text_is_never_markup() -> None:
    request = REQUESTS.get("/sign-in")
    evil = Form({"user": '"><script>alert(1)</script>'})
    html = draw(request, "identity/sign_in.html", {"form": evil, "next": "'\"<b>"})
    assert "<script>" not in html
    assert "<b>" not in html


def test_a_password_is_never_drawn_again() -> None:
    request = REQUESTS.get("/sign-in")
    html = draw(
        request, "identity/sign_in.html", {"form": Form({"password": "tala-kunji"}), "next": ""}
    )
    assert "tala-kunji" not in html


def test_desk_shows_the_floor_on_its_keys_and_what_is_posted_is_what_is_seen() -> None:
    html = drawn("desk", "hi")
    assert "<b>3</b>मिश्रित रंग<em>₹\xa011.75</em>" in html
    assert "<b>8</b>अभ्रक धूल<em>भाव नहीं</em>" in html
    entry = re.search(r'<form class="desk__in".*?</form>', html, re.S)
    assert entry is not None
    for name, value in {**DAY_FORM, "operation_id": DESK["operation_id"]}.items():
        assert f'type="hidden" name="{name}" value="{value}"' in entry.group(0)


def test_slip_says_amount_in_figures_and_words() -> None:
    assert "दो सौ तेरह रुपये छब्बीस पैसे" in drawn("slip", "hi")
    assert "two hundred thirteen rupees twenty-six paise" in drawn("slip", "en")
    assert "रद्द" in drawn("slip-void", "hi")


@pytest.mark.parametrize("name", [one for one in TEMPLATE_FILES if one != "_field.html"])
def test_inputs_only_by_the_field_component(name: str) -> None:
    source = (TEMPLATES / name).read_text("utf-8")
    assert not re.search(r"<(input|select|textarea)\b", source), (
        "draw it with templates/_field.html"
    )


# tags, attributes that a macro collects, and attributes that have no value
ELSEWHERE = r"<[^>]*>|\s[\w-]+=\"[^\"]*\"|\x00 (?:autofocus|checked|selected|open)\x00"


def bare_text(source: str) -> list[str]:
    """Return words of a template that stand outside ``_()``."""
    source = re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)
    source = re.sub(r"\{% block \w+_class %\}.*?\{% endblock %\}", "", source)
    source = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "\x00", source, flags=re.DOTALL)
    attributes = re.findall(r"\b(?:aria-label|title|alt|placeholder|data-l)=\"([^\"]*)\"", source)
    text = re.sub(ELSEWHERE, "\n", source)
    text = re.sub(r"&\w+;", " ", text)
    return [bare for bare in [*text.split("\n"), *attributes] if re.search(r"[^\W\d_]", bare)]


@pytest.mark.parametrize("name", TEMPLATE_FILES)
def test_no_bare_text(name: str) -> None:
    assert bare_text((TEMPLATES / name).read_text("utf-8")) == [], "put it in _()"


def test_bare_text_is_found() -> None:
    assert bare_text('<p>Weigh {{ _("this") }}</p>') == ["Weigh \x00"]
    assert bare_text('<a aria-label="Go">{{ x }}</a>') == ["Go"]
    assert bare_text("<p>दर</p>") == ["दर"]
    assert bare_text('<p class="a">{{ _("x") }} · 5&nbsp;%</p>') == []
