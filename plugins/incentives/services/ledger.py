"""Writing entries, and the statements that they go into, with few statements to the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import current_company, now, today
from plugin_api.models import model_of
from plugins.incentives.models import Entry, Plan, Statement
from plugins.incentives.models.common import company_currency
from plugins.incentives.services import periods as cutting
from plugins.incentives.services import words
from plugins.incentives.services.shapes import Period, Result


class Held(NamedTuple):
    """A statement as it is in the database; without a number it is yet to be made."""

    id: int | None
    period: Period
    is_open: bool


class Ledger:
    """Entries of some people in a plan. They are kept until they are written, all at once."""

    def __init__(self, plan: Plan, people: Collection[int]) -> None:
        self._plan, self._people = plan, sorted(people)
        self._statements = self._known()
        self._numbers = self._counted()
        self._rows: list[tuple[tuple[int, date], dict[str, Any]]] = []

    def add(
        self, user_id: int, period: Period, kind: str, *, whole: int, amount: int, text: str,
        line: Result | None = None, plan_version_id: int | None = None,
    ) -> None:  # fmt: skip
        """One entry, in the statement of its period or, once that is approved, in the next."""
        place = (user_id, period.start)
        number = self._numbers[place] = self._numbers.get(place, 0) + 1
        row = {
            "posted_on": today(), "user_id": user_id, "plan_id": self._plan.id,
            "plan_version_id": plan_version_id, "component_id": line.rule_id if line else None,
            "start": period.start, "end": period.end, "kind": kind, "text": text[:500],
            "whole": whole, "amount": amount, "base": line.base if line else Decimal(0),
            "rate": line.rate if line else Decimal(0), "step": kept(line.step) if line else None,
            "each_id": line.each_id if line else None, "number": number,
            "currency": company_currency(),
        }  # fmt: skip
        self._rows.append(((user_id, self._goes_into(user_id, period)), row))

    def close(self) -> int:
        """Write all of it; how many entries there were."""
        if not self._rows:
            return 0
        self._make()
        ids = {
            (user_id, start): held.id
            for user_id, some in self._statements.items()
            for start, held in some.items()
        }
        rows = [{**row, "statement_id": ids[place]} for place, row in self._rows]
        host().records.add_rows(Entry, rows)
        self._sum({row["statement_id"] for row in rows})
        self._rows = []
        return len(rows)

    def _goes_into(self, user_id: int, period: Period) -> date:
        """The first day of the statement that an entry of a period goes into."""
        there = self._statements[user_id]
        found = there.get(period.start)
        if found is not None and not found.is_open:
            later = (held for start, held in sorted(there.items()) if start > period.start)
            opened = next((held for held in later if held.is_open), None)
            if opened is not None:
                return opened.period.start
            following = max(held.period.end for held in there.values()).toordinal() + 1
            day = max(today(), date.fromordinal(following))
            period = cutting.period_of(self._plan.period, day, current_company().fiscal_year_start)
            found = None
        if found is None:
            there[period.start] = Held(None, period, True)
        return period.start

    def _known(self) -> dict[int, dict[date, Held]]:
        """Statements of the people; who approves one meanwhile waits."""
        asked = sa.select(
            Statement.user_id, Statement.id, Statement.start, Statement.end, Statement.state
        ).where(Statement.plan_id == self._plan.id, Statement.user_id.in_(self._people))
        found: dict[int, dict[date, Held]] = defaultdict(dict)
        for row in host().session.execute(asked.order_by(Statement.id).with_for_update()):
            found[row[0]][row[2]] = Held(row[1], Period(row[2], row[3]), row[4] == "open")
        return found

    def _counted(self) -> dict[tuple[int, date], int]:
        asked = sa.select(Entry.user_id, Entry.start, sa.func.max(Entry.number)).where(
            Entry.plan_id == self._plan.id, Entry.user_id.in_(self._people)
        )
        found = host().session.execute(asked.group_by(Entry.user_id, Entry.start))
        return {(row[0], row[1]): int(row[2]) for row in found}

    def _make(self) -> None:
        """Make the statements that are missing, in one go."""
        new = [
            (user_id, held.period)
            for user_id, some in sorted(self._statements.items())
            for held in some.values()
            if held.id is None
        ]
        if not new:
            return
        names = self._names({user_id for user_id, _period in new})
        # Rows whose numbers are known are written together.
        session: Any = host().session
        made = [
            Statement(
                id=id_, plan_id=self._plan.id, user_id=user_id, start=period.start, end=period.end,
                state="open", amount=0, currency=company_currency(),
                name=words.heading(names.get(user_id, f"#{user_id}"), self._plan.name, period),
            )
            for id_, (user_id, period) in zip(
                session.numbers(Statement, len(new)), new, strict=True
            )
        ]  # fmt: skip
        session.add_all(made)
        session.flush()
        for each in made:
            held = Held(each.id, Period(each.start, each.end), True)
            self._statements[each.user_id][each.start] = held

    def _sum(self, ids: Collection[int]) -> None:
        """Have statements say what their entries come to: one statement for all of them."""
        together = (
            sa.select(sa.func.coalesce(sa.func.sum(Entry.amount), 0))
            .where(Entry.statement_id == Statement.id, Entry.company_id == Statement.company_id)
            .correlate(Statement)
            .scalar_subquery()
        )
        changed = {
            "amount": together, "version": Statement.version + 1, "updated_at": now(),
        }  # fmt: skip
        host().session.execute(
            sa.update(Statement).where(Statement.id.in_(sorted(ids))).values(**changed),
            execution_options={"synchronize_session": False},
        )
        for each in list(host().session.identity_map.values()):
            if isinstance(each, Statement) and each.id in ids:
                host().session.expire(each)

    def _names(self, ids: Collection[int]) -> dict[int, str]:
        user: Any = model_of("core.User")
        found = host().session.execute(sa.select(user.id, user.name).where(user.id.in_(ids)))
        return {row[0]: row[1] for row in found}


def kept(step: Decimal | None) -> Decimal | None:
    """A step as the database keeps it."""
    return None if step is None else round(step, 6)
