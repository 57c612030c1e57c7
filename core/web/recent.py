"""Records that somebody opened last: their numbers in the session, never what they say."""

from __future__ import annotations

from flask import session

from core.search.finding import searchable
from core.search.showing import Hit, hits_of
from plugin_api.context import current_company
from plugin_api.models import CompanyModel

MOST = 8
KEY = "recent"
COMPANIES = 3
"""Companies of one person whose records are remembered at once."""


def note(model: type[CompanyModel], record_id: int) -> None:
    """Remember that a record was opened."""
    mine = [current_company().id, model.model_key(), record_id]
    held = session.get(KEY, [])
    if held[:1] == [mine]:
        return
    kept, counts = [mine], {mine[0]: 1}
    for each in held:
        count = counts.get(each[0], 0)
        if each != mine and count < MOST and (count or len(counts) < COMPANIES):
            counts[each[0]] = count + 1
            kept.append(each)
    session[KEY] = kept


def opened() -> list[tuple[type[CompanyModel], Hit]]:
    """The records, last opened first: those that are still there and may still be seen."""
    company = current_company().id
    wanted = [(key, id_) for each, key, id_ in session.get(KEY, []) if each == company]
    models = {model.model_key(): model for model in searchable()}
    found = hits_of([(models[key], id_) for key, id_ in wanted if key in models])
    return [
        (models[key], found[models[key], id_])
        for key, id_ in wanted
        if key in models and (models[key], id_) in found
    ]
