"""Could the tables be spread over machines by company, as Citus does it? Its rules, held against
every table of the host and the bundled plugins; ``docs/operations.md`` names the exceptions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from core.app import create_app
from core.config import Config
from plugin_api.models import Base, CompanyModel
from tests.harness import shared_cache

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"

REFERENCE = {
    "core_company": "every table of companies names it",
    "core_login": "people of companies name it, and it is asked before the company is known",
}
"""Tables that are copied to every machine."""
LOCAL = {
    "core_attempts": "counted before it is known who logs in",
    "core_login_link": "asked before the company is known",
    "core_login_session": "asked before the company is known",
    "core_passkey": "asked before the company is known",
    "core_recovery_code": "asked before the company is known",
    "core_platform_entry": "of the installation, not of a company",
    "core_queue_counter": "the queue of the installation",
    "core_queue_kv": "the queue of the installation",
    "core_queue_schedule": "the queue of the installation",
    "core_queue_task": "the queue of the installation",
}
"""Tables that stay on one machine."""

Pairs = list[tuple[str, str]]


@pytest.fixture(scope="module", autouse=True)
def all_models(tmp_path_factory: pytest.TempPathFactory) -> None:
    create_app(Config(cache=shared_cache(), instance=tmp_path_factory.mktemp("models")))


def tables() -> dict[str, sa.Table]:
    """Those of the host and the bundled plugins: other tests bring plugins of their own."""
    bundled = ("core", "plugins")
    return {
        mapper.local_table.name: mapper.local_table
        for mapper in Base.registry.mappers
        if isinstance(mapper.local_table, sa.Table)
        and mapper.class_.__module__.partition(".")[0] in bundled
    }


def of_companies() -> dict[str, sa.Table]:
    spread = {
        mapper.local_table.name
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, CompanyModel) and isinstance(mapper.local_table, sa.Table)
    }
    return {name: table for name, table in tables().items() if name in spread}


def references(table: sa.Table) -> list[tuple[str, Pairs, sa.ForeignKeyConstraint]]:
    """Target, pairs of columns, and the constraint."""
    return [
        (key.referred_table.name, [(e.parent.name, e.column.name) for e in key.elements], key)
        for key in table.foreign_key_constraints
    ]


def test_every_table_is_spread_copied_or_stays_for_a_reason() -> None:
    assert len(of_companies()) > 40
    assert tables().keys() - of_companies().keys() == REFERENCE.keys() | LOCAL.keys()


def test_every_key_of_a_spread_table_leads_with_the_company() -> None:
    wrong = []
    for name, table in of_companies().items():
        keys = [list(table.primary_key.columns)]
        keys += [
            list(each.columns)
            for each in table.constraints
            if isinstance(each, sa.UniqueConstraint)
        ]
        keys += [list(each.columns) for each in table.indexes if each.unique]
        wrong += [
            f"{name}: {[column.name for column in key]}"
            for key in keys
            if not key or key[0].name != "company_id"
        ]
        assert not [each for each in table.constraints if "Exclude" in type(each).__name__]
    assert wrong == []


def test_references_stay_in_the_company() -> None:
    spread = of_companies()
    wrong = []
    for name, table in spread.items():
        for target, pairs, _key in references(table):
            if target in spread:
                fits = pairs[0] == ("company_id", "company_id")
            else:
                fits = target in REFERENCE
            if not fits:
                wrong.append(f"{name} → {target}: {pairs}")
    assert wrong == []


def test_nothing_that_is_copied_or_stays_refers_to_what_is_spread() -> None:
    spread = of_companies()
    assert not [
        f"{name} → {target}"
        for name in REFERENCE.keys() | LOCAL.keys()
        for target, _pairs, _key in references(tables()[name])
        if target in spread
    ]


def test_a_reference_that_is_emptied_keeps_its_company() -> None:
    """``SET NULL`` without a list of columns would empty the column that rows are spread by."""
    wrong = [
        f"{name} → {target}: {key.ondelete}"
        for name, table in of_companies().items()
        for target, pairs, key in references(table)
        if ("company_id", "company_id") in pairs
        if (key.ondelete or "").upper().startswith("SET")
        if not re.search(r"\((?!.*\bcompany_id\b).+\)", key.ondelete or "")
    ]
    assert wrong == []


def test_rows_do_not_move_between_companies_by_a_reference() -> None:
    assert not [
        name for name, table in of_companies().items()
        for _target, _pairs, key in references(table) if key.onupdate
    ]  # fmt: skip


def test_the_exceptions_are_documented_by_name() -> None:
    text = OPERATIONS.read_text("utf-8")
    missing = [name for name in REFERENCE.keys() | LOCAL.keys() if f"`{name}`" not in text]
    assert missing == []
