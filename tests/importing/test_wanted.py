"""Texts by which rows are chosen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.importing.wanted import Texts


@pytest.mark.parametrize(
    ("texts", "text", "chosen"),
    [
        (("C*",), "C536379", True),
        (("C*",), "536379", False),
        (("C*",), "c536379", False),
        (("*-?",), "a-?", True),
        (("*-?",), "a-b", False),
        (("a*b",), "ab", True),
        (("ab*ba",), "aba", False),
        (("*b*c*",), "abxc", True),
        (("*b*c*",), "acxb", False),
        (("*a" * 30 + "b",), "a" * 30_000, False),
        (("a*b",), "a\nb", True),
        (("a*b",), "abc", False),
        (("",), "", True),
        (("",), "x", False),
        (("1", "2*"), "1", True),
        (("1", "2*"), "12", False),
        ((), "", False),
    ],
)
def test_a_star_stands_for_any_characters(texts: tuple[str, ...], text: str, chosen: bool) -> None:
    assert (text in Texts(texts)) is chosen


@given(st.text(), st.text(), st.text())
def test_what_is_between_two_texts_does_not_matter(start: str, middle: str, end: str) -> None:
    assert start + middle + end in Texts([f"{start}*{end}"])
