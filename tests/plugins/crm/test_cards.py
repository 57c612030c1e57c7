"""Cards of leaders: the pipeline adds up, and whoever needs help is named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import sqlalchemy as sa
from sqlalchemy import event

from core.data import query
from core.data.fields import all_fields
from core.extensions import db
from core.host import services
from core.views.urls import collection_url
from core.web import formats
from plugin_api.cards import CardContent
from plugin_api.context import current_actor, today
from plugin_api.host import host
from plugins.crm.models import StageChange
from plugins.crm.services.changed import Changed, Part, changed_since
from plugins.crm.services.stages import default_pipeline, steps_of
from plugins.crm.team_cards import changed, helped
from tests.plugins.crm.conftest import Make
from tests.plugins.crm.kit import acting, user

K = 1000_00


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def week(deal: Make) -> None:
    ann = user("ann")
    deal(amount=10 * K, created_on=ago(30), owner_id=ann)
    deal(amount=20 * K, created_on=ago(30), outcome="won", closed_on=ago(3), owner_id=ann)
    deal(amount=5 * K, created_on=ago(30), outcome="lost", closed_on=ago(2), owner_id=ann)
    deal(amount=7 * K, created_on=ago(2), owner_id=ann)
    deal(amount=3 * K, created_on=ago(4), outcome="won", closed_on=ago(1), owner_id=ann)
    deal(amount=90 * K, created_on=ago(60), outcome="won", closed_on=ago(20), owner_id=ann)
    deal(amount=91 * K, created_on=ago(60), outcome="void", closed_on=ago(2), owner_id=ann)
    deal(amount=92 * K, created_on=ago(60), archived=True, owner_id=ann)
    deal(amount=8 * K, created_on=ago(30), owner_id=user("cai"))


def test_what_changed_adds_up(deal: Make) -> None:
    week(deal)
    with acting("boss"):
        found = changed_since(ago(7))
    assert found == Changed(
        opening=Part(3, 35 * K),
        created=Part(2, 10 * K),
        won=Part(2, 23 * K),
        lost=Part(1, 5 * K),
        closing=Part(2, 17 * K),
        moved=0,
        postponed=0,
    )
    for name in ("count", "amount"):
        opening, created, won, lost, closing = (
            getattr(getattr(found, part), name)
            for part in ("opening", "created", "won", "lost", "closing")
        )
        assert opening + created - won - lost == closing


def test_moves_of_the_week_are_counted(deal: Make) -> None:
    one, other = deal(created_on=ago(30)), deal(created_on=ago(30))
    second = steps_of(default_pipeline() or 0)[1]
    host().records.transition(one, "move", {"stage": second.id})
    host().records.update(other, {"expected_close": ago(-10)})
    host().records.update(other, {"expected_close": ago(-20)})
    found = changed_since(ago(7))
    assert (found.moved, found.postponed) == (1, 1)
    host().session.execute(
        sa.update(StageChange).values(entered_at=datetime.now(UTC) - timedelta(days=9))
    )
    assert changed_since(ago(7)).moved == 0


def test_the_cards_ask_little_and_stay_within_the_team(deal: Make) -> None:
    week(deal)
    deal(amount=K, name="late", expected_close=ago(3), owner_id=user("bo"), created_on=ago(9))
    deal(amount=K, name="theirs", expected_close=ago(3), owner_id=user("cai"))
    statements: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    with acting("boss"):
        helped()
        db.session().settle()
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            card, needy = changed(), helped()
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
    assert len(statements) <= 4
    assert [str(line.value) for line in card.lines] == [
        "CN¥36,000.00", "+CN¥10,000.00", "−CN¥23,000.00", "−CN¥5,000.00", "= CN¥18,000.00",
    ]  # fmt: skip
    assert len(card.facts[0].trend) == 12 and sum(card.facts[0].trend) == 113_000
    assert [(str(line.text), str(line.value)) for line in needy.lines] == [
        ("Ann", "1 needs a step"), ("Bo", "1 needs a step"),
    ]  # fmt: skip
    assert "1 stalling" in str(needy.lines[0].note) and "1 overdue" in str(needy.lines[1].note)


def test_every_figure_is_that_of_the_list_it_opens(deal: Make) -> None:
    """Of every card of every plugin, with records that are archived, void, shared or of others."""
    week(deal)
    ann, cai = user("ann"), user("cai")
    late = {"expected_close": ago(3), "created_on": ago(9)}
    deal(amount=K, owner_id=ann, **late)
    deal(amount=2 * K, owner_id=ann, archived=True, **late)
    deal(amount=3 * K, owner_id=ann, outcome="void", created_on=ago(3), closed_on=ago(1))
    deal(amount=4 * K, owner_id=ann, outcome="won", archived=True, created_on=ago(3),
         closed_on=ago(1))  # fmt: skip
    deal(amount=5 * K, owner_id=cai, expected_close=ago(-5), created_on=ago(1))
    deal(amount=6 * K, owner_id=ann, expected_close=ago(-5), created_on=ago(1))
    deal(amount=7 * K, owner_id=ann, created_on=ago(1), archived=True)
    deal(amount=8 * K, owner_id=ann, created_on=None)
    compared = set()
    for name in ("boss", "ann", "eve", "ada"):
        with acting(name):
            grants = current_actor().grants
            for plugin, cards in services().registry.cards.items():
                for card in (each for each in cards if each.permission in grants):
                    key = f"{plugin}.{card.id}"
                    if key == "core.health":
                        continue  # asks by connections of its own, which wait for ours
                    compared |= {(name, key) for _ in _compared(card.load())}
    assert {key for _name, key in compared} >= {
        "crm.changed", "crm.help", "crm.pipeline", "crm.closing",
    }  # fmt: skip
    assert ("ann", "crm.closing") in compared


def _compared(content: CardContent) -> Iterator[str]:
    """Figures that lead to a list; those without a link lead where the card does."""
    shown = [(str(line.value), line.href) for line in content.lines]
    shown += [(str(bar.text), bar.href) for bar in content.bars]
    shown += [(str(fact.value), fact.href or "") for fact in content.facts]
    if content.facts and all(fact.href is None for fact in content.facts) and "__gte" in (
        content.more_href
    ):  # fmt: skip
        shown += [(str(fact.value), content.more_href) for fact in content.facts]
    for text, href in shown:
        models = (m for m in services().registry.models.values() if m.__collection__)
        model = next((m for m in models if collection_url(m) == urlsplit(href).path), None)
        if model is None or not any(c.isdigit() for c in text):
            continue
        asked = dict(parse_qsl(urlsplit(href).query))
        assert "view" not in asked
        found = query.parse_query(model, asked | {"count": "true"})
        sums = query.totals(found, [n for n, m in all_fields(model).items() if m.kind == "money"])
        figures = [str(sums.count)]
        for by_currency in sums.sums.values():
            figures += [formats.money(int(v), c or "CNY") for c, v in by_currency.items()]
        said = text.lstrip("+−= ")
        assert said in figures or said.split()[0] in figures, (text, href, figures)
        yield text
