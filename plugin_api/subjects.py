"""What a plugin's records may be about: the records of every plugin that people enter.

A record is named by its model's key and its number, in ``about_model`` and ``about_id``, so that
a plugin depends on none whose records its own are about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from plugin_api.context import Text, gettext, has_permission
from plugin_api.errors import Rejected
from plugin_api.host import host
from plugin_api.models import Base, Choice, CompanyModel


class Subjects:
    """What a plugin's records may be about.

    ``own`` are ids of plugins whose records they are not about: that plugin's itself at least;
    ``besides`` keys of models of the host that they may be about; ``refused`` is what is said of a
    record of any other kind.
    """

    def __init__(self, *own: str, refused: Text, besides: Collection[str] = ()) -> None:
        self._own = frozenset(own)
        self._besides = frozenset(besides)
        self._refused = refused

    def models(self) -> Iterator[type[CompanyModel]]:
        """Models of the plugins that the company uses whose records people enter for their own
        sake: no parts of others, nothing that code alone writes."""
        for mapper in Base.registry.mappers:
            model = mapper.class_
            if (
                issubclass(model, CompanyModel)
                and model.__collection__
                and not model.__parent__
                and model.__title__ != "id"
                and "update" in model.__actions__
                and (self._is_used(model.plugin_id()) or model.model_key() in self._besides)
            ):
                yield model

    def _is_used(self, plugin_id: str) -> bool:
        return plugin_id not in {"core", *self._own} and host().is_enabled(plugin_id)

    def choices(self) -> tuple[Choice, ...]:
        """The same to choose from, by their names."""
        found = [Choice(value=model.model_key(), label=model.__label__) for model in self.models()]
        return tuple(sorted(found, key=lambda each: str(each.label)))

    def model_for(self, key: str | None) -> type[CompanyModel] | None:
        """The model of a key, if the plugin's records may be about its records."""
        return next((model for model in self.models() if model.model_key() == key), None)

    def titles(self, key: str, ids: Collection[int]) -> Mapping[int, str]:
        """What those of the records are called that the actor may read. One statement."""
        model: Any = self.model_for(key)
        if model is None or not ids or not has_permission(f"{key}.read"):
            return {}
        may_read = host().records.may_read(model, model.__title__)
        title = getattr(model, model.__title__) if may_read else sa.null()
        asked = sa.select(model.id, title).where(model.id.in_(ids), host().records.visible(model))
        return {row[0]: str(row[1] or f"#{row[0]}") for row in host().session.execute(asked)}

    def title(self, key: str | None, record_id: int | None) -> str | None:
        """What a record is called; None for none, and for one that is not there or out of sight.
        One statement."""
        if key is None or record_id is None:
            return None
        return self.titles(key, [record_id]).get(record_id)

    def name_of(self, key: str | None, record_id: int | None) -> str | None:
        """What a record is called that somebody names, in at most 300 letters; None for none.
        Raises Rejected for a kind or a number alone, and for a record that may not be named."""
        if key is None and record_id is None:
            return None
        if key is None:
            raise Rejected("about_model", gettext("Say of which kind the record is."))
        if record_id is None:
            raise Rejected("about_id", gettext("Say which record."))
        if self.model_for(key) is None:
            raise Rejected("about_model", str(self._refused))
        found = self.title(key, record_id)
        if found is None:
            raise Rejected("about_id", gettext("There is no such record, or you may not see it."))
        return found[:300]

    def let_go(self, record: CompanyModel, *models: Any) -> None:
        """The same as :meth:`let_go_many` of one record."""
        self.let_go_many([record], *models)

    def let_go_many(self, records: Sequence[CompanyModel], *models: Any) -> None:
        """Records of one model that are deleted are named no more by records of these models; what
        they were called stays where those keep it. A statement for each model."""
        here, session = type(records[0]), host().session
        key, ids = here.model_key(), [record.id for record in records]
        if not here.__collection__ or here.__parent__:
            return
        if here.plugin_id() in {"core", *self._own} and key not in self._besides:
            return
        session.flush()
        for model in models:
            session.execute(
                sa.update(model)
                .where(model.about_model == key, model.about_id.in_(ids))
                .values(about_model=None, about_id=None),
                execution_options={"synchronize_session": False},
            )
