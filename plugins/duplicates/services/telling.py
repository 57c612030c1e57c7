"""What a person is told of records that are the same: no more than they may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.duplicates import Duplicate, Match
from plugin_api.models import model_of
from plugins.duplicates.services import matched
from plugins.duplicates.services.matching import Hit
from plugins.duplicates.services.rules import Test

MOST = 5
"""Matches that a person is told of."""


def duplicate(hits: Sequence[Hit], titles: Sequence[str], *, may_save: bool) -> Duplicate:
    """The refusal that tells of hits; ``titles`` are those of records entered together, which
    count only where nothing lies there already."""
    hits = [hit for hit in hits if hit.known is not None] or hits
    shown = [hit for hit in hits if hit.known is None or hit.known.seen][:MOST]
    hidden = [hit for hit in hits if hit not in shown][: MOST - len(shown)]
    owners = _owners([hit.known.owner_id for hit in shown if hit.known])
    matches = [_match(hit, owners, titles) for hit in shown]
    matches += [Match(why=_why(hit)) for hit in hidden]
    said = "; ".join(_said(match) for match in matches)
    return Duplicate(
        gettext("It seems to be there already: %(matches)s", matches=said), matches,
        may_save=may_save,
    )  # fmt: skip


def _match(hit: Hit, owners: dict[int, str], titles: Sequence[str]) -> Match:
    if hit.known is None:
        place = hit.place or 0
        return Match(why=_why(hit), title=titles[place], place=place)
    key, record_id = hit.known.model, hit.known.id
    return Match(
        why=_why(hit), title=host().title_of(key, record_id),
        href=host().record_url(key, record_id),
        owner=owners.get(hit.known.owner_id or 0, ""), model=key, record_id=record_id,
    )  # fmt: skip


def _said(match: Match) -> str:
    named = str(match.title) or gettext("a record that you may not see")
    owner = f", {match.owner}" if match.owner else ""
    return f"{named}{owner} ({match.why})"


def _why(hit: Hit) -> str:
    model: Any = matched.find(hit.rule.left)
    return ", ".join(dict.fromkeys(_by(model, test, hit) for test in hit.by))


def _by(model: Any, test: Test, hit: Hit) -> str:
    label = str(matched.info_of(model, test.left.name).label)
    if test.method == "domain":
        return str(gettext("same domain: %(field)s", field=label))
    if test.method == "fuzzy" and hit.likeness < 100:
        return str(gettext("%(field)s %(share)d %% alike", field=label, share=int(hit.likeness)))
    return str(gettext("same %(field)s", field=label))


def _owners(ids: Sequence[int | None]) -> dict[int, str]:
    wanted = {each for each in ids if each is not None}
    if not wanted:
        return {}
    user: Any = model_of("core.User")
    rows = host().session.execute(sa.select(user.id, user.name).where(user.id.in_(wanted)))
    return {row[0]: row[1] for row in rows}
