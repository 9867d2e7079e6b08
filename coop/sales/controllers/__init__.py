"""Pages of lots and sales; all of them work without JavaScript."""

from coop.sales.controllers.lots import LotController, LotsController
from coop.sales.controllers.own import HANDLERS as _OWN_HANDLERS
from coop.sales.controllers.registration import RegistrationController
from coop.sales.controllers.sales import NoteController, SaleController, SalesController
from coop.sales.controllers.sell import LotSaleController
from coop.sales.controllers.sheets import HANDLERS

CONTROLLERS = (
    LotsController,
    LotController,
    LotSaleController,
    SalesController,
    SaleController,
    NoteController,
    RegistrationController,
    *HANDLERS,
    *_OWN_HANDLERS,
)
