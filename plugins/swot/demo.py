"""An analysis of the company, revised after a year, one of a competitor, and a workshop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Company, clock_at, now, today
from plugin_api.models import model_of
from plugins.swot.demo_words import WORDS
from plugins.swot.models import Analysis, Evidence, Idea, Item, Option, Pair, Participant
from plugins.swot.services import finishing
from plugins.swot.services.wholes import items_of

MEASURES = ("crm.win_rate", "sales.invoiced_net", "crm.won_amount")


def load(company: Company, seed: int) -> None:
    """Fill a company that has people; one that has analyses is left as it is."""
    if host().session.scalar(sa.select(Analysis.id).limit(1)) is not None:
        return
    words = WORDS["zh" if company.language.startswith("zh") else "en"]
    leaders, reps = _people("manager"), _people("rep")
    if not leaders:
        return
    owner = leaders[0]
    with clock_at(now() - dt.timedelta(days=330)):
        first = _analysis(words["name"], owner)
        _items(first, words["items"], words)
        _before(first, words)
        finishing.weigh(first, {})
        host().session.flush()
        host().records.transition(first, "finish")
    with clock_at(now() - dt.timedelta(days=40)):
        rival = _analysis(words["about_rival"], owner, kind="competitor", subject=words["rival"])
        _items(rival, words["rivals"], words)
        host().records.transition(rival, "finish")
    with clock_at(now() - dt.timedelta(days=30)):
        _again(first, owner, words)
    _workshop(words, leaders[-1], [owner, *reps[:4]])


def _analysis(name: str, owner: int, **values: Any) -> Analysis:
    given = {"name": name, "owner_id": owner, "on": today(), **values}
    return host().records.create(Analysis, given)


def _items(of: Analysis, rows: Sequence[Any], words: dict[str, Any]) -> None:
    for number, (quadrant, name, factor, weight, intensity) in enumerate(rows):
        made = host().records.create(
            Item,
            {
                "analysis_id": of.id, "quadrant": quadrant, "name": name, "factor": factor,
                "weight": Decimal(weight), "intensity": intensity,
                "expires_on": today() + dt.timedelta(days=60 + 45 * number),
            },
        )  # fmt: skip
        source, said = words["survey" if quadrant in ("strength", "weakness") else "press"]
        host().records.create(
            Evidence,
            {
                "item_id": made.id, "kind": "note", "name": source, "note": said, "source": source,
                "as_of": today() - dt.timedelta(days=20),
            },
        )  # fmt: skip


def _before(of: Analysis, words: dict[str, Any]) -> None:
    """What was so a year ago, and was not yet."""
    quadrant, name, factor, intensity = words["went"]
    rows = ((quadrant, name, factor, "0.15", intensity),)
    _items(of, rows, words)
    for item in items_of(of.id):
        if item.factor == "rivals":
            host().records.transition(item, "drop")
        elif item.factor == "people":
            host().records.update(item, {"quadrant": "weakness"})


def _again(first: Analysis, owner: int, words: dict[str, Any]) -> None:
    made: Analysis = host().records.transition(first, "revise")["open"]
    host().records.update(made, {"summary": words["summary"], "owner_id": owner})
    known = {item.name: item for item in items_of(made.id)}
    host().records.transition(known[words["went"][1]], "drop")
    fresh = [row for row in words["items"] if row[1] not in known]
    _items(made, fresh, words)
    by_name = {item.name: item for item in items_of(made.id)}
    for number, (quadrant, name, _factor, weight, _intensity) in enumerate(words["items"]):
        changes = {
            "quadrant": quadrant, "weight": Decimal(weight),
            "expires_on": today() + dt.timedelta(days=20 + 30 * number),
        }  # fmt: skip
        host().records.update(by_name[name], changes)
    _figure(by_name[words["items"][1][1]])
    host().records.transition(made, "finish")
    for inner, outer, fit, name, details in words["options"]:
        pair = host().records.create(
            Pair,
            {
                "analysis_id": made.id, "inner_id": by_name[words["items"][inner][1]].id,
                "outer_id": by_name[words["items"][outer][1]].id, "fit": fit,
            },
        )  # fmt: skip
        option = host().records.create(
            Option, {"analysis_id": made.id, "pair_id": pair.id, "name": name, "details": details}
        )
        if fit == 3:
            host().records.transition(option, "choose")


def _figure(item: Item) -> None:
    """Show it by a figure as well, where there is one."""
    there = {each.key for each in host().measures.all()}
    key = next((each for each in MEASURES if each in there), None)
    if key is not None:
        host().records.create(Evidence, {"item_id": item.id, "kind": "measure", "measure": key})


def _workshop(words: dict[str, Any], owner: int, people: Sequence[int]) -> None:
    """A silent collection that is under way."""
    of = _analysis(words["workshop"], owner, kind="territory", subject=words["territory"])
    rows = [{"analysis_id": of.id, "user_id": user_id} for user_id in dict.fromkeys(people)]
    host().records.create_many(Participant, rows)
    host().records.transition(of, "collect")
    for number, user_id in enumerate(dict.fromkeys(people)):
        quadrant, name, *_rest = words["items"][number * 2 % len(words["items"])]
        host().session.add(
            Idea(analysis_id=of.id, user_id=user_id, name=name, quadrant=quadrant)
        )  # fmt: skip
    host().session.flush()


def _people(role_code: str) -> list[int]:
    user: Any = model_of("core.User")
    role: Any = model_of("core.Role")
    asked = (
        sa.select(user.id)
        .join(role, role.id == user.role_id)
        .where(user.active, role.code == role_code)
        .order_by(user.id)
    )
    return list(host().session.scalars(asked))
