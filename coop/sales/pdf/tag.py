"""The lot's tag on A5, to tie to its bags: number and grade to be read from afar."""

from coop.kernel.i18n import HINDI, day, kg, language, named, time
from coop.kernel.i18n import gettext as _
from coop.kernel.paper import Column, Sheet, millimetres
from coop.sales.queries.sheets import LotTag

_SIZE = (millimetres(148), millimetres(210))
_MARGIN = millimetres(12)
_PLAIN = 13


def tag_pdf(one: LotTag) -> bytes:
    """Draw a tag in the language spoken now."""
    lot = one.lot
    number = lot.key.number
    sheet = Sheet(f"{_('Tag of lot')} {number}", language(), _SIZE)
    to = Column(sheet.canvas, _MARGIN, sheet.height - _MARGIN, sheet.width - 2 * _MARGIN)
    house = lot.coop_name_hi if language() == HINDI else lot.coop_name_en
    to.words(f"{house} · {lot.cooperative_code}", _PLAIN)
    to.space(8)
    to.words(number, 38, bold=True)
    to.words(f"{_('Grade')} {lot.key.grade_code} {named(lot)}", 26, bold=True)
    to.rule(thick=2, space=10)
    weighed = f"{day(lot.first_weighed_at)} – {day(lot.last_weighed_at)}"
    to.pair(_("Weight of the lot"), f"{kg(lot.made_grams)} {_('kg')}", 18, bold=True)
    to.pair(_("Made on"), f"{day(lot.made_at)}, {time(lot.made_at)}", _PLAIN)
    to.pair(_("District"), named(one.district), _PLAIN)
    to.pair(_("Purchases"), str(lot.purchase_count), _PLAIN)
    to.pair(_("Weighed"), weighed, _PLAIN)
    to.rule(thick=2, space=10)
    to.words(_("Keep this lot apart from every other until it is sold."), _PLAIN)
    return sheet.data()
