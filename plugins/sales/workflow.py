"""How quotes, orders, deliveries, invoices and receipts move on."""

from __future__ import annotations

from plugin_api.context import lazy_gettext as _
from plugin_api.workflow import Transition, Workflow
from plugins.sales.access import ALLOCATE, AMEND, POST, POST_RECEIPT, RELEASE
from plugins.sales.services import delivering, flow, invoicing, quoting, receipts, versions

QUOTES = Workflow(
    model="sales.Quote",
    field="status",
    transitions=(
        Transition(
            name="send",
            label=_("Send"),
            from_=("draft", "released"),
            to="sent",
            inputs=("quoted_on", "valid_until"),
            required=("account",),
            check=quoting.check_send,
            apply=quoting.send,
            tone="good",
        ),
        Transition(
            name="ask_release",
            label=_("Ask for release"),
            from_=("draft",),
            to="held",
            inputs=("release_reason",),
            required=("account", "release_reason"),
            check=quoting.check_ask,
        ),
        Transition(
            name="release",
            label=_("Release"),
            from_=("held",),
            to="released",
            inputs=("release_reason",),
            permission=RELEASE,
            apply=quoting.release,
            tone="good",
        ),
        Transition(
            name="take_back", label=_("Back to draft"), from_=("held", "released"), to="draft"
        ),
        Transition(
            name="accept",
            label=_("Accepted"),
            from_=("sent",),
            to="accepted",
            inputs=("decided_by",),
            check=quoting.check_accept,
            apply=quoting.accept,
            tone="good",
        ),
        Transition(
            name="decline",
            label=_("Declined"),
            from_=("sent", "expired"),
            to="declined",
            inputs=("decline_reason", "decided_by"),
            apply=quoting.decline,
            tone="bad",
        ),
        Transition(
            name="new_version",
            label=_("New version"),
            from_=("sent", "declined", "expired"),
            apply=quoting.new_version,
        ),
        Transition(name="expire", label=_("Expire"), from_=("sent",), to="expired", button=False),
    ),
)

ORDERS = Workflow(
    model="sales.Order",
    field="status",
    guards=("change_reason",),
    transitions=(
        Transition(
            name="confirm",
            label=_("Confirm"),
            from_=("draft",),
            to="confirmed",
            inputs=("ordered_on",),
            required=("account",),
            check=flow.check_confirm,
            apply=flow.confirm,
            tone="good",
        ),
        Transition(
            name="deliver",
            label=_("Deliver all"),
            from_=("confirmed", "partial"),
            to="delivered",
            tone="good",
        ),
        Transition(
            name="amend",
            label=_("Amend"),
            from_=("confirmed", "partial", "delivered"),
            inputs=("change_reason",),
            permission=AMEND,
            check=versions.check_amend,
            apply=versions.amend,
        ),
        Transition(
            name="prepare_delivery",
            label=_("Prepare a delivery"),
            from_=("confirmed", "partial"),
            apply=flow.prepare_delivery,
        ),
        Transition(
            name="prepare_invoice",
            label=_("Prepare an invoice"),
            from_=("confirmed", "partial", "delivered", "closed"),
            apply=flow.prepare_invoice,
        ),
        Transition(
            name="prepare_return",
            label=_("Prepare a return"),
            from_=("partial", "delivered", "closed"),
            apply=flow.prepare_return,
        ),
        Transition(
            name="close",
            label=_("Close"),
            from_=("confirmed", "partial", "delivered"),
            to="closed",
            check=flow.check_close,
            apply=flow.end,
        ),
        Transition(
            name="cancel",
            label=_("Cancel"),
            from_=("draft", "confirmed"),
            to="cancelled",
            inputs=("cancel_reason",),
            check=flow.check_cancel,
            apply=flow.end,
            tone="bad",
        ),
        Transition(
            name="reopen",
            label=_("Reopen"),
            from_=("closed", "cancelled"),
            permission=AMEND,
            apply=flow.reopen,
        ),
    ),
)

DELIVERIES = Workflow(
    model="sales.Delivery",
    field="status",
    transitions=(
        Transition(
            name="post",
            label=_("Post"),
            from_=("draft",),
            to="posted",
            inputs=("delivered_on",),
            check=delivering.check_post,
            apply=delivering.post,
            tone="good",
        ),
        Transition(
            name="cancel",
            label=_("Cancel"),
            from_=("draft", "posted"),
            to="cancelled",
            check=delivering.check_cancel,
            tone="bad",
        ),
    ),
)

INVOICES = Workflow(
    model="sales.Invoice",
    field="status",
    transitions=(
        Transition(
            name="post",
            label=_("Post"),
            from_=("draft",),
            to="posted",
            inputs=("invoiced_on",),
            required=("account",),
            permission=POST,
            check=invoicing.check_post,
            apply=invoicing.post,
            tone="good",
        ),
        Transition(
            name="credit",
            label=_("Write a credit note"),
            from_=("posted",),
            apply=invoicing.draft_credit,
        ),
    ),
)

RECEIPTS = Workflow(
    model="sales.Receipt",
    field="status",
    transitions=(
        Transition(
            name="post",
            label=_("Post"),
            from_=("draft",),
            to="posted",
            inputs=("received_on",),
            permission=POST_RECEIPT,
            check=receipts.check_post,
            apply=receipts.post,
            tone="good",
        ),
        Transition(
            name="allocate",
            label=_("Allocate, oldest first"),
            from_=("posted",),
            permission=ALLOCATE,
            apply=receipts.allocate,
        ),
        Transition(
            name="refund",
            label=_("Prepare a refund"),
            from_=("posted",),
            apply=receipts.refund,
        ),
        Transition(
            name="reverse",
            label=_("Reverse"),
            from_=("posted",),
            to="reversed",
            inputs=("reverse_reason",),
            permission=POST_RECEIPT,
            check=receipts.check_reverse,
            apply=receipts.reverse,
            tone="bad",
        ),
    ),
)

WORKFLOWS = (QUOTES, ORDERS, DELIVERIES, INVOICES, RECEIPTS)
