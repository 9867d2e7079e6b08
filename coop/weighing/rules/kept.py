"""An entry as text and back, for one that is kept before it is booked."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from coop.weighing.rules.entry import WeighingEntry


def entry_text(entry: WeighingEntry) -> str:
    """Return every value of an entry as JSON text in a fixed order."""
    said = asdict(entry) | {
        "id": str(entry.id),
        "moisture": str(entry.moisture),
        "waste": str(entry.waste),
        "weighed_at": entry.weighed_at.astimezone(UTC).isoformat(timespec="microseconds"),
    }
    return json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def entry_of_text(text: str) -> WeighingEntry:
    """Return the entry that ``entry_text`` wrote; ValueError, KeyError or TypeError for other text."""
    said = json.loads(text)
    return WeighingEntry(
        **said
        | {
            "id": UUID(said["id"]),
            "moisture": Decimal(said["moisture"]),
            "waste": Decimal(said["waste"]),
            "weighed_at": datetime.fromisoformat(said["weighed_at"]),
        }
    )
