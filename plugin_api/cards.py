"""What a plugin puts on people's home pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from plugin_api.context import Text
from plugin_api.panels import Action, Fact

Tone = Literal["neutral", "info", "good", "warn", "bad"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """Something to look at or to do: a link, when or how much, and why it is here. ``trend`` as
    in :class:`plugin_api.panels.Fact`."""

    text: Text
    href: str
    value: Text = ""
    note: Text = ""
    tone: Tone = "neutral"
    trend: Sequence[float] = ()
    action: Action | None = None
    """What is done with it by one tap."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """A labelled length; ``href`` leads to the records behind it."""

    label: Text
    value: float
    text: Text
    href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CardContent:
    """What a card shows, from top to bottom; whatever is empty is left out.

    ``note`` says the period, the currency and as of when. ``empty`` teaches what belongs here.
    """

    facts: tuple[Fact, ...] = ()
    bars: tuple[Bar, ...] = ()
    lines: tuple[Line, ...] = ()
    note: Text = ""
    more_href: str = ""
    empty: Text = ""
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """A card that is loaded on its own, so that a slow or failing one holds up nothing.

    ``load()`` runs as the person who looks, in few statements. ``roles`` are codes of roles
    whose home page starts with the card; everybody with ``permission`` may add it.
    """

    id: str
    title: Text
    load: Callable[[], CardContent]
    permission: str
    roles: tuple[str, ...] = ()
    order: int = 100
    wide: bool = False
