"""What stands beside a product, a price list or an account."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import url_for

from plugin_api import host
from plugin_api.context import (
    current_company,
    gettext,
    has_permission,
    pgettext,
    today,
)
from plugin_api.models import CompanyModel
from plugin_api.panels import Action, Fact, Panel
from plugins.catalog.api import PriceList, Product
from plugins.pricing import display
from plugins.pricing.access import EXPLAIN, SIMULATE
from plugins.pricing.models import Promotion, Rule, Terms
from plugins.pricing.services import book, claiming, explaining, words
from plugins.pricing.services.fitting import why_not

MOST = 5
DOCUMENTS = ("sales.Order", "sales.Quote")
LINES = {"sales.OrderLine": "order_line", "sales.QuoteLine": "quote_line"}


def for_record(record: CompanyModel) -> list[Panel]:
    """Panels of a product, a price list or an account."""
    if record.model_key() in LINES:
        return _line(record) if has_permission(EXPLAIN) else []
    if record.model_key() in DOCUMENTS:
        return _document(record)
    if isinstance(record, Promotion):
        return _promotion(record)
    if isinstance(record, Product):
        return [_product(record)] if has_permission(EXPLAIN) else []
    if not has_permission("pricing.Terms.read"):
        return []
    return [_list(record)] if isinstance(record, PriceList) else _account(record)


def _product(product: Product) -> Panel:
    """What it costs today where nothing else is said, and why."""
    found = explaining.explain(product.id)
    facts = (Fact(label=gettext("Price today"), value=display.amount(found.price, found.currency)),)
    address = url_for("pricing.explain", product__id=product.id)
    action = Action(label=gettext("Explain a price"), href=address, icon="question-circle")
    return Panel(title=gettext("Pricing"), facts=facts, actions=(action,))


def _document(document: Any) -> list[Panel]:
    """What promotions it has, and finding its prices anew while it is a draft."""
    sees = host().records.may_read(type(document), "amount")
    facts = tuple(
        Fact(label=name, value=display.amount(cost, document.currency) if sees else "",
             href=host().record_url("pricing.Promotion", id_))
        for id_, name, cost in claiming.had(document)
    )  # fmt: skip
    actions: tuple[Action, ...] = ()
    if document.status == "draft" and host().records.may(document, "update"):
        address = url_for("pricing.price_again", about=f"{document.model_key()}:{document.id}")
        actions = (
            Action(label=gettext("Find prices anew"), href=address, post=True, icon="arrow-repeat"),
        )
    if not facts and not actions:
        return []
    return [Panel(title=gettext("Promotions"), facts=facts, actions=actions)]


def _promotion(promotion: Promotion) -> list[Panel]:
    """How much of its budget is spent, and what it would have cost."""
    facts = []
    if promotion.budget:
        facts.append(
            Fact(label=gettext("Spent"), value=display.money(promotion.spent),
                 share=promotion.spent / promotion.budget)
        )  # fmt: skip
    actions: tuple[Action, ...] = ()
    if has_permission(SIMULATE) and host().is_enabled("sales"):
        address = url_for("pricing.simulate", promotion=promotion.id)
        label = gettext("Run it over past orders")
        actions = (Action(label=label, href=address, icon="calculator"),)
    if not facts and not actions:
        return []
    return [Panel(title=gettext("Promotion"), facts=tuple(facts), actions=actions)]


def _line(line: Any) -> list[Panel]:
    """What has made its price, in a few lines."""
    steps = [words.said(step) for step in explaining.kept_shown(line.trace or [])]
    if not steps:
        return []
    facts = tuple(
        Fact(label=f"{step.what} · {step.name}" if step.name else step.what,
             value=display.amount(step.price, line.currency))
        for step in steps
        if step.did and step.price is not None
    )  # fmt: skip
    address = url_for(f"pricing.{LINES[line.model_key()]}", record_id=line.id)
    action = Action(label=gettext("Explain the price"), href=address, icon="question-circle")
    return [Panel(title=gettext("Pricing"), facts=facts, actions=(action,))]


def _list(record: PriceList) -> Panel:
    """Whom it is for, and how many rules it has."""
    asked = sa.select(Terms).where(Terms.price_list_id == record.id, Terms.active)
    found = host().session.scalars(asked.order_by(Terms.priority.desc(), Terms.id)).all()
    facts = [
        Fact(label=terms.name, value=str(terms.priority),
             href=host().record_url("pricing.Terms", terms.id))
        for terms in found[:MOST]
    ]  # fmt: skip
    count = host().session.scalar(
        sa.select(sa.func.count(Rule.id)).where(Rule.price_list_id == record.id)
    )
    facts.append(
        Fact(label=gettext("Price rules"), value=str(count or 0),
             href=host().list_url("pricing.Rule", {"price_list": record.id}))
    )  # fmt: skip
    note = "" if found or record.is_default else gettext("Nobody gets this list yet.")
    actions = []
    if has_permission("pricing.Terms.create"):
        address = url_for("records.new", plugin="pricing", collection="terms", price_list=record.id)
        actions.append(Action(label=gettext("Say whom it is for"), href=address, icon="people"))
    return Panel(
        title=pgettext("price", "For whom"), facts=tuple(facts), note=note, actions=tuple(actions)
    )


def _account(record: CompanyModel) -> list[Panel]:
    """The lists that are asked for this account, in their order."""
    found = book.read([])
    customer = explaining.customer_of(found, record.id)
    currency = current_company().currency
    fitting = [
        terms
        for terms in sorted(found.terms, key=lambda each: (-each.priority, each.id))
        if found.lists[terms.list_id].active
        and why_not(terms.audience, customer, today(), terms.audience.currency or currency) is None
    ]
    facts = tuple(
        Fact(label=found.lists[terms.list_id].name, value=terms.name,
             href=host().record_url("catalog.PriceList", terms.list_id))
        for terms in fitting[:MOST]
    )  # fmt: skip
    actions = []
    if has_permission(EXPLAIN):
        address = url_for("pricing.explain", account__id=record.id)
        actions.append(
            Action(label=gettext("Explain a price"), href=address, icon="question-circle")
        )
    if has_permission("pricing.Terms.create"):
        address = url_for("records.new", plugin="pricing", collection="terms",
                          condition=f"id={record.id}")  # fmt: skip
        actions.append(
            Action(label=gettext("Give it a price list of its own"), href=address, icon="tags")
        )
    note = "" if facts else gettext("It pays the prices of the standard list.")
    return [Panel(title=gettext("Price lists"), facts=facts, note=note, actions=tuple(actions))]
