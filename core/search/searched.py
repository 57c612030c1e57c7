"""Which models there is an index of."""

from __future__ import annotations

from collections.abc import Iterator

from core.host import services
from core.hosting.behind import behind
from core.search.index import shape_of
from plugin_api.models import CompanyModel


def searched() -> Iterator[type[CompanyModel]]:
    """Models with an index whose tables are there, whether companies have them on or not."""
    late = behind()
    for model in services().registry.models.values():
        if issubclass(model, CompanyModel) and model.plugin_id() not in late and shape_of(model):
            yield model
