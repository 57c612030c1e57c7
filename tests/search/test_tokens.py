"""What a text is taken apart into."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.search.pinyin import readings
from core.search.tokens import (
    LONGEST,
    LONGEST_RUN,
    LONGEST_TEXT,
    MOST_TOKENS,
    Kind,
    normal,
    tokens_of,
    words_of,
)

PINYIN = {Kind.PINYIN, Kind.INNER_PINYIN}
INITIALS = {Kind.INITIALS, Kind.INNER_INITIALS}


def of(kinds: Kind | set[Kind], title: str, *numbers: str) -> set[str]:
    wanted = {kinds} if isinstance(kinds, Kind) else kinds
    return {token for kind, token in tokens_of(title, (), numbers) if kind in wanted}


def test_chinese_becomes_its_tails() -> None:
    assert of(Kind.WORD, "浦东银行") == {"浦东银行", "东银行", "银行", "行"}
    assert of(PINYIN, "浦东银行") == {"pudongyinhang", "dongyinhang", "yinhang", "hang"}
    assert of(INITIALS, "浦东银行") == {"pdyh", "dyh", "yh"}


def test_the_beginning_of_a_title_is_told_from_its_other_parts() -> None:
    assert of(Kind.PINYIN, "浦东 银行") == {"pudongyinhang"}
    assert of(Kind.INITIALS, "单林 上海") == {"dlsh", "slsh"}
    assert of(Kind.INNER_INITIALS, "浦东 银行") == {"dyh", "yh"}
    assert tokens_of("", ["浦东"])[-2:] == [
        (Kind.INNER_INITIALS, "pd"),
        (Kind.INNER_PINYIN, "dong"),
    ]


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("张 伟", "张伟"), ("张 伟", "zhangwei"), ("张 伟", "zw"), ("张·伟", "zw"),
        ("上海 贸易", "shmy"), ("上海 贸易", "海贸"), ("上海 贸易", "shanghaimaoyi"),
        ("上海（贸易）有限公司", "shmy"), ("上海 贸易 银行", "hmyyh"), ("上海 贸易 银行", "易银"),
        ("TCL 科技", "tclkj"), ("浦东 Bank 银行", "pudongbank"), ("单林 上海", "slsh"),
        ("Bei Jing Yin Hang", "bjyh"), ("Bei Jing Yin Hang", "beijingyin"),
        ("Bei Jing Yin Hang", "yh"), ("Global Trade-Systems", "gts"),
    ],
)  # fmt: skip
def test_what_is_typed_without_the_space_finds_it(title: str, typed: str) -> None:
    assert finds(typed, title)


def test_what_is_written_together_is_read_together() -> None:
    assert of(INITIALS, "TCL科技") == {"tclkj", "kj"}
    assert of(PINYIN, "浦东2期") == {"pudong2qi", "dong2qi", "2qi", "qi"}


def test_how_companies_are_called_is_found_by_characters_only() -> None:
    assert "有限公司" in of(Kind.WORD, "浦东有限公司")
    assert of(INITIALS, "浦东有限公司") == {"pdyxgs", "dyxgs"}
    assert of(INITIALS, "有限公司") == {"yxgs", "xgs", "gs"}


def test_a_telephone_number_is_found_by_its_end_however_it_is_grouped() -> None:
    for written in ("+86 138-1234-5678", "8613812345678", "(86) 13812345678"):
        assert {"13812345678", "12345678", "5678"} <= of(Kind.WORD, "", written)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("重庆", [("chong", "qing")]),
        ("重要", [("zhong", "yao")]),
        ("银行行长", [("yin", "hang", "hang", "zhang")]),
        ("曾小明", [("ceng", "xiao", "ming"), ("zeng", "xiao", "ming")]),
        ("绿地", [("lv", "di")]),
        ("𠮷野", [("𠮷", "ye")]),
    ],
)
def test_characters_are_read_by_the_words_they_make(text: str, read: list[tuple[str, ...]]) -> None:
    assert list(readings(text)) == read


def test_a_record_takes_a_bounded_place() -> None:
    long = "浦东发展银行" * 200
    found = tokens_of(long, [long, "word " * 1000], ["1" * 1000])
    assert len(found) <= MOST_TOKENS
    assert all(len(token) <= LONGEST for _kind, token in found)
    assert max(len(t) for k, t in found if k == Kind.WORD) <= max(LONGEST_RUN, LONGEST)


CHINESE = st.text("上海浦东发展银行重庆长城曾单科技有限公司", min_size=1, max_size=9)
LATIN = st.text("abcXYZéß", min_size=1, max_size=8)
DIGITS = st.text("0123456789", min_size=1, max_size=6)
NAMES = st.lists(st.one_of(CHINESE, LATIN, DIGITS), min_size=1, max_size=4).map(" ".join)


def finds(search: str, title: str, *texts: str) -> bool:
    """Whether each word is the beginning of some token, as the index would say."""
    tokens = tokens_of(title, texts)
    words = words_of(search)
    return bool(words) and all(
        any(k in word.kinds and word.text <= t < word.after for k, t in tokens) for word in words
    )


@given(NAMES, NAMES)
def test_a_record_is_found_by_each_of_its_words(title: str, other: str) -> None:
    assert finds(title, title, other)
    for word in (*title.split(), *other.split()):
        assert finds(word, title, other)
        assert finds(word.upper(), title, other)


@given(NAMES, st.data())
def test_it_is_found_by_any_part_of_its_chinese(title: str, data: st.DataObject) -> None:
    for run in re.findall("[\u4e00-\u9fff]+", title):
        start = data.draw(st.integers(0, len(run) - 1))
        end = data.draw(st.integers(start + 1, len(run)))
        assert finds(run[start:end], title)


@given(CHINESE, st.data())
def test_it_is_found_by_pinyin_and_initials_from_any_syllable(
    title: str, data: st.DataObject
) -> None:
    syllables = readings(title)[0]
    start = data.draw(st.integers(0, len(title) - 1))
    if re.search("(股份|有限|公司)", title):
        start = 0
    assert finds("".join(syllables[start:]), title)
    assert finds("".join(syllable[0] for syllable in syllables[start:]), title)


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_is_taken_apart(text: str, other: str) -> None:
    assert normal(normal(text)) == normal(text)
    tokens = tokens_of(text, [other], [text])
    assert len(tokens) == len(set(tokens)) <= MOST_TOKENS
    assert all(token and len(token) <= LONGEST for _kind, token in tokens)
    if len(text) < LONGEST_TEXT / 2 and words_of(text) and len(tokens) < MOST_TOKENS:
        assert finds(text, text, other)
