"""A file of exactly what the list shows."""

from __future__ import annotations

import csv
import io

from tests.views.kit import REPAIRS, Workshop, links


def exported(shop: Workshop, page: str, who: str = "max") -> list[list[str]]:
    (href,) = links(page, "Export as CSV")
    with shop.client(who).get(href) as answer:
        assert answer.status_code == 200
        assert answer.mimetype == "text/csv"
        return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_filters_order_and_columns_as_shown(full: Workshop) -> None:
    page = full.page(f"{REPAIRS}?urgent=true&sort=-price&columns=name,price,bay&group=bay")
    head, *rows = exported(full, page)
    assert head == ["name", "price", "currency", "bay"]
    assert len(rows) == 30
    assert rows[0] == ["Repair number 0087 of a truck with a long name", "8800.00", "CNY", ""]
    prices = [float(row[1]) for row in rows]
    assert prices == sorted(prices, reverse=True)


def test_conditions_scope_and_columns_of_plugins(full_on_sqlite: Workshop) -> None:
    page = full_on_sqlite.page(
        f'{REPAIRS}?scope=team&where={{"any":[{{"hours":"0"}},{{"hours":"6"}}]}}'
    )
    head, *rows = exported(full_on_sqlite, page)
    assert head[:2] == ["name", "bay"]
    assert any("degrees" in name for name in head)
    assert len(rows) == len([i for i in range(1, 90, 2) if i % 7 in (0, 6)])


def test_a_formula_is_only_text(shop: Workshop) -> None:
    shop.add("=HYPERLINK(1)")
    ((_, row),) = [exported(shop, shop.page(REPAIRS))]
    assert row[0] == "'=HYPERLINK(1)"


def test_without_the_permission_there_is_no_export(full_on_sqlite: Workshop) -> None:
    page = full_on_sqlite.page(REPAIRS, "ana")
    assert links(page, "Export as CSV") == []
    answer = full_on_sqlite.client("ana").get(f"{REPAIRS}/export?format=csv")
    assert answer.status_code == 403


def test_a_workbook(full_on_sqlite: Workshop) -> None:
    (href,) = links(full_on_sqlite.page(f"{REPAIRS}?urgent=true"), "Export to Excel")
    with full_on_sqlite.client().get(href) as answer:
        assert answer.mimetype.endswith("spreadsheetml.sheet")
        assert answer.data[:2] == b"PK"
