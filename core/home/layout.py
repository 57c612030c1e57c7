"""Which cards a person's home page has, and loading one of them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from core.extensions import db
from core.home.models import HomeLayout
from core.host import services
from core.hosting.enablement import enabled_set
from core.identity.models import Role, User
from plugin_api.cards import Card, CardContent
from plugin_api.context import current_actor, current_company, has_permission
from plugin_api.errors import NotFound

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Placed:
    """A card with its key, ``<plugin>.<card id>``."""

    key: str
    plugin: str
    card: Card


def available() -> list[Placed]:
    """Cards of enabled plugins that the actor may see, in the plugins' order."""
    enabled = enabled_set(current_company())
    return [
        Placed(f"{plugin}.{card.id}", plugin, card)
        for plugin, cards in services().registry.cards.items()
        if plugin in enabled
        for card in cards
        if has_permission(card.permission)
    ]


def chosen() -> list[Placed]:
    """The actor's cards: as arranged, else those that the role starts with."""
    known = {placed.key: placed for placed in available()}
    own = _own()
    if own is not None:
        return [known[key] for key in own.cards if key in known]
    code = _role_code()
    mine = [placed for placed in known.values() if code in placed.card.roles]
    return sorted(mine, key=lambda placed: placed.card.order)


def arrange(keys: Sequence[str]) -> None:
    """Keep the actor's choice and order."""
    known = {placed.key for placed in available()}
    row = _own() or HomeLayout(user_id=current_actor().user_id)
    row.cards = [key for key in dict.fromkeys(keys) if key in known]
    db.session.add(row)
    db.session.flush()


def reset() -> None:
    """Go back to the cards of the role."""
    row = _own()
    if row is not None:
        db.session.delete(row)
        db.session.flush()


def content(key: str) -> tuple[Card, CardContent | None]:
    """What a card shows now; None when it failed, which is logged. Raises NotFound."""
    placed = next((each for each in available() if each.key == key), None)
    if placed is None:
        raise NotFound("")
    try:
        with db.session.begin_nested():
            return placed.card, placed.card.load()
    except Exception:
        services().dispatcher.failures[placed.plugin, f"card {placed.card.id}"] += 1
        log.exception("plugin %s failed in the card %s", placed.plugin, placed.card.id)
        return placed.card, None


def _own() -> HomeLayout | None:
    user_id = current_actor().user_id
    found: HomeLayout | None = db.session.scalar(
        sa.select(HomeLayout).where(HomeLayout.user_id == user_id)
    )
    return found


def _role_code() -> str | None:
    statement = sa.select(Role.code).join(User, User.role_id == Role.id)
    code: str | None = db.session.scalar(statement.where(User.id == current_actor().user_id))
    return code
