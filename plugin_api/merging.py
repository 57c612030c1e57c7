"""What names records is made to name another one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from plugin_api.context import Text
from plugin_api.models.base import CompanyModel

Rows = list[list[int]]
"""Pairs of the number of a row and of the record that it named."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Moving:
    """What names records at one place: a field of a model of any plugin, on or off, or comments,
    files, followers and the like. ``clashing`` rows stay, since one like it is there already;
    ``staying`` ones because their model says so (:meth:`plugin_api.models.Base.stays`)."""

    label: Text
    model: str
    place: str
    moving: int
    clashing: int
    staying: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Left:
    """A row that was not moved back: it has gone, or names something else by now."""

    label: Text
    place: str
    row_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Mergeable:
    """A field of records that are merged, of which one record's value is kept."""

    name: str
    label: Text
    unique: bool = False


class Merging(Protocol):
    """Moves what hangs on records, whoever acts: who may, the caller has asked. Each row that has
    a history of its own notes the change. Nothing is committed."""

    def fields(self, model: type[CompanyModel]) -> Sequence[Mergeable]:
        """The fields of which one value may be chosen: those that the actor may change."""

    def shown(self, record: CompanyModel) -> Mapping[str, str]:
        """What the actor may see of a record, in words, by field. Raises NotFound."""

    def taken(self, record: CompanyModel, names: Iterable[str]) -> Mapping[str, Any]:
        """Values of fields as JSON keeps them, whoever acts."""

    def given(self, model: type[CompanyModel], kept: Mapping[str, Any]) -> Mapping[str, Any]:
        """What :meth:`taken` kept, as values again; fields that are no more are left out."""

    def plan(self, model_key: str, from_ids: Sequence[int], to_id: int) -> Sequence[Moving]:
        """What names records of a model, and would name ``to_id``."""

    def move(self, model_key: str, from_ids: Sequence[int], to_id: int) -> Mapping[str, Rows]:
        """Make it name ``to_id``; what was moved, as JSON, by place."""

    def move_back(self, model_key: str, moved: Mapping[str, Rows], to_id: int) -> Sequence[Left]:
        """Have what :meth:`move` gave name what it named before, unless it has changed since."""
