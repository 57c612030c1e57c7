from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.duplicates.services.reducing import METHODS, blocks, likeness, reduced

KINDS = ("text", "phone", "email", "url")
texts = st.text(st.sampled_from("abAB 有限公司上海华为ßé.,-@123456+ＡＢltd"), max_size=20)


@pytest.mark.parametrize(
    ("method", "kind", "one", "other"),
    [
        ("normalised", "text", "Harbour  Ltd.", "HARBOUR"),
        ("normalised", "text", "Ｈarbour Co., Ltd", "harbour"),
        ("normalised", "text", "Café Müller GmbH & Co. KG", "cafe muller"),
        ("normalised", "text", "华为技术有限公司", "华为技术"),
        ("normalised", "text", "上海 华为（技术）股份有限公司", "上海华为技术"),
        ("normalised", "phone", "138 0013 8000", "+86-13800138000"),
        ("normalised", "phone", "(010) 8888-9999 转 12", "008610 88889999 ext. 12"),
        ("normalised", "email", " Ann@Harbour.example", "ann@harbour.example"),
        ("normalised", "url", "https://www.harbour.example/shop", "Harbour.example"),
        ("pinyin", "text", "深圳华威有限公司", "深圳华为"),
        ("pinyin", "text", "shenzhen", "深圳"),
        ("domain", "email", "ann@harbour.example", "bo@HARBOUR.example"),
        ("exact", "text", "Harbour ", "Harbour"),
    ],
)
def test_same(method: str, kind: str, one: str, other: str) -> None:
    first, second = (reduced(method, kind, False, text, "CN") for text in (one, other))
    assert first and first == second


@pytest.mark.parametrize(
    ("method", "kind", "one", "other"),
    [
        ("exact", "text", "Harbour", "harbour"),
        ("normalised", "text", "Harbour East Ltd", "Harbour West Ltd"),
        ("normalised", "phone", "010 8888 9999 转 1", "010 8888 9999 转 2"),
        ("domain", "email", "ann@qq.com", "bo@qq.com"),
        ("normalised", "text", "", ""),
        ("normalised", "phone", "none", "none"),
    ],
)
def test_not_the_same(method: str, kind: str, one: str, other: str) -> None:
    first, second = (reduced(method, kind, False, text, "CN") for text in (one, other))
    assert not likeness(method, first, second)


def test_the_name_of_a_person_has_no_legal_form() -> None:
    assert reduced("normalised", "text", True, "Li Sa") != reduced("normalised", "text", True, "Li")
    assert reduced("normalised", "text", False, "Ltd") == "ltd"


def test_numbers_tell_apart() -> None:
    assert likeness("fuzzy", "harbour trading branch 12", "harbour trading branch 13") == 0
    assert likeness("fuzzy", "harbour trading branch 12", "harbor trading branch 12") > 90


def test_alike() -> None:
    def share(one: str, other: str) -> int:
        first, second = (reduced("fuzzy", "text", False, text) for text in (one, other))
        assert set(blocks("fuzzy", first)) & set(blocks("fuzzy", second))
        return round(likeness("fuzzy", first, second))

    assert share("Harbour Trading Ltd", "Harbor Trading") == 97
    assert share("Trading Harbour", "Harbour Trading") == 100
    assert share("上海浦江机械有限公司", "上海浦江机戒") == 83


@given(texts, texts, st.sampled_from(METHODS), st.sampled_from(KINDS), st.booleans())
def test_likeness_is_the_same_from_both_sides(
    one: str, other: str, method: str, kind: str, is_person: bool
) -> None:
    first, second = (reduced(method, kind, is_person, text, "CN") for text in (one, other))
    assert likeness(method, first, second) == likeness(method, second, first)
    assert likeness(method, first, first) == (100 if first else 0)


@given(st.text(max_size=30), st.sampled_from(METHODS), st.sampled_from(KINDS))
def test_whatever_is_written_can_be_compared(text: str, method: str, kind: str) -> None:
    found = reduced(method, kind, False, text, "CN")
    assert all(isinstance(block, str) for block in blocks(method, found))
    if method in ("normalised", "fuzzy") and kind == "text":
        assert reduced(method, kind, False, found, "CN") == found or "公司" in text or found
