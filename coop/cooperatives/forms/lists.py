"""Rows of cooperatives.csv and centres.csv as values."""

import re
from collections.abc import Mapping

from coop.cooperatives.rules import Centre, Cooperative
from coop.kernel.cells import Cells, Parsed
from coop.kernel.words import say

COOPERATIVE_COLUMNS = ("code", "name_en", "name_hi", "block", "district_lgd", "state_lgd")
CENTRE_COLUMNS = ("code", "cooperative", "name", "village", "block", "district_lgd", "devices")
COOPERATIVE_CODE = "[A-Z0-9]{3,10}"
_CENTRE_CODE = "[A-Z0-9][A-Z0-9-]{0,19}"
_DEVICE_CODE = "[A-Z0-9][A-Z0-9-]{0,23}"
_MOST_LGD = 999_999


def cooperative_from_row(row: Mapping[str, str]) -> Parsed[Cooperative]:
    """Read a row of cooperatives.csv; each problem names its column."""
    cells = Cells(row)
    return cells.finish(
        Cooperative(
            code=cells.pattern("code", COOPERATIVE_CODE, "KDM01"),
            name_en=cells.text("name_en", 200, needed=True),
            name_hi=cells.text("name_hi", 200),
            block=cells.text("block", 80),
            district_lgd=cells.whole("district_lgd", 1, _MOST_LGD),
            state_lgd=cells.whole("state_lgd", 1, _MOST_LGD),
        )
    )


def centre_from_row(row: Mapping[str, str]) -> Parsed[Centre]:
    """Read a row of centres.csv; its devices stand between semicolons, none is allowed.

    A column ``name_hi`` with the Hindi name may be missing.
    """
    cells = Cells(row)
    return cells.finish(
        Centre(
            code=cells.pattern("code", _CENTRE_CODE, "KDM01-C1"),
            cooperative=cells.pattern("cooperative", COOPERATIVE_CODE, "KDM01"),
            name=cells.text("name", 120, needed=True),
            village=cells.text("village", 80),
            block=cells.text("block", 80),
            district_lgd=cells.whole("district_lgd", 1, _MOST_LGD),
            devices=_devices(cells),
            name_hi=cells.text("name_hi", 120),
        )
    )


def _devices(cells: Cells) -> tuple[str, ...]:
    codes = [code.strip().upper() for code in cells.raw("devices").split(";") if code.strip()]
    for code in codes:
        if not re.fullmatch(_DEVICE_CODE, code):
            message = say(
                "%(code)s is not of the form KDM01-C1-D1; correct it.", code=ascii(code[:24])
            )
            cells.refuse("devices", "code_invalid", message)
    return tuple(codes)
