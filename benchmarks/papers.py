"""Receipts as PDF a second and core, beside a bare reportlab page with the same words and code.

`python -m benchmarks.papers [SHEETS]`. Every sheet has another number, weight, price, buyer and code, as
sales have; only the labels repeat. The bare page is what reportlab does alone: `drawString` without
shaping (its Hindi is wrong), no words beside the shapes, a code by segno as one path, nothing attached.
"With our code on it" lends it ours: the quicker code and drawings as bytes.
"""

import base64
import io
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import segno
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from coop.kernel.i18n import use_language
from coop.kernel.money import amount_paise
from coop.kernel.paper import column, draw_code
from coop.kernel.paper.fonts import font_of
from coop.log.operations.evidence import Evidence
from coop.sales.pdf import receipt, receipt_pdf
from coop.sales.queries.sheets import SaleSheet
from tests.house.sales_pages import SALES_SAMPLES
from tests.house.sales_samples import CHALLAN

AIM, AIM_RATIO = 40, 1.3
Line = tuple[str, int, int, int, bool]


def main(sheets: int = 200) -> None:
    """Print rates of processor time, best of three, in both languages."""
    for language in ("hi", "en"):
        with use_language(language):
            _compare(language, sheets)


def _compare(language: str, sheets: int) -> None:
    made = list(_sales(sheets))
    pages = [(one.code, _lines(one)) for one in made]
    proof = Evidence(random.Random(1).randbytes(190), bytes(10), b"proof\n" * 60, b"sign\n" * 50)

    def whole() -> None:
        for one in made:
            receipt_pdf(one, proof)

    def unattached() -> None:
        with patch.object(receipt, "attach", lambda canvas, files: None):
            whole()

    def bare() -> None:
        with patch.object(rl_config, "useA85", 1):  # as reportlab comes
            for code, lines in pages:
                _bare(code, lines)

    def bare_with_our_code() -> None:
        for code, lines in pages:
            _bare(code, lines, ours=True)

    drawn = (bare, bare_with_our_code, unattached, whole)
    rates = _rates(drawn, sheets)
    print(
        f"receipts as PDF, {language}: {rates['whole']:.0f}/s with proof attached (aim {AIM}), "
        f"{rates['unattached']:.0f}/s without; bare reportlab {rates['bare']:.0f}/s, "
        f"{rates['bare_with_our_code']:.0f}/s with our code on it; bare / ours "
        f"{rates['bare'] / rates['unattached']:.2f} and "
        f"{rates['bare_with_our_code'] / rates['unattached']:.2f} (aim {AIM_RATIO}), "
        f"with the proof {rates['bare_with_our_code'] / rates['whole']:.2f}"
    )


def _rates(drawn: Sequence[Callable[[], None]], sheets: int) -> dict[str, float]:
    """Best of five, in turns, so that a neighbour on the machine is everyone's neighbour."""
    best = dict.fromkeys((draw.__name__ for draw in drawn), 0.0)
    for _ in range(5):
        for draw in drawn:
            began = time.process_time()
            draw()
            taken = time.process_time() - began
            best[draw.__name__] = max(best[draw.__name__], sheets / taken)
    return best


def _sales(count: int) -> Iterator[SaleSheet]:
    chance = random.Random(58)
    first: Any = SALES_SAMPLES["invoice"][1]["sale"]
    stands: Any = SALES_SAMPLES["sale"][1]["stands"]
    place: Any = SALES_SAMPLES["invoice"][1]["place"]
    for number in range(1, count + 1):
        grams, rate = chance.randrange(50_000, 3_000_000), chance.randrange(1100, 2000)
        paise = amount_paise(grams, rate)
        sale = replace(
            first,
            number=f"KDM01-26-B{number:05d}",
            lot=f"KDM01-26-L{chance.randrange(1, 99999):05d}",
            buyer=f"नमूना खनिज {chance.randrange(1, 500)}",
            grams=grams,
            rate_paise=rate,
            amount_paise=paise,
            total_paise=paise,
        )
        data = base64.b32encode(chance.randbytes(165)).decode().rstrip("=")
        challan = replace(CHALLAN, challan_no=str(chance.randrange(10_000, 99_999)))
        yield SaleSheet(
            sale,
            replace(stands, challan=challan),
            place,
            f"HTTPS://JH.EXAMPLE.ORG/R/{data}",
        )


def _lines(one: SaleSheet) -> list[Line]:
    """What stands on a receipt, where, how large."""
    found: list[Line] = []
    draw = column.draw_lines

    def noted(canvas: Any, words: str, size: int, x: int, top: int, width: int, **more: Any) -> int:
        found.append((words, size, x, top - size, bool(more.get("bold"))))
        return draw(canvas, words, size, x, top, width, **more)

    with (
        patch.object(column, "draw_lines", noted),
        patch.object(receipt, "attach", lambda canvas, files: None),
    ):
        receipt_pdf(one, Evidence(b"", bytes(10), b"proof", b"sign"))
    return found


def _bare(code: str, lines: list[Line], *, ours: bool = False) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, pageCompression=1)
    for words, size, x, y, bold in lines:
        canvas.setFont(font_of(bold=bold), size)
        canvas.drawString(x, y, words)
    if ours:
        draw_code(canvas, code, 400, 650, 130)
        canvas.save()
        return file.getvalue()
    made = segno.make(code, error="m", mode="alphanumeric", boost_error=False, micro=False)
    path = canvas.beginPath()
    for y, row in enumerate(made.matrix):
        for x, dark in enumerate(row):
            if dark:
                path.rect(400 + 2 * x, 800 - 2 * y, 2, 2)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.save()
    return file.getvalue()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
