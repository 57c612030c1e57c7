"""A list that is to be exported, as it can be written down and read again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast

from core.data.exporting import Export
from core.views import columns
from plugin_api.models import CompanyModel, model_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What an address asks for: the model by its key, the arguments of the list, whether the
    numbers of references are wanted, and columns of plugins by name."""

    model: str
    arguments: Mapping[str, str]
    ids: bool = False
    more: str = ""

    def order(self) -> Export:
        """The export of it."""
        model = cast(type[CompanyModel], model_of(self.model))
        more = _columns_of_plugins(model, self.more)
        return Export(model=model, arguments=self.arguments, ids=self.ids, more=more)


def _columns_of_plugins(
    model: type[CompanyModel], names: str
) -> dict[str, Callable[[Sequence[int]], Mapping[int, str]]]:
    """Columns that other plugins compute for the list, by name."""
    here = columns.known(model)

    def load(shown: columns.Shown, ids: Sequence[int]) -> dict[int, str]:
        found = columns.loaded([shown], ids).get(shown.name, {})
        return {id_: cell.text for id_, cell in found.items()}

    return {
        name: partial(load, here[name])
        for name in names.split(",")
        if name in here and here[name].extra is not None
    }
