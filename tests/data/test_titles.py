"""Sorted by name: as a directory sorts, alike on both databases."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data import query
from core.data.titles import key_of
from tests.data.workshop import World, make, model, records

DIRECTORY = [
    "阿里巴巴", "Acme", "Bäckerei Schmidt", "baidu", "百度", "北京银行", "曾国强", "重庆长安",
    "单林", "Zebra", "张伟", "章伟",
]  # fmt: skip


def test_chinese_stands_among_latin_by_how_it_is_read() -> None:
    shuffled = random.Random(7).sample(DIRECTORY, len(DIRECTORY))
    assert sorted(shuffled, key=key_of) == [
        "阿里巴巴", "Acme", "Bäckerei Schmidt", "百度", "baidu", "北京银行", "重庆长安", "单林",
        "Zebra", "曾国强", "张伟", "章伟",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("张伟", "zhang 张 wei 伟"),
        ("上海 ABC 公司", "shang 上 hai 海 abc gong 公 si 司"),
        ("Ａｃｍｅ　Ｌｔｄ", "acme ltd"),
        ("Élan", "elan"),
        ("  ", ""),
        (None, ""),
    ],
)
def test_keys(title: str | None, key: str) -> None:
    assert key_of(title) == key


def test_a_shorter_syllable_comes_first() -> None:
    assert key_of("西安") < key_of("先锋")


@given(st.text(max_size=400))
def test_any_text_has_a_key_that_fits(text: str) -> None:
    key = key_of(text)
    assert len(key) <= 200
    assert key == key.strip() or len(key) == 200


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_capitals_do_not_matter_of_ascii(text: str) -> None:
    if text.isascii():
        assert key_of(text.upper()) == key_of(text.lower())


def test_a_record_that_is_renamed_moves(workshop: World) -> None:
    with workshop.as_("ada"):
        jobs = {name: make("Job", name=name) for name in ("Bell", "钟楼", "Zoo")}
        asked = {"sort": "name", "fields": "name"}

        def order() -> list[str]:
            return [row["name"] for row in query.run(query.parse_query(model("Job"), asked)).rows]

        assert order() == ["Bell", "钟楼", "Zoo"]
        records().update(jobs["钟楼"], {"name": "阿里"})
        records().update(jobs["Bell"], {"priority": 7})
        assert order() == ["阿里", "Bell", "Zoo"]
