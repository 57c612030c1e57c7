"""Rules of the walls between companies: every row, key and reference is of one company."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import sqlalchemy as sa

from core.checking.rules import Found, rule
from core.checking.running import Running
from core.hosting.doctor import holes
from plugin_api.models import Base, CompanyModel

walled = partial(rule, family="Tables", looks="running", tier="bronze", strict=True)


@walled(
    "rows-of-a-company",
    why="Without a company, nothing stops one company from reading the rows of another.",
)  # fmt: skip
def of_a_company(this: Running) -> Iterator[Found]:
    """Every model is a `CompanyModel`."""
    for model in this.plugin.contribution.models:
        if not issubclass(model, CompanyModel):
            yield this.at(model, f"{model.__name__} is no CompanyModel")


@walled(
    "keys-of-a-company",
    why="A key without the company tells one company what another has; a reference without it"
    " goes there.",
)  # fmt: skip
def keys(this: Running) -> Iterator[Found]:
    """Primary keys, unique constraints, unique indexes and references begin with the company."""
    for model in this.plugin.contribution.models:
        if issubclass(model, CompanyModel):
            for text in holes(sa.inspect(model).local_table):
                yield this.at(model, text)


@walled(
    "tables-prefixed",
    why="The prefix says whose a table is: scripts, purges and copies go by it.",
)  # fmt: skip
def prefixed(this: Running) -> Iterator[Found]:
    """Tables, also those between models, begin with the plugin's id."""
    plugin = this.plugin
    own = {model.__tablename__ for model in this.plugin.contribution.models}
    others = {each.__tablename__ for each in this.registry.models.values()} - own
    for name, table in Base.metadata.tables.items():
        near = {fk.column.table.name for fk in table.foreign_keys} & own
        if name not in own | others and near and not name.startswith(f"{plugin.id}_"):
            yield Found(f"table {name} does not begin with {plugin.id}_", this.source.folder)


@walled(
    "tables-mapped",
    why="The session guards models; a table without one is open to every company.",
)  # fmt: skip
def mapped(this: Running) -> Iterator[Found]:
    """Every table has a model."""
    known = {each.__tablename__ for each in this.registry.models.values()}
    for name in Base.metadata.tables:
        if name.startswith(f"{this.id}_") and name not in known:
            yield Found(f"table {name} has no model", this.source.folder)
