"""Texts that must look like something."""

from __future__ import annotations

import pytest

from core.data.texts import currency_code, email, phone, row_id, storable, url, yes_or_no


@pytest.mark.parametrize("text", ["yes", "TRUE", "1", "是", "Y", "on", "１"])
def test_yes(text: str) -> None:
    assert yes_or_no(text) is True


@pytest.mark.parametrize("text", ["no", "False", "0", "否", "off"])
def test_no(text: str) -> None:
    assert yes_or_no(text) is False


@pytest.mark.parametrize("text", ["", "maybe", "2", "真"])
def test_neither_yes_nor_no(text: str) -> None:
    with pytest.raises(ValueError, match="Expected yes or no"):
        yes_or_no(text)


@pytest.mark.parametrize("text", ["a@b.cn", "zhang.san+x@mail.例子.cn", "ａ＠ｂ．ｃｎ"])
def test_addresses_of_mail(text: str) -> None:
    assert "@" in email(text)


@pytest.mark.parametrize("text", ["a@b", "a b@c.cn", "@b.cn", "a@b.cn, c@d.cn", "a@@b.cn", "a@b."])
def test_what_mail_cannot_reach(text: str) -> None:
    with pytest.raises(ValueError, match="is no e-mail address"):
        email(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("https://a.cn/b?c=1#d", "https://a.cn/b?c=1#d"), ("HTTP://a.cn:8080", "HTTP://a.cn:8080"),
        ("www.example.com", "https://www.example.com"), ("例子.cn", "https://例子.cn"),
        ("10.0.0.1/x", "https://10.0.0.1/x"),
    ],
)  # fmt: skip
def test_addresses_of_the_web(text: str, kept: str) -> None:
    assert url(text) == kept


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "ftp://a.cn", "a", "https://", "https://a b.cn", "data:x,y",
             "https://user@a.cn", "//a.cn"],
)  # fmt: skip
def test_what_no_link_should_be(text: str) -> None:
    with pytest.raises(ValueError, match="is no web address"):
        url(text)


@pytest.mark.parametrize("text", ["+86 139-1234-5678", "(010) 8888 8888 转 12", "10086", "１３９"])
def test_telephone_numbers(text: str) -> None:
    assert phone(text)


@pytest.mark.parametrize("text", ["12", "call me", "139 or 138", "+"])
def test_what_nobody_can_dial(text: str) -> None:
    with pytest.raises(ValueError, match="is no telephone number"):
        phone(text)


def test_codes_of_currencies() -> None:
    assert currency_code(" cny") == "CNY"
    with pytest.raises(ValueError, match="is no currency code"):
        currency_code("XYZ")


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_what_no_database_keeps(text: str) -> None:
    with pytest.raises(ValueError, match="cannot be stored"):
        storable(text)


def test_ids() -> None:
    assert row_id("12") == 12
    assert [row_id(text) for text in ("", "-1", "1.0", "x", "٣")] == [None] * 5
    with pytest.raises(ValueError, match="too large"):
        row_id(str(2**63))
