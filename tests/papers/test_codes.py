"""Codes that were printed, worn and photographed badly are read by two decoders that are not ours."""

import io
import random
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
import pytest
import zxingcpp
from PIL import Image

from coop.kernel.paper.code import _rows, modules_of
from coop.kernel.paper.column import Column
from coop.kernel.paper.roll import NARROW, WIDE, Width, roll_pdf, roll_png
from tests.papers.degrading import DOTS, Picture, photographs, receipt_code

_FEW, _MANY, _LEAST = 20, 1000, 99


def dots_of(text: str) -> Picture:
    """A code in printer's dots, quiet zone and all, from the same modules as paper's."""
    rows = np.array([list(row) for row in _rows(text)], np.uint8)
    white = np.pad(1 - rows, 4, constant_values=1)
    return np.asarray(np.kron(white, np.ones((DOTS, DOTS), np.uint8)) * 255, np.uint8)


@cache
def _opencv() -> cv2.QRCodeDetector:
    return cv2.QRCodeDetector()


def by_zxing(seen: Picture) -> str:
    found = zxingcpp.read_barcodes(seen)
    return found[0].text if found else ""


def by_opencv(seen: Picture) -> str:
    return str(_opencv().detectAndDecode(seen)[0])


@dataclass(frozen=True)
class Read:
    """Codes in a hundred that a decoder read from the first photograph, and from one of a second's."""

    first: float
    second: float


def read_by_both(count: int) -> tuple[Read, Read]:
    """What zxing-cpp and OpenCV read of so many codes."""
    found: tuple[list[int], list[int]] = ([], [])
    for seed in range(count):
        text = receipt_code(seed, random.Random(seed).randrange(140, 172))
        assert modules_of(text) <= 57 + 8  # version 10
        waiting = [by_zxing, by_opencv]
        for place, seen in enumerate(photographs(dots_of(text), seed)):
            read = [decode for decode in waiting if decode(seen) == text]
            for decode in read:
                found[decode is by_opencv].append(place)
                waiting.remove(decode)
            if not waiting:
                break
    zxing, opencv = (Read(100 * f.count(0) / count, 100 * len(f) / count) for f in found)
    return zxing, opencv


def test_twenty_worn_codes_are_read_by_both() -> None:
    zxing, opencv = read_by_both(_FEW)
    assert zxing.first == zxing.second == opencv.second == 100, (zxing, opencv)


@pytest.mark.torture
def test_a_thousand_worn_codes_are_read_by_both() -> None:
    """OpenCV's own decoder fails on three of a hundred perfect codes: it is given a camera's second."""
    zxing, opencv = read_by_both(_MANY)
    print(f"\n{_MANY} worn codes: zxing-cpp {zxing}, OpenCV {opencv}")
    assert min(zxing.first, zxing.second, opencv.second) >= _LEAST, (zxing, opencv)


def test_a_code_that_is_too_worn_is_not_read() -> None:
    """The test can fail: half of a code is lost."""
    dots = dots_of(receipt_code(1))
    dots[: dots.shape[0] // 2] = 255
    seen = next(photographs(dots, 1))
    assert by_zxing(seen) == by_opencv(seen) == ""


@pytest.mark.parametrize(("width", "across"), [(NARROW, 384), (WIDE, 576)])
def test_a_slip_as_dots_is_as_wide_as_its_printer_and_its_code_has_sharp_modules(
    width: Width, across: int
) -> None:
    text = receipt_code(7)

    def put(to: Column, _: Width) -> None:
        to.words("नमूना", 20)
        to.dots_code(text, width.module)

    pdf = roll_pdf("Slip", "hi", width, put)
    picture = Image.open(io.BytesIO(roll_png(pdf, width)))
    assert (picture.mode, picture.width) == ("1", across)
    dots = np.asarray(picture.convert("L"))
    assert by_zxing(dots) == by_opencv(dots) == text
    code = np.argwhere(dots[60:] == 0)
    (top, left), (bottom, right) = code.min(0), code.max(0) + 1
    side = (modules_of(text) - 8) * width.module
    assert (bottom - top, right - left) == (side, side)
    square = dots[60:][top:bottom, left:right]
    each = square[:: width.module, :: width.module]
    assert (np.kron(each, np.ones((width.module, width.module), np.uint8)) == square).all()
