"""Floors at an instant and through time; notices as pages show them; what verify asks."""

from coop.prices.queries.in_force import (
    FloorNow,
    FloorPeriod,
    PublishedLine,
    floor_history,
    floors_after,
    floors_at,
    grades,
    last_notice_id,
    priced_districts,
    published_lines,
    standing,
)

__all__ = [
    "FloorNow",
    "FloorPeriod",
    "PublishedLine",
    "floor_history",
    "floors_after",
    "floors_at",
    "grades",
    "last_notice_id",
    "priced_districts",
    "published_lines",
    "standing",
]
