"""How strictly a company writes its orders, and how it rounds."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.models import Choice
from plugin_api.settings import Setting

ROUNDING = "sales.rounding"
MOST_DISCOUNT = "sales.most_discount"
LEAST_MARGIN = "sales.least_margin"
PAYMENT_DAYS = "sales.payment_days"
VALID_DAYS = "sales.valid_days"
AUTO_ALLOCATE = "sales.auto_allocate"
SAY_WHY = "sales.say_why"

SETTINGS = (
    Setting(
        key=ROUNDING,
        label=_("Round amounts"),
        kind="choice",
        default="line",
        choices=(
            Choice(value="line", label=_("Each line, to the smallest unit of the currency")),
            Choice(value="figure", label=_("Only figures: lines keep six decimals")),
        ),
        help=_(
            "Lines that are rounded add up to what stands on an invoice. Choose the other where"
            " the books of before kept fractions of a cent and their sums have to come out."
        ),
    ),
    Setting(
        key=MOST_DISCOUNT,
        label=_("Highest discount in percent"),
        kind="integer",
        default=100,
        minimum=0,
        maximum=100,
        help=_("Of the list price. Beyond it needs the permission to give any discount."),
    ),
    Setting(
        key=LEAST_MARGIN,
        label=_("Lowest margin in percent"),
        kind="integer",
        default=0,
        minimum=0,
        maximum=100,
        help=_("Of all lines whose cost is known; 0: not asked. The same permission lifts it."),
    ),
    Setting(
        key=PAYMENT_DAYS,
        label=_("Days to pay"),
        kind="integer",
        default=30,
        minimum=0,
        maximum=3650,
        help=_("From the day of the invoice, where the order says nothing else."),
    ),
    Setting(
        key=VALID_DAYS,
        label=_("Days that a quote is valid"),
        kind="integer",
        default=30,
        minimum=0,
        maximum=3650,
        help=_("From the day on which it is sent, where the quote says nothing else."),
    ),
    Setting(
        key=AUTO_ALLOCATE,
        label=_("Allocate receipts by themselves"),
        kind="boolean",
        default=True,
        help=_(
            "A receipt that is posted without saying what it is for pays what is due first. What"
            " is more stays the customer's credit."
        ),
    ),
    Setting(
        key=SAY_WHY,
        label=_("Amend orders only with a reason"),
        kind="boolean",
        default=False,
        help=_(
            "Lines of a confirmed order stay as they are until somebody takes the step “Amend” that"
            " day and says why; rules for approval may stand before that step. Otherwise the step"
            " is free, and what the order said before is kept all the same."
        ),
    ),
)
