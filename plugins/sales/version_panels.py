"""What an amendment of an order changed, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plugin_api import host
from plugin_api.context import gettext, has_permission
from plugin_api.panels import Fact, Panel
from plugins.sales import display
from plugins.sales.models import Order, OrderLine, OrderVersion, OrderVersionLine
from plugins.sales.services import versions

MOST = 12


def of_order(order: Order) -> list[Panel]:
    """What the version that is valid changed; nothing for what was never amended."""
    if order.revision == 1 or not _reads():
        return []
    last = versions.history(order.id)
    if last is None:
        return []
    facts = [*_terms(last, order), *_lines(versions.lines_of(last), versions.lines_by_now(order.id),
                                           order.currency)]  # fmt: skip
    return [_panel(facts, last)]


def of_version(version: OrderVersion) -> list[Panel]:
    """What a version before changed."""
    last = versions.before(version)
    if last is None or not _reads():
        return []
    lines = _lines(versions.lines_of(last), versions.lines_of(version), version.currency)
    return [_panel([*_terms(last, version), *lines], last)]


def _panel(facts: list[Fact], last: OrderVersion) -> Panel:
    left = len(facts) - MOST
    notes = [] if facts else [gettext("Nothing differs from the version before.")]
    if left > 0:
        notes = [gettext("And %(count)s more.", count=left)]
    before = Fact(
        label=gettext("Version before"), value=last.name,
        href=host().record_url("sales.OrderVersion", last.id),
    )  # fmt: skip
    return Panel(
        title=gettext("What this version changed"), facts=(before, *facts[:MOST]),
        note=" ".join(map(str, notes)),
    )  # fmt: skip


def _reads() -> bool:
    return has_permission("sales.OrderVersion.read") and has_permission(
        "sales.OrderVersionLine.read"
    )


def _terms(old: OrderVersion, new: Order | OrderVersion) -> Iterator[Fact]:
    for name in ("total", *versions.AMENDED):
        one, other = getattr(old, name), getattr(new, name)
        if one != other and _may_read(Order, OrderVersion, name):
            label = Order.__table__.columns[name].info["field"].label
            yield _fact(label, _said(name, one, old.currency), _said(name, other, new.currency))


def _lines(old: Any, new: Any, currency: str) -> Iterator[Fact]:
    """A line for each value that differs; a line that came or went by what it is."""
    seen = [
        name for name in versions.COMPARED if _may_read(OrderLine, OrderVersionLine,
                                                        name.removesuffix("_id"))
    ]  # fmt: skip
    for line in versions.changed(old, new):
        name = line.description if "description" in seen else None
        title = name or gettext("Line %(id)s", id=line.id)
        if line.before is None or line.after is None:
            came = line.before is None
            word = gettext("Added") if came else gettext("Removed")
            values = line.after or line.before or {}
            yield Fact(label=title, value=f"{word} · {_whole(values, seen, currency)}".rstrip(" ·"))
            continue
        for field in seen:
            one, other = line.before[field], line.after[field]
            if one != other:
                label = OrderLine.__table__.columns[field].info["field"].label
                yield _fact(
                    f"{title} · {label}", _said(field, one, currency), _said(field, other, currency)
                )


def _whole(line: Mapping[str, Any], seen: list[str], currency: str) -> str:
    """Quantity and price of a line, as far as both are seen."""
    known = [
        _said(name, line[name], currency)
        for name in ("quantity", "price")
        if name in seen and line[name] is not None
    ]
    return " × ".join(known)


def _fact(label: Any, old: str, new: str) -> Fact:
    return Fact(label=label, value=f"{old} → {new}")


def _said(name: str, value: Any, currency: str) -> str:
    if value is None or value == "":
        return "–"
    if name == "total":
        return display.money(value, currency)
    if name in ("price", "agreed"):
        return display.amount(value, currency)
    if name in ("discount", "tax_rate"):
        return f"{display.number(value)} %"
    if name == "quantity":
        return display.number(value)
    if name == "deliver_by":
        return display.day(value)
    if name == "product_id":
        return str(host().title_of("catalog.Product", value))
    return str(value)[:80]


def _may_read(one: Any, other: Any, name: str) -> bool:
    may_read = host().records.may_read
    return may_read(one, name) and may_read(other, name)
