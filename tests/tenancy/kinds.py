"""What is tried against each wall, kind by kind: the table in ``docs/walls.md``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.tenancy.refusals import REFUSED
from tests.tenancy.selects import POSTGRESQL, SEEN

HEAD = ("kind", "1. session", "2. schema", "3. PostgreSQL")
OWN, NONE, NO, BARS = "own rows", "none", "refused", "–"
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Kind:
    """What each wall alone makes of a kind of statement, and where that is tried: a statement
    that is run against the first and the third, by its name, or a test."""

    name: str
    first: str
    second: str
    third: str
    tried: tuple[str, ...]

    def line(self) -> str:
        """Its line of the table."""
        return f"| {self.name} | {self.first} | {self.second} | {self.third} |"

    def unknown(self) -> list[str]:
        """What it names and is not there."""
        statements = SEEN.keys() | POSTGRESQL.keys() | REFUSED.keys()
        return [each for each in self.tried if each not in statements and not _is_test(each)]


def _is_test(name: str) -> bool:
    file, _, function = name.partition("::")
    path = HERE / f"test_{file}.py"
    return path.is_file() and f"def test_{function}(" in path.read_text("utf-8")


KINDS = (
    Kind(
        "select of entities, columns, tables",
        OWN,
        BARS,
        OWN,
        ("ORM: entity", "ORM: columns", "Core: table"),
    ),
    Kind(
        "aggregates, windows, groups",
        OWN,
        BARS,
        OWN,
        (
            "ORM: count",
            "ORM: aggregate",
            "ORM: window",
            "ORM: groups and having",
            "ORM: filtered aggregate alone",
        ),
    ),
    Kind(
        "aliases, joins, outer joins",
        OWN,
        BARS,
        OWN,
        (
            "ORM: alias",
            "ORM: join",
            "ORM: join by hand",
            "ORM: outer join to an alias",
            "Core: outer join",
        ),
    ),
    Kind(
        "subqueries, CTEs, recursion, unions",
        OWN,
        BARS,
        OWN,
        ("ORM: subquery", "ORM: cte", "ORM: recursive cte", "ORM: union", "Core: recursive cte"),
    ),
    Kind(
        "exists, correlated, in, any, has",
        OWN,
        BARS,
        OWN,
        (
            "ORM: exists",
            "ORM: exists in exists",
            "ORM: correlated",
            "ORM: in",
            "ORM: any",
            "ORM: has",
        ),
    ),
    Kind(
        "mapped expressions, hybrids, conditions alone",
        OWN,
        BARS,
        OWN,
        ("ORM: column property", "ORM: hybrid", "ORM: condition only", "ORM: order by a subquery"),
    ),
    Kind(
        "lateral joins, samples, row locks",
        OWN,
        BARS,
        OWN,
        ("lateral", "sample", "ORM: for update"),
    ),
    Kind(
        "lazy, selectin, joined, subquery loads",
        OWN,
        BARS,
        OWN,
        (
            "session::a_reference_loads_inside_the_company",
            "session::a_list_loads_inside_the_company",
            "row_security::a_load_stays_inside",
        ),
    ),
    Kind(
        "get by a key, also of what the session holds",
        NONE,
        BARS,
        NONE,
        (
            "session::a_key_of_another_company_is_not_found",
            "session::what_the_session_holds_of_another_company_is_not_handed_out",
            "row_security::a_foreign_row_is_neither_got_nor_refreshed_nor_changed",
        ),
    ),
    Kind(
        "refresh and expiry of another's row",
        NO,
        BARS,
        NO,
        (
            "session::reading_again_stays_inside",
            "row_security::a_foreign_row_is_neither_got_nor_refreshed_nor_changed",
        ),
    ),
    Kind(
        "references of rows that are not yet written",
        NONE,
        BARS,
        NONE,
        ("session::a_pending_row_does_not_load_across", "row_security::a_load_stays_inside"),
    ),
    Kind(
        "bulk update and delete",
        OWN,
        BARS,
        OWN,
        (
            "changes::updates_and_deletes_stay_inside",
            "row_security::changes_reach_only_the_company",
        ),
    ),
    Kind(
        "bulk insert",
        "stamped",
        BARS,
        NO,
        (
            "changes::inserted_rows_are_stamped",
            "row_security::a_bulk_insert_or_update_by_key_does_not_cross",
        ),
    ),
    Kind(
        "bulk operations by key",
        NO,
        BARS,
        "own rows, or refused",
        (
            "changes::what_works_by_key_or_past_the_session_is_refused",
            "row_security::a_bulk_insert_or_update_by_key_does_not_cross",
        ),
    ),
    Kind(
        "upsert",
        NO,
        BARS,
        NO,
        (
            "changes::an_insert_does_not_change_what_is_there",
            "row_security::an_upsert_does_not_cross",
        ),
    ),
    Kind(
        "change, merge, delete of another's object",
        NO,
        BARS,
        NO,
        (
            "changes::a_foreign_row_is_neither_merged_nor_changed_nor_deleted",
            "row_security::a_foreign_row_is_neither_got_nor_refreshed_nor_changed",
        ),
    ),
    Kind(
        "moving a row to another company",
        NO,
        "refused while rows refer to it",
        NO,
        (
            "changes::writing_across_is_refused",
            "change: of the company",
            "schema::a_row_does_not_leave_with_what_refers_to_it",
            "row_security::changes_reach_only_the_company",
        ),
    ),
    Kind(
        "a reference to another's row",
        BARS,
        NO,
        BARS,
        ("schema::the_database_itself_refuses_a_reference_across",),
    ),
    Kind(
        "a unique value that another has",
        BARS,
        "taken",
        BARS,
        ("schema::the_same_name_is_free_in_another_company",),
    ),
    Kind(
        "SQL text, hints, unquoted names, unknown operators",
        NO,
        BARS,
        "own rows, or refused",
        (
            "text: text",
            "text: hint",
            "text: alias that is not quoted",
            "text: operator with a statement",
            "row_security::text_sees_only_its_company",
        ),
    ),
    Kind(
        "functions that read settings, files, SQL",
        NO,
        BARS,
        "own rows, or refused",
        ("function: settings", "function: SQL in a string", "function: a file"),
    ),
    Kind(
        "the connection itself",
        NO,
        BARS,
        OWN,
        (
            "changes::what_works_by_key_or_past_the_session_is_refused",
            "row_security::a_bulk_insert_or_update_by_key_does_not_cross",
        ),
    ),
    Kind(
        "tables of the platform",
        NO,
        BARS,
        NO,
        ("table: of the platform", "table: of the platform, joined"),
    ),
    Kind(
        "any statement without a company",
        NO,
        BARS,
        NONE,
        (
            "session::without_a_company_nothing_runs",
            "row_security::without_a_company_there_is_nothing",
        ),
    ),
)


def table() -> str:
    """The table as it stands in the document."""
    lines = [f"| {' | '.join(HEAD)} |", "|---" * len(HEAD) + "|"]
    return "\n".join([*lines, *(kind.line() for kind in KINDS)])
