"""What the screens promise, each line in the words it was asked for in; drawn from the samples, without a browser.

The journeys in ``tests/journeys`` prove the same with a browser; these say at once what broke.
"""

import re

import pytest

from coop.kernel.i18n import render, use_language
from coop.members.forms import MEMBER_COLUMNS
from coop.members.forms.admission import Places, application_from
from coop.paths import STATIC
from tests.house.page_samples import SAMPLES
from tests.house.test_templates import drawn, parsed


def style(name: str) -> str:
    return (STATIC / name).read_text("utf-8")


def test_the_desk_asks_three_things_and_the_rest_is_set_for_the_day() -> None:
    """Desk at 13 keys a weighing: number, grade and weight are asked; the day's settings cost no key.

    Four digits, Enter, the grade's own key, four keys of weight, Enter, and Enter twice for the slip.
    """
    html = drawn("desk", "hi")
    entry = re.search(r'<form class="desk__in".*?</form>', html, re.S)
    assert entry is not None
    shown = re.sub(r"<details.*?</details>", "", entry.group(0), flags=re.S)
    asked = [
        attributes["name"]
        for tag, attributes in parsed(shown)
        if tag == "input" and attributes.get("type") not in ("hidden", "radio")
    ]
    assert asked == ["member_no", "gross_kg"]
    assert len(re.findall(r'type="radio" name="grade_code"', shown)) == 8


def test_the_desk_begins_in_the_member_number() -> None:
    """Focus never lost: the page comes up with the cursor where the next key goes, and only there."""
    for sample in ("desk", "desk-empty"):
        focused = [at.get("name") for _, at in parsed(drawn(sample, "hi")) if "autofocus" in at]
        assert focused == ["member_no"]


def test_the_desk_shows_the_last_five_slips_and_undoes_only_while_it_may() -> None:
    """Last five slips, undo: each with its number and a print; undo only where the server offers it."""
    slips = SAMPLES["desk"][1]["slips"]
    assert isinstance(slips, tuple)
    assert 0 < len(slips) <= 5
    html = drawn("desk", "hi")
    shown = re.search(r'<ul class="slips stack-top".*?</ul>', html, re.S)
    assert shown is not None
    assert shown.group(0).count("<li") == len(slips)
    offered = [slip for slip in slips if slip.undo_path]
    assert 0 < len(offered) < len(slips)
    assert shown.group(0).count("data-undo=") == len(offered)


def test_the_days_settings_are_visible_at_the_desk() -> None:
    """Day's settings visible: site, bag, moisture, waste and mode stand above the keys, without a tap."""
    html = drawn("desk", "hi")
    strip = re.search(
        r'aria-label="आज की सेटिंग".*?</summary>|<summary class="strip__row">.*?</summary>',
        html,
        re.S,
    )
    assert strip is not None
    for word in ("स्थल", "बोरी", "नमी", "कंकड़-मिट्टी", "भुगतान"):
        assert word in strip.group(0)


def test_the_desks_keys_are_56_pixels_high() -> None:
    """Phone layout with 56-pixel keys: grades, boxes and buttons of the desk take the desk's height."""
    assert "--target-desk: 56px" in style("tokens.css")
    desk = style("desk.css")
    for part in (".key > span", ".desk__in .input", ".total .btn", ".desk .btn"):
        rule = re.search(rf"^\s*[^{{}}]*{re.escape(part)}[^{{}}]*\{{[^}}]*\}}", desk, re.M)
        assert rule is not None, part
        assert "min-height: var(--target-desk)" in rule.group(0), part


def test_the_day_is_closed_from_the_desk_by_a_count_of_the_box() -> None:
    """Closing the day (cash count): the desk leads there, each note and coin has its box, 56 pixels high."""
    assert 'href="/closing' in drawn("desk", "hi")
    rows = SAMPLES["closing-count"][1]["rows"]
    boxes = [
        at for _, at in parsed(drawn("closing-count", "hi")) if at.get("inputmode") == "numeric"
    ]
    assert isinstance(rows, tuple)
    assert len(boxes) == len(rows) > 0
    assert ".pieces .input { min-height: var(--target-desk)" in style("closing.css")


# Empty ones whose page is a form, a paper or a list that the State filled.
_FULL = {"hearing-none", "schemes-letter-none", "sales-settings-none", "box-where-none"}
EMPTY = [s for s in SAMPLES if s.endswith(("-empty", "-first", "-none")) and s not in _FULL]


@pytest.mark.parametrize("sample", EMPTY)
def test_an_empty_page_says_what_to_do(sample: str) -> None:
    """Empty states that say what to do: what it is, what is ready, and the act or who does it."""
    html = drawn(sample, "hi")
    main = html[html.index("<main") : html.index("</main>")]
    said = re.findall(r'class="(?:empty|note[^"]*|now|desk__in)"', main)
    assert said, "draw it with empty(), or a note that says what comes and who does it"
    assert len(EMPTY) > 15


def test_a_new_cooperative_has_a_task_list() -> None:
    """A first-run task list for a manager: steps in order, each leads to its page and says whether it is done."""
    html = drawn("home-empty", "hi")
    steps = re.search(r"<section class=\"now\".*?</section>", html, re.S)
    assert steps is not None
    rows = re.findall(r"<li>.*?</li>", steps.group(0), re.S)
    assert len(rows) >= 4
    assert all('class="link" href="/' in row and 'class="tag ' in row for row in rows)
    assert "tag ok" in steps.group(0)
    assert "tag off" in steps.group(0)


@pytest.mark.parametrize(
    "sample",
    [
        name
        for name in SAMPLES
        if SAMPLES[name][0] in ("prices/history.html", "reports/health.html")
    ],
)
def test_a_chart_has_its_table(sample: str) -> None:
    """Charts as server SVG with their table: named for who does not see it, the same figures in a table."""
    html = drawn(sample, "hi")
    for figure in re.findall(r"<figure class=\"chart.*?</figure>", html, re.S):
        assert "<figcaption" in figure
        assert (
            re.search(r"<svg[^>]*role=\"img\"[^>]*aria-label", figure)
            or "aria-labelledby" in figure
        )
        assert "<table" in html[html.index(figure) :], "its figures as a table"


@pytest.mark.parametrize("sample", ["home", "health", "sales", "balance", "members"])
def test_money_stands_in_lakh_and_crore(sample: str) -> None:
    """Lakh and crore: no amount on a page is grouped in thousands."""
    html = drawn(sample, "hi")
    amounts = re.findall(r"₹\xa0?(-?[\d,]+)", html)
    assert all(re.fullmatch(r"-?\d{1,3}|-?\d{1,2}(,\d\d)*,\d{3}", amount) for amount in amounts), (
        amounts
    )


def test_a_refusal_at_a_field_calls_it_as_the_page_does() -> None:
    """Errors that help: no column of a file (``id_no``) in a sentence that a person reads on a page."""
    typed = dict.fromkeys((*MEMBER_COLUMNS, "dob", "admitted_on"), "??")
    refused = application_from(typed, Places("KDM01", 334), "0235").refusals
    assert len(refused) > 5
    with use_language("hi"):
        said = [render(one.message) for one in refused]
    assert [words for words in said if re.search(r"[a-z]{2,}", words)] == []
