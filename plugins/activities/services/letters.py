"""Mails that are brought as files or pasted: read, and matched to records by their addresses."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.models import CompanyModel, FieldInfo
from plugins.activities.services import subjects

LARGEST = 5_000_000
"""Bytes of a mail."""
MOST_PARTS, MOST_ADDRESSES, LONGEST = 100, 60, 20_000
SKIPPED = frozenset({"script", "style", "head", "title"})
ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """What is kept of a mail."""

    key: str
    subject: str
    sender: str
    addresses: tuple[str, ...]
    at: dt.datetime | None
    text: str


def read(content: bytes) -> Letter:
    """The mail of a file or of pasted text. Raises ValueError for what is none, or too much."""
    if not content.strip():
        raise ValueError("empty")
    if len(content) > LARGEST:
        raise ValueError("too large")
    try:
        return _read(content)
    except ValueError:
        raise
    except Exception as error:
        # The parser of the standard library stumbles over made-up headers in many ways; all of
        # them mean that this is no mail that somebody has got.
        raise ValueError("unreadable") from error


def _read(content: bytes) -> Letter:
    message = message_from_bytes(content.lstrip(), policy=policy.default)
    if message.get("From") is None or not any(message.get(each) for each in ("To", "Cc", "Date")):
        raise ValueError("no mail")
    if sum(1 for _part in zip(message.walk(), range(MOST_PARTS + 1), strict=False)) > MOST_PARTS:
        raise ValueError("too many parts")
    headers = [str(each) for name in ("From", "To", "Cc") for each in message.get_all(name, [])]
    found = [address.strip().lower() for _name, address in getaddresses(headers)]
    addresses = tuple(dict.fromkeys(each for each in found if ADDRESS.fullmatch(each)))
    if not addresses:
        raise ValueError("no addresses")
    sender = next((a.strip().lower() for _n, a in getaddresses([str(message["From"])]) if a), "")
    subject = " ".join(str(message.get("Subject", "")).split())
    key = " ".join(str(message.get("Message-ID", "")).split()).strip("<>")
    return Letter(
        key=key[:250],
        subject=subject[:200],
        sender=sender,
        addresses=addresses[:MOST_ADDRESSES],
        at=_moment(str(message.get("Date", ""))),
        text=_text(message)[:LONGEST].replace("\x00", ""),
    )


def _moment(text: str) -> dt.datetime | None:
    try:
        found = parsedate_to_datetime(text)
        return (found if found.tzinfo else found.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _text(message: EmailMessage) -> str:
    """What was written: the plain part, else the words of the other."""
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    try:
        content = str(body.get_content())
    except (LookupError, UnicodeError):
        # A charset that nobody knows.
        content = bytes(body.get_payload(decode=True) or b"").decode("utf-8", "replace")
    if body.get_content_subtype() == "html":
        reader = _Words()
        reader.feed(content)
        content = "".join(reader.words)
    lines = [line.rstrip() for line in content.replace("\r\n", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Words(HTMLParser):
    """The words of a page, without what it does."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in SKIPPED:
            self._skipped += 1
        elif tag in ("br", "p", "div", "tr", "li"):
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in SKIPPED:
            self._skipped = max(0, self._skipped - 1)

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.words.append(data)


def whose(addresses: Collection[str]) -> list[subjects.Ref]:
    """Records with one of the addresses, of what the actor may see: people before others. One
    statement a model that has addresses."""
    found: list[tuple[int, str, int]] = []
    for model in subjects.models():
        fields = dict(_mail_fields(model))
        if not fields or not subjects.may_see(model):
            continue
        columns = [getattr(model, name) for name in fields if host().records.may_read(model, name)]
        if not columns:
            continue
        same = sa.or_(*(sa.func.lower(column).in_(list(addresses)) for column in columns))
        asked = sa.select(model.id).where(same, host().records.visible(model)).limit(20)
        rank = 0 if any(info.personal for info in fields.values()) else 1
        found += [(rank, model.model_key(), id_) for id_ in host().session.scalars(asked)]
    return [(key, id_) for _rank, key, id_ in sorted(found)]


def _mail_fields(model: type[CompanyModel]) -> Iterable[tuple[str, FieldInfo]]:
    for column in model.__table__.columns:
        info: FieldInfo | None = column.info.get("field")
        if info is not None and info.kind == "email":
            yield column.name, info
