"""Who sees and changes what.

Orders, deliveries and invoices belong to somebody, as customers do: a rep works with their
own, a manager with those of the reporting subtree. Entries of the ledger are seen by whom they
are credited to. Invoices and receipts are posted by finance and managers.
"""

from __future__ import annotations

from collections.abc import Mapping

from plugin_api.access import Permission, RoleGrants
from plugin_api.context import Scope
from plugin_api.context import lazy_gettext as _

AMEND = "sales.Order.amend"
ENTER = "sales.Order.enter"
DISCOUNT = "sales.Order.discount"
RELEASE = "sales.Quote.release"
CREDIT = "sales.OrderCredit.share"
POST = "sales.Invoice.post"
STATEMENT = "sales.statement"
POST_RECEIPT = "sales.Receipt.post"
ALLOCATE = "sales.Receipt.allocate"
RECEIVABLES = "sales.receivables"

DOCUMENTS = ("Quote", "Order", "Delivery", "Invoice", "Receivable", "Receipt")
VERSIONS = ("OrderVersion", "OrderVersionLine")
PARTS = ("QuoteLine", "OrderLine", "OrderCredit", "DeliveryLine", "InvoiceLine", "Allocation")

PERMISSIONS = (
    Permission(key=AMEND, label=_("Amend, close and reopen confirmed orders")),
    Permission(key=ENTER, label=_("Enter documents that were handled elsewhere")),
    Permission(key=DISCOUNT, label=_("Give any discount, whatever the margin")),
    Permission(key=RELEASE, label=_("Release quotes beyond the limits for discount and margin")),
    Permission(key=CREDIT, label=_("Share out credit of confirmed orders")),
    Permission(key=POST, label=_("Post invoices and credit notes")),
    Permission(key=POST_RECEIPT, label=_("Post and reverse receipts and refunds")),
    Permission(key=ALLOCATE, label=_("Allocate posted receipts")),
    Permission(
        key=RECEIVABLES, label=_("See the overview of receivables and statements of accounts")
    ),
    Permission(key=STATEMENT, label=_("See the statement of ledger and documents")),
)


def _grants(scope: Scope, models: tuple[str, ...], *actions: str) -> Mapping[str, Scope]:
    return {f"sales.{model}.{action}": scope for model in models for action in actions}


def _reading(role: str) -> RoleGrants:
    return RoleGrants(
        role=role,
        grants={
            **_grants(
                "company",
                (*DOCUMENTS, *PARTS, *VERSIONS, "LedgerEntry", "Channel"),
                "read",
                "export",
            ),
            STATEMENT: "company",
            RECEIVABLES: "company",
        },
    )


ROLES = (
    RoleGrants(
        role="rep",
        grants={
            **_grants("own", DOCUMENTS, "read", "create", "update", "delete", "export"),
            **_grants("own", PARTS, "read", "create", "update", "delete"),
            **_grants("own", (*VERSIONS, "LedgerEntry"), "read", "export"),
            **_grants("company", ("Channel",), "read"),
            RECEIVABLES: "own",
        },
    ),
    RoleGrants(
        role="manager",
        grants={
            **_grants("subtree", (*DOCUMENTS, *PARTS), "*"),
            **_grants("subtree", (*VERSIONS, "LedgerEntry"), "read", "export"),
            **_grants("company", ("Channel",), "*"),
            AMEND: "subtree",
            DISCOUNT: "subtree",
            RELEASE: "subtree",
            CREDIT: "subtree",
            POST: "subtree",
            POST_RECEIPT: "subtree",
            ALLOCATE: "subtree",
            RECEIVABLES: "subtree",
            STATEMENT: "subtree",
        },
    ),
    RoleGrants(
        role="finance",
        grants={
            **_grants("company", (*DOCUMENTS, *PARTS), "*"),
            **_grants("company", (*VERSIONS, "LedgerEntry"), "read", "export"),
            **_grants("company", ("Channel",), "*"),
            AMEND: "company",
            ENTER: "company",
            CREDIT: "company",
            POST: "company",
            POST_RECEIPT: "company",
            ALLOCATE: "company",
            RECEIVABLES: "company",
            STATEMENT: "company",
        },
    ),
    _reading("analyst"),
    _reading("auditor"),
)
