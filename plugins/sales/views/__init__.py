"""Lists, forms, boards and menu entries of orders and what follows from them."""

from plugins.sales.views.documents import VIEWS as DOCUMENTS
from plugins.sales.views.ledger import VIEWS as LEDGER
from plugins.sales.views.menus import MENUS
from plugins.sales.views.money import VIEWS as MONEY
from plugins.sales.views.orders import VIEWS as ORDERS
from plugins.sales.views.quotes import VIEWS as QUOTES
from plugins.sales.views.versions import VIEWS as VERSIONS

VIEWS = (*QUOTES, *ORDERS, *VERSIONS, *DOCUMENTS, *MONEY, *LEDGER)

__all__ = ["MENUS", "VIEWS"]
