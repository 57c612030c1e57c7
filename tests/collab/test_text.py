"""Who is named in a text, and what of it is a link."""

from __future__ import annotations

import pytest

from core.collab.text import Named, people_in, pieces

ANN, ANNABEL, WANG, LEI = (
    Named(1, "Ann"),
    Named(2, "Annabel Lee"),
    Named(3, "王磊"),
    Named(4, "王磊磊"),
)
PEOPLE = [ANN, ANNABEL, WANG, LEI]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("@Ann look", [1]),
        ("@ann look", [1]),
        ("@Annabel", []),
        ("@Annabel Lee, @Ann.", [2, 1]),
        ("请@王磊看一下", [3]),
        ("请@王磊磊看一下", [4]),
        ("mail@Ann is an address", []),
        ("(@Ann)", [1]),
        ("@@Ann", [1]),
        ("@Ann @Ann", [1]),
        ("@ Ann", []),
        ("Ann", []),
        ("@", []),
    ],
)
def test_who_is_named(text: str, ids: list[int]) -> None:
    assert [each.id for each in people_in(text, PEOPLE)] == ids


def test_one_of_two_of_the_same_name_is_picked() -> None:
    twins = [Named(7, "Li Na"), Named(8, "Li Na")]
    assert [each.id for each in people_in("@Li Na", twins, picked=[8])] == [8]
    assert {each.id for each in people_in("@Li Na", twins)} == {7, 8}


def shown(text: str, people: list[Named] | None = None) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in pieces(text, people or [])]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("see https://a.example/x?y=1&z=2.", "https://a.example/x?y=1&z=2"),
        ("(https://a.example/x)", "https://a.example/x"),
        ("https://a.example/x_(y)", "https://a.example/x_(y)"),
        ("https://a.example/x_(y)).", "https://a.example/x_(y)"),
        ("见https://a.example/x。好", "https://a.example/x"),
        ("HTTP://A.EXAMPLE", "HTTP://A.EXAMPLE"),
        ('<a href="https://a.example">', "https://a.example"),
    ],
)
def test_addresses_of_the_web_are_links(text: str, link: str) -> None:
    assert [said for kind, said in shown(text) if kind == "link"] == [link]
    assert "".join(said for _kind, said in shown(text)) == text


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "data:text/html,x", "ftp://a.example", "//a.example", "a.example"],
)
def test_other_addresses_are_words(text: str) -> None:
    assert shown(text) == [("text", text)]


def test_pieces_are_the_whole_text() -> None:
    text = "@Ann: https://a.example, @王磊!\n<b>@Nobody</b>"
    assert shown(text, PEOPLE) == [
        ("person", "@Ann"),
        ("text", ": "),
        ("link", "https://a.example"),
        ("text", ", "),
        ("person", "@王磊"),
        ("text", "!\n<b>@Nobody</b>"),
    ]
