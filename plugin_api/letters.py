"""Mails as files: who wrote what to whom, read without trusting a word of them."""

from __future__ import annotations

import codecs
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from html.parser import HTMLParser
from itertools import islice
from typing import Any, cast

LARGEST = 25_000_000
"""Bytes of a mail."""
MOST_PARTS, MOST_ADDRESSES, LONGEST, LONGEST_ADDRESS = 100, 60, 20_000, 320
MOST_FILES = 20
MOST_HEADERS, LONGEST_HEADER, LONGEST_PAGE = 1000, 20_000, 1_000_000
"""Of a part of a mail; the longest header that is read, and page of which words are kept, in
characters. Parsers of both need far more than twice the time for twice the length."""
PARSED = frozenset(
    {
        "from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references",
        "auto-submitted", "precedence", "return-path",
    }
)  # fmt: skip
BY_MACHINES = ("list-id", "list-unsubscribe", "x-autoreply", "x-autorespond", "x-failed-recipients")
"""Headers that no mail of a person has."""
SLOW_CODECS = frozenset({"idna", "punycode"})
SKIPPED = frozenset({"script", "style", "head", "title"})
ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Enclosed:
    """A file that came with a mail; ``name`` is empty where it has none."""

    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """What is kept of a mail. ``key`` is its Message-ID, ``answers`` are those of the mails that it
    replies to; ``automatic``: a machine wrote it, such as a note of absence; ``files`` are the
    first ``MOST_FILES`` that came with it."""

    key: str
    subject: str
    sender: str
    addresses: tuple[str, ...]
    at: dt.datetime | None
    text: str
    answers: tuple[str, ...] = ()
    automatic: bool = False
    files: tuple[Enclosed, ...] = ()


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
    message = cast(EmailMessage, message_from_bytes(content.lstrip(), policy=_POLICY))
    _check_headers(message)
    if message.get("From") is None or not any(message.get(each) for each in ("To", "Cc", "Date")):
        raise ValueError("no mail")
    if sum(1 for _part in zip(message.walk(), range(MOST_PARTS + 1), strict=False)) > MOST_PARTS:
        raise ValueError("too many parts")
    headers = [str(each) for name in ("From", "To", "Cc") for each in message.get_all(name, [])]
    found = [_clean(address.strip().lower()) for _name, address in getaddresses(headers)]
    fit = (each for each in found if len(each) <= LONGEST_ADDRESS and ADDRESS.fullmatch(each))
    addresses = tuple(dict.fromkeys(fit))
    if not addresses:
        raise ValueError("no addresses")
    sender = next((a.strip().lower() for _n, a in getaddresses([str(message["From"])]) if a), "")
    subject = " ".join(str(message.get("Subject", "")).split())
    key = " ".join(str(message.get("Message-ID", "")).split()).strip("<>")
    return Letter(
        key=_clean(key)[:250],
        subject=_clean(subject)[:200],
        sender=_clean(sender)[:LONGEST_ADDRESS],
        addresses=addresses[:MOST_ADDRESSES],
        at=_moment(str(message.get("Date", ""))),
        text=_clean(_text(message)[:LONGEST]),
        answers=_answers(message),
        automatic=_is_automatic(message),
        files=tuple(islice(_files(message), MOST_FILES)),
    )


def _files(message: EmailMessage) -> Iterator[Enclosed]:
    """What came with it: attached, or a picture among the words."""
    for part in message.walk():
        name = part.get_filename("")
        if part.is_multipart() or not (name or part.get_content_disposition() == "attachment"):
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            yield Enclosed(name=_clean(name)[:200], content=content)


def _answers(message: EmailMessage) -> tuple[str, ...]:
    """The Message-IDs that it names, the one that it replies to first."""
    said = " ".join(str(message.get(name, "")) for name in ("In-Reply-To", "References"))
    found = (_clean(key)[:250] for key in re.findall(r"<([^<>\s]{1,250})>", said))
    return tuple(dict.fromkeys(found))[:MOST_ADDRESSES]


def _is_automatic(message: EmailMessage) -> bool:
    """As RFC 3834 has it, and as mailing lists and older machines say."""
    submitted = str(message.get("Auto-Submitted", "no")).strip().lower()
    precedence = str(message.get("Precedence", "")).strip().lower()
    return (
        not submitted.startswith("no")
        or precedence in ("bulk", "junk", "list", "auto_reply")
        or str(message.get("Return-Path", "")).strip() == "<>"
        or any(name in message for name in BY_MACHINES)
    )


class _Policy(policy.EmailPolicy):
    """Refuses what is too long to be parsed, before it is."""

    def header_source_parse(self, sourcelines: Sequence[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(list(sourcelines))
        read = name.lower() in PARSED or name.lower().startswith("content-")
        if read and len(value) > LONGEST_HEADER:
            raise ValueError("header too long")
        return name, value


_POLICY = _Policy()


def _check_headers(message: EmailMessage) -> None:
    if len(message) > MOST_HEADERS:
        raise ValueError("too many headers")
    if sum(len(value) for name, value in message.raw_items() if name.lower() in PARSED) > (
        2 * LONGEST_HEADER
    ):
        raise ValueError("headers too long")


def _clean(text: str) -> str:
    """Without what no database keeps: the character zero, and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _is_slow(charset: str) -> bool:
    try:
        return codecs.lookup(charset).name in SLOW_CODECS
    except (LookupError, ValueError):
        return False


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
        if _is_slow(str(body.get_param("charset", ""))):
            raise LookupError
        content = str(body.get_content())
    except (LookupError, UnicodeError):
        # A charset that nobody knows.
        content = bytes(body.get_payload(decode=True) or b"").decode("utf-8", "replace")
    if body.get_content_subtype() == "html":
        reader = _Words()
        reader.feed(content[:LONGEST_PAGE])
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
