"""From what somebody says of new records to records that are not written yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.access.fields import limits_of
from core.custom import stored
from core.data import saving, workflow
from core.data.checks import Errors, accept_in, unsaid
from core.data.shapes import shape_of
from plugin_api.context import current_actor, current_actor_or_none, current_company
from plugin_api.models import CompanyModel

Values = Mapping[str, Any]
Draft = dict[str, Any]
"""The values that a new record starts with, by view name."""


class Drafter:
    """Makes drafts and records of one model, for who acts."""

    def __init__(self, model: type[CompanyModel]) -> None:
        self._model = model
        self.shape = shape_of(model)
        self._limits = limits_of(model, current_actor_or_none())
        self._asks_people = saving.asks_people()
        self._chooses_state = workflow.workflow_of(model) is None or workflow.starts_anywhere(model)
        self._defaults = [
            (name, meta.default)
            for name, meta in self.shape.metas.items()
            if meta.default is not None
        ]
        owner = self.shape.by_key.get(model.__owner__ or "")
        self._owner = owner.name if owner is not None and not model.__parent__ else None
        self._me, self._currency = current_actor().user_id, current_company().currency

    def draft(self, values: Values) -> tuple[Draft, Errors]:
        """The draft, and what is wrong with it."""
        errors: Errors = {}
        if not self._chooses_state:
            values, errors = workflow.at_start(self._model, values)
        draft, faults = accept_in(self.shape, self._limits, values)
        for name, default in self._defaults:
            if name not in draft:
                draft[name] = default()
        if self._owner is not None and self._owner not in draft:
            draft[self._owner] = self._me
        for name in self.shape.currencies:
            draft[name] = draft.get(name) or self._currency
        if self._asks_people:
            faults = unsaid(self._model, draft) | faults
        return draft, errors | faults

    def record(self, draft: Draft) -> CompanyModel:
        """A record of a draft that is sound."""
        metas = self.shape.metas
        held = {metas[n].attribute: v for n, v in draft.items() if metas[n].custom is None}
        added = {
            n: stored.to_json(metas[n].kind, metas[n].scale, v)
            for n, v in draft.items()
            if metas[n].custom is not None and v is not None
        }
        if added:
            held["custom"] = added
        # As a row that is read becomes an object: there are no events to be told of values.
        made: CompanyModel = self._model.__mapper__.class_manager.new_instance()
        made.__dict__.update(held)
        return made
