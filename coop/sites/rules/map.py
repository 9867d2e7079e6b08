"""Sites as points of a picture, rounded so that no heap can be found by it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH, MOST_HEIGHT = 360, 420  # of a phone; a wide screen draws it larger
_MARGIN, _SIZE, _APART = 40, 24, 28
_ROUNDED = 10  # thousandths of a degree: about a kilometre
# A degree of longitude at 24 degrees north is 91 hundredths of a degree of latitude.
_NARROWER = 91


@dataclass(frozen=True, slots=True)
class Spot:
    """A site to be drawn: its number in the list, its state, its position in thousandths."""

    number: int
    code: str
    state: str
    lat_thousandths: int
    lon_thousandths: int


@dataclass(frozen=True, slots=True)
class Point:
    """A drawn site: the upper left corner of its shape and where its number stands."""

    number: int
    code: str
    state: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class SiteMap:
    """Points within a frame; ``size`` is that of a shape."""

    width: int
    height: int
    points: tuple[Point, ...]
    size: int = _SIZE


def site_map(spots: Iterable[Spot]) -> SiteMap | None:
    """Draw sites, north up; None where no position is known. Sites of one place stand in a row."""
    rounded = [
        (spot, _round(spot.lat_thousandths), _round(spot.lon_thousandths) * _NARROWER // 100)
        for spot in spots
    ]
    if not rounded:
        return None
    south, west = min(lat for _, lat, _ in rounded), min(lon for _, _, lon in rounded)
    high = max(lat for _, lat, _ in rounded) - south
    wide = max(lon for _, _, lon in rounded) - west
    across, down = WIDTH - 2 * _MARGIN - 3 * _APART, MOST_HEIGHT - 2 * _MARGIN
    span = max(wide, high * across // down, 1)
    height = 2 * _MARGIN + high * across // span
    points, taken = [], dict[tuple[int, int], int]()
    for spot, lat, lon in rounded:
        beside = taken.get((lat, lon), 0)
        taken[lat, lon] = beside + 1
        x = _MARGIN + (lon - west) * across // span + min(beside, 5) * _APART
        y = height - _MARGIN - (lat - south) * across // span
        points.append(Point(spot.number, spot.code, spot.state, x - _SIZE // 2, y - _SIZE // 2))
    return SiteMap(WIDTH, height, tuple(points))


def _round(thousandths: int) -> int:
    return (thousandths + _ROUNDED // 2) // _ROUNDED * _ROUNDED
