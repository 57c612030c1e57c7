"""Which cards there are for a person, and loading one of them."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import sqlalchemy as sa

from core.extensions import db
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


def role_code() -> str | None:
    """The code of the actor's role."""
    statement = sa.select(Role.code).join(User, User.role_id == Role.id)
    code: str | None = db.session.scalar(statement.where(User.id == current_actor().user_id))
    return code
