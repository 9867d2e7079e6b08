"""Vouchers: their list, the three forms that make one, the paper, and its taking back."""

from coop.payments.controllers.money import MoneyController
from coop.payments.controllers.vouchers import VoucherController

CONTROLLERS = (VoucherController, MoneyController)
