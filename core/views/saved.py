"""Saved views: who sees which, which opens first, and what they may hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

import sqlalchemy as sa
from flask import current_app

from core.data.query import parse_query, read_by
from core.data.titles import by_title
from core.host import services
from core.identity.models import User
from core.views import pictures, sharing
from core.views.models import ListHabit, SavedView
from core.views.state import SAVED, asked_of, is_filter
from core.views.urls import Arguments, canonical
from plugin_api.context import current_actor, current_company, gettext, has_permission
from plugin_api.errors import Forbidden, Invalid, NotFound, Rejected
from plugin_api.models import CompanyModel

MOST_PEOPLE = 20_000
"""Lists of people remembered at most."""
LONGEST_QUERY = 6000
MOST_VIEWS = 50
"""Of one person for one list."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages that are no list of a model and keep their states alike. ``key`` is in place of the
    model's, ``clean`` what of an address is kept; it raises Invalid, Rejected, Forbidden."""

    key: str
    clean: Callable[[str], str]

    def model_key(self) -> str:
        """What states are kept under."""
        return self.key


Kind = type[CompanyModel] | Pages


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """A saved view that the actor may use."""

    id: int
    name: str
    query: str
    share: str
    mine: bool
    owner: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Habit:
    """What the actor has of a list: views, their own first; the one that opens first; columns."""

    views: tuple[View, ...] = ()
    first: int | None = None
    columns: tuple[str, ...] = ()

    def view(self, text: str) -> View | None:
        """A view by the text of its number."""
        return next((view for view in self.views if str(view.id) == text), None)


NOTHING = Habit()


@dataclass(slots=True)
class _Memory:
    held: dict[tuple[int, int, int, str], Habit] = field(default_factory=dict)
    """(company, revision, person, model) → what they have."""


def habit_of(model: Kind) -> Habit:
    """What the actor has of a model's list; without a statement while nothing changes."""
    user_id, company = current_actor().user_id, current_company()
    if user_id is None:
        return NOTHING
    memory: _Memory = current_app.extensions.setdefault("xiaoguan.habits", _Memory())
    key = (company.id, company.revision, user_id, model.model_key())
    found = memory.held.get(key)
    if found is None:
        if len(memory.held) >= MOST_PEOPLE:
            memory.held.clear()
        found = memory.held[key] = _read(model.model_key(), user_id)
    return found


def save(model: Kind, name: str, query: str, share: str) -> SavedView:
    """Keep a state of a list. Raises Rejected, Invalid, Forbidden."""
    user_id = _person()
    sharing.check(share)
    key = model.model_key()
    session = services().session
    own = session.scalar(
        sa.select(sa.func.count()).where(SavedView.user_id == user_id, SavedView.model == key)
    )
    if (own or 0) >= MOST_VIEWS:
        raise Rejected("name", gettext("At most %(most)s views of one list.", most=MOST_VIEWS))
    values = {
        "user_id": user_id, "model": key, "name": _name(key, name), "share": share,
        "query": clean(model, query),
    }  # fmt: skip
    return services().records.create(SavedView, values)


def change(model: Kind, view_id: int, values: Mapping[str, str]) -> SavedView:
    """Rename a view, share it otherwise or give it another state (``name, share, query``)."""
    view = _mine(view_id)
    changed: dict[str, Any] = {}
    if "name" in values:
        changed["name"] = _name(view.model, values["name"], view.id)
    if "share" in values and values["share"] != view.share:
        sharing.check(values["share"])
        changed["share"] = values["share"]
    if "query" in values:
        changed["query"] = clean(model, values["query"])
    return services().records.update(view, changed)


def remove(view_id: int) -> None:
    """Delete a view. Raises NotFound."""
    services().records.delete(_mine(view_id))


def opens_first(model: Kind, view_id: int | None) -> None:
    """Have a view open when the actor opens the list; None: the list as it is."""
    if view_id is not None and habit_of(model).view(str(view_id)) is None:
        # One that was made in this transaction is not remembered yet.
        _mine(view_id)
    _keep(model, view_id=view_id)


