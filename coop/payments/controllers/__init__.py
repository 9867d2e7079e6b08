"""Vouchers: their list, the three forms that make one, the paper, and its taking back; passbooks."""

from coop.payments.controllers.money import MoneyController
from coop.payments.controllers.passbook import PassbookController
from coop.payments.controllers.vouchers import VoucherController

CONTROLLERS = (VoucherController, MoneyController, PassbookController)
