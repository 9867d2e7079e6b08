"""The public board and the agency's pages of notices."""

from coop.prices.controllers.beside import hand_in
from coop.prices.controllers.board import board, history, one_notice, poster
from coop.prices.controllers.notices import NoticeController

__all__ = ["HANDLERS", "hand_in"]

HANDLERS = (board, poster, history, one_notice, NoticeController)
