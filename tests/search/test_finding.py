"""What is found, by what, in which order: the same on both databases."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.search.finding import find
from plugin_api.host import host
from plugin_api.models import model_of
from tests.api.kit import statements
from tests.harness import Installation
from tests.search.kit import names, titles

PUDONG = "上海浦东发展银行"
FOUND = {
    # Chinese, by any part
    "浦东": ["浦东机场 Terminal 2", PUDONG],
    "浦": ["浦东机场 Terminal 2", "浦江实业", PUDONG],
    "上海浦东发展银行": [PUDONG],
    "银行": ["银行家俱乐部", PUDONG, "重庆银行"],
    "浦东 银行": [PUDONG],
    "银行 浦东": [PUDONG],
    "海东": [],
    # pinyin and initials, from any syllable
    "pudong": ["Pu Dong", "浦东机场 Terminal 2", PUDONG],
    "Pu Dong": ["Pu Dong", "浦东机场 Terminal 2", PUDONG],
    "pu dong": ["Pu Dong", "浦东机场 Terminal 2", PUDONG],
    "pudo": ["Pu Dong", "浦东机场 Terminal 2", PUDONG],
    "udong": [],
    "chongqing": ["重庆银行"],
    "zhongqing": [],
    "pdfz": ["pdfz", PUDONG],
    "shpdfzyh": [PUDONG],
    "shanghaipudongfazhanyinhang": [PUDONG],
    "浦东 yh": [PUDONG],
    "浦东yh": [PUDONG],
    "tclkj": ["TCL科技"],
    "zengxiaoming": ["曾小明"],
    "cxm": ["曾小明"],
    "shanlin": ["单林"],
    # words
    "acme": ["Acme", "Acme Tools", "The Acme Company"],
    "ACME tool": ["Acme Tools"],
    "cme": [],
    "arzte köln": ["Ärzte für Köln"],
    "KOLN": ["Ärzte für Köln"],
    "o'neil": ["O'Neil & Söhne"],
    "abc": ["ＡＢＣ贸易"],
    "q-2026": ["Q-2026-00042"],
    "42": ["Q-2026-00042"],
    "100%": ["100% Cotton"],
    "under_s": ["under_score"],
    "東京": ["東京タワー"],
    "タワー": ["東京タワー"],
    "서울": ["서울 병원"],
    "𠮷野": ["𠮷野家"],
    "阿里": ["阿里阿里"],
    # other fields
    "wang.lei@sina.example": ["Wang"],
    "lei sina": ["Wang"],
    "5678": ["Wang"],
    "138-1234": ["Wang"],
    "13812345678": ["Wang"],
    "02168881234": ["Li"],
    "acc-000123": ["Li"],
    "acc 123": ["Li"],
    "花生": ["Zhao"],
    "nüsse allergie": ["Zhao"],
    # nothing
    "": [],
    " ": [],
    "%": [],
    "_": [],
    "nobody": [],
}


@pytest.mark.parametrize(("search", "expected"), FOUND.items())
def test_it_finds(clinic: Installation, search: str, expected: list[str]) -> None:
    with clinic.working("acme"):
        assert names(search) == expected


def test_postgresql_finds_the_same_in_the_same_order(
    clinic: Installation, big_clinic: Installation
) -> None:
    more = ["a", "s", "p", "1", "阿", "行", "acme o", "z", "t", "银 行", "e", "li", "in 浦"]
    for search in (*FOUND, *more):
        with clinic.working("acme"):
            small = titles(search)
        with big_clinic.working("acme"):
            assert titles(search) == small, search


def test_a_title_that_is_the_search_comes_first_then_one_that_begins_so(
    clinic: Installation,
) -> None:
    with clinic.working("acme"):
        assert names("acme") == ["Acme", "Acme Tools", "The Acme Company"]


def test_what_belongs_to_somebody_comes_before_what_describes_it(fresh: Installation) -> None:
    with fresh.working("acme"):
        for model in ("clinic.Room", "clinic.Patient", "garden.Plant"):
            host().records.create(model_of(model), {"name": "紫藤"})
        assert list(titles("ziteng")) == ["clinic.Patient", "clinic.Room", "garden.Plant"]


def test_each_record_stands_once(clinic: Installation) -> None:
    with clinic.working("acme"):
        assert names("阿") == ["阿里阿里"]


def test_no_more_of_a_model_than_asked_for(clinic: Installation) -> None:
    with clinic.working("acme"):
        (found,) = [each for each in find("acme", 2) if each.model.__name__ == "Patient"]
        assert [hit.title for hit in found.hits] == ["Acme", "Acme Tools"]
        assert found.more
        (found,) = [each for each in find("acme", 3) if each.model.__name__ == "Patient"]
        assert not found.more


def test_it_takes_two_statements(clinic: Installation) -> None:
    with clinic.working("acme", "ada"), statements(clinic.app) as seen:
        assert titles("a")
        assert len(seen) == 2
        find("no such thing", 5)
        assert len(seen) == 3


@pytest.mark.parametrize("search", ["\x00", "a\ud800"])
def test_what_no_database_keeps_is_refused(clinic: Installation, search: str) -> None:
    with clinic.working("acme"), pytest.raises(ValueError, match="cannot be stored"):
        find(search, 5)


def test_a_very_long_search_is_answered(clinic: Installation) -> None:
    with clinic.working("acme"):
        assert find("浦东 " * 500, 5)
        assert find(PUDONG * 100, 5) == []


def test_one_more_field_says_which_record_it_is(fresh: Installation) -> None:
    with fresh.working("acme"):
        room = host().records.create(model_of("clinic.Room"), {"name": "Blue", "size": "large"})
        host().records.create(model_of("clinic.Patient"), {"name": "Nina", "room": room.id})
        details = {
            (hit.title, hit.detail) for s in ("blue", "nina") for f in find(s, 5) for hit in f.hits
        }
        assert details == {("Blue", "Large one"), ("Nina", "Blue")}


@pytest.fixture(params=["clinic", "big_clinic"])
def either(request: pytest.FixtureRequest) -> Installation:
    """The clinic on one database, then on the other."""
    found: Callable[[str], Installation] = request.getfixturevalue
    return found(request.param)


def test_lists_search_by_pinyin_too(either: Installation) -> None:
    client = either.client("acme", "ada")
    for search, shown in (("pdfz", True), ("pudong", True), ("东发", True), ("zz", False)):
        page = client.get("/clinic/patients", query_string={"q": search}).get_data(as_text=True)
        assert (PUDONG in page) is shown, search
