"""The books as pages and as files: trial balance, accounts, sub-ledgers, day book, one journal."""

from coop.ledger.controllers.accounts import AccountController
from coop.ledger.controllers.balance import BalanceController
from coop.ledger.controllers.journals import JournalController
from coop.ledger.controllers.parties import PartyController

CONTROLLERS = (BalanceController, AccountController, PartyController, JournalController)
