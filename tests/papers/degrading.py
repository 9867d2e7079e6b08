"""A code as it comes to a verifier: printed at 203 dpi on thermal paper, photographed by a cheap phone.

Every step draws from a seed, so that a code that did not read can be looked at again.
"""

import base64
import random

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
DOTS = 5  # of the printer, a module


def receipt_code(seed: int, size: int = 150) -> str:
    """A receipt's text of so many random bytes."""
    data = random.Random(seed).randbytes(size)
    return "HTTPS://JH.EXAMPLE.ORG/R/" + base64.b32encode(data).decode().rstrip("=")


def photograph(dots: Picture, seed: int) -> Picture:
    """A printed code (0 black, 255 white, ``DOTS`` a module), worn, and photographed once."""
    chance = np.random.default_rng(seed)
    seen = _photographed(_printed(dots.astype(np.float32), chance), chance)
    quality = int(chance.integers(55, 85))
    _, packed = cv2.imencode(".jpg", seen, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)


def _printed(dots: NDArray[np.float32], chance: np.random.Generator) -> NDArray[np.float32]:
    """Heat spreads or is lacking, dots drop out, a line of the head is dead, a blot lies on it."""
    heat = chance.choice(["spread", "lacking", "even"])
    kernel = np.ones((2, 2), np.uint8)
    if heat == "spread":
        dots = cv2.erode(dots, kernel)
    elif heat == "lacking":
        dots = cv2.dilate(dots, kernel)
    dropped = (chance.random(dots.shape) < 0.01) & (dots < 128)
    dots = np.where(dropped, 255, dots).astype(np.float32)
    side = dots.shape[0]
    if chance.random() < 0.3:
        dots[:, int(chance.integers(side // 4, side * 3 // 4))] = 255
    if chance.random() < 0.5:
        _blot(dots, chance)
    return dots


def _blot(dots: NDArray[np.float32], chance: np.random.Generator) -> None:
    """A spot over three hundredths of the code, away from the three finders."""
    side = dots.shape[0]
    radius = int(side * (0.03 / np.pi) ** 0.5)
    x, y = (int(chance.integers(side * 45 // 100, side * 75 // 100)) for _ in range(2))
    cv2.circle(dots, (x, y), radius, float(chance.choice([0, 255])), -1)


def _photographed(dots: NDArray[np.float32], chance: np.random.Generator) -> Picture:
    """Scaled, turned up to ten degrees, tilted, blurred, grey on grey in uneven light, noisy."""
    side = dots.shape[0]
    module = chance.uniform(4.0, 10.0)  # of a picture of 720 lines, half filled
    target = int(side * module / DOTS)
    edge = target // 5
    corners = np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float32)
    angle, tilt = np.radians(chance.uniform(-10, 10)), chance.uniform(-0.03, 0.03, (4, 2))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    ends = ((corners / side - 0.5 + tilt) @ turn.T + 0.5) * target + edge
    matrix = cv2.getPerspectiveTransform(corners, ends.astype(np.float32))
    whole = (target + 2 * edge, target + 2 * edge)
    seen = cv2.warpPerspective(dots, matrix, whole, flags=cv2.INTER_AREA, borderValue=255.0)
    seen = cv2.GaussianBlur(seen, (0, 0), chance.uniform(0.4, 1.0))
    black = chance.uniform(40, 110)
    contrast = chance.uniform(0.4, 0.8)
    light = np.linspace(1.0, chance.uniform(0.8, 1.0), whole[0], dtype=np.float32)
    seen = (black + seen * contrast * 0.55) * light
    seen += chance.normal(0, chance.uniform(2, 8), seen.shape)
    return np.clip(seen, 0, 255).astype(np.uint8)