def keep_columns(model: type[CompanyModel], names: tuple[str, ...]) -> None:
    """Have the actor's list show these columns; none: those it was declared with."""
    _keep(model, columns=",".join(names) or None)


def clean(model: Kind, text: str) -> str:
    """The query of an address as a view keeps it.

    Raises Invalid for what the list would refuse, Forbidden without the right to read it.
    """
    if isinstance(model, Pages):
        return _short(model.clean(text))
    given = canonical(Arguments(parse_qsl(text.removeprefix("?"))))
    kept = {n: v for n, v in given.items() if n in SAVED or is_filter(n)}
    made = _short(urlencode(sorted(kept.items()), safe=","))
    parse_query(model, asked_of(Arguments(kept)))
    if kept.get("view") in pictures.VIEWS:
        pictures.picture_of(model, Arguments(kept))
    if "group" in kept:
        try:
            read_by(model, kept["group"])
        except ValueError as error:
            raise Invalid(str(error), errors={"group": [str(error)]}) from None
    return made


def _short(query: str) -> str:
    if len(query) > LONGEST_QUERY:
        raise Invalid(gettext("This is too long for a view."), errors={"query": [query[:40]]})
    return query


def state_in(arguments: Arguments) -> str:
    """What a view of an address would keep, without a check; to compare."""
    kept = [(n, v) for n, v in arguments.items() if n in SAVED or is_filter(n)]
    return urlencode(sorted(kept), safe=",")


def _person() -> int:
    user_id = current_actor().user_id
    if user_id is None:
        raise Forbidden(gettext("Views belong to people."))
    return user_id


def _name(model_key: str, text: str, own_id: int = 0) -> str:
    name = " ".join(text.split())
    if not name:
        raise Rejected("name", gettext("A value is needed."))
    taken = services().session.scalar(
        sa.select(SavedView.id).where(
            SavedView.user_id == current_actor().user_id, SavedView.model == model_key,
            SavedView.name == name, SavedView.id != own_id,
        )
    )  # fmt: skip
    if taken is not None:
        raise Rejected("name", gettext("You have a view of this name already."))
    return name


def _mine(view_id: int) -> SavedView:
    """A view that the actor may change: their own; of shared ones all, who administers."""
    view = services().session.scalar(sa.select(SavedView).where(SavedView.id == view_id))
    others = has_permission("core.settings") and view is not None and view.share != "private"
    if view is None or not (view.user_id == current_actor().user_id or others):
        raise NotFound(gettext("There is no such view."))
    return view


def _keep(model: Kind, **values: Any) -> None:
    user_id, key = _person(), model.model_key()
    session = services().session
    habit = session.scalar(
        sa.select(ListHabit).where(ListHabit.user_id == user_id, ListHabit.model == key)
    )
    if habit is None:
        habit = ListHabit(user_id=user_id, model=key)
        session.add(habit)
    for name, value in values.items():
        setattr(habit, name, value)
    session.flush()


def _read(key: str, user_id: int) -> Habit:
    session = services().session
    seen = sa.or_(SavedView.user_id == user_id, SavedView.share != "private")
    rows = session.execute(
        sa.select(SavedView, User.name, User.team_id)
        .join(User, User.id == SavedView.user_id)
        .where(SavedView.model == key, seen)
        .order_by(by_title(SavedView))
    ).all()
    teams = sharing.teams_led_by(v.user_id for v, _owner, _team in rows if v.share == "team")
    views = [
        View(
            id=view.id,
            name=view.name,
            query=view.query,
            share=view.share,
            mine=view.user_id == user_id,
            owner=owner,
        )
        for view, owner, team_id in rows
        if view.user_id == user_id
        or sharing.reaches_actor(view.share, team_id, teams.get(view.user_id, frozenset()))
    ]
    habit = session.execute(
        sa.select(ListHabit.view_id, ListHabit.columns).where(
            ListHabit.user_id == user_id, ListHabit.model == key
        )
    ).first()
    return Habit(
        views=tuple(sorted(views, key=lambda view: not view.mine)),
        first=habit[0] if habit else None,
        columns=tuple((habit[1] or "").split(",")) if habit and habit[1] else (),
    )
