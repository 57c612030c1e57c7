"""Maps as they are written."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.data.importing.errors import UnusableMap
from core.data.importing.mapping import as_data, make_map, read_map
from tests.importing.files import MAPS

WHOLE = """
[options]
encoding = "gb18030"
delimiter = "tab"
key = "external_id"
empty = ["NA", "Select"]
duplicates = "last"
[columns]
external_id = "Order"
account = "Customer"
amount = 7
"owner.email" = "Sales person"
product.external_id = "SKU"
name = ["Customer", 2]
[values.stage]
"Won" = "won"
"" = "new"
"void" = ""
[defaults]
currency = "USD"
urgent = true
[scale]
amount = 0.01
[only]
status = ["1", 2]
[except]
person = ""
"""


def test_a_map_says_everything(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text(WHOLE, "utf-8")
    made = read_map(path)
    assert made.options.delimiter == "\t"
    assert made.options.key == ("external_id",)
    assert made.options.empty == ("NA", "Select")
    assert made.columns == {
        "external_id": "Order",
        "account": "Customer",
        "amount": 7,
        "owner.email": "Sales person",
        "product.external_id": "SKU",
        "name": ("Customer", 2),
    }
    assert made.values == {"stage": {"Won": "won", "": "new", "void": ""}}
    assert made.defaults == {"currency": "USD", "urgent": "true"}
    assert made.scale == {"amount": Decimal("0.01")}
    assert made.only == {"status": ("1", "2")}
    assert made.leave_out == {"person": ("",)}
    assert make_map(as_data(made)) == made


def test_a_map_from_windows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_bytes(b"\xef\xbb\xbf[columns]\r\nname = 'Name'\r\n")
    assert read_map(path).columns == {"name": "Name"}


def test_what_is_no_toml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text("[columns\nname = ", "utf-8")
    with pytest.raises(UnusableMap, match=r"The map map\.toml cannot be read"):
        read_map(path)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({"column": {}}, "There is no section [column] in a map; there are: options, columns"),
        ({"options": {"endcoding": "x"}}, "[options] endcoding: there is no such option"),
        ({"options": {"header": "no"}}, "[options] header: expected true or false"),
        ({"options": {"delimiter": "ab"}}, "[options] delimiter: expected one character"),
        ({"options": {"decimal": "'"}}, "[options] decimal: expected one of: ., ,"),
        ({"options": {"date_format": "DD.MM."}}, "[options] date_format: expected a form such as"),
        ({"options": {"skip_rows": -1}}, "[options] skip_rows: expected a number of rows"),
        ({"columns": {"name": 0}}, "[columns] name: columns are counted from 1"),
        ({"columns": {"name": ["a", []]}}, "[columns] name: expected the name or the number"),
        ({"columns": 3}, "[columns] has to be a section"),
        ({"values": {"stage": "x"}}, "[values] stage: expected a section of texts"),
        ({"scale": {"amount": "x"}}, "[scale] amount: expected a number to multiply with"),
        ({"defaults": {"name": ["a"]}}, "[defaults] name: expected a value"),
        ({"options": {"key": [None]}}, "[options] key: expected a value"),
    ],
)
def test_each_mistake_is_named(data: dict[str, Any], problem: str) -> None:
    with pytest.raises(UnusableMap) as refused:
        make_map(data)
    assert problem in str(refused.value)


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(UnusableMap) as refused:
        make_map({"options": {"a": 1, "b": 2}, "x": {}})
    assert len(refused.value.problems) == 3


@pytest.mark.parametrize("path", sorted(MAPS.glob("**/*.toml")), ids=lambda path: path.name)
def test_the_maps_of_the_tests_can_be_read(path: Path) -> None:
    read_map(path)
