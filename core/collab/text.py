"""The text of a comment: who is named in it, and how it is shown. Plain functions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

_URL = re.compile(r"https?://[^\s<>\"'`\\^{}|\u3000-\u303f\uff00-\uffef]+", re.IGNORECASE)
_TAIL = re.compile(r"[.,;:!?)\]]+$")


@dataclass(frozen=True, slots=True)
class Named:
    """A person as a text may name them."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: words, the address of a link, or a person who is named."""

    kind: Literal["text", "link", "person"]
    text: str
    person: int = 0


def named_in(text: str, people: Iterable[Named]) -> Iterator[tuple[int, str]]:
    """Where ``@`` stands before somebody's name, and the name as the text writes it.

    The longest name wins: ``@Ann Lee`` is not Ann. An ``@`` inside of a word names nobody.
    """
    names = sorted({each.name for each in people if each.name}, key=len, reverse=True)
    lowered = text.lower()
    at = text.find("@")
    while at >= 0:
        found = ""
        if not (at and _is_letter(text[at - 1])):
            found = next((name for name in names if _stands(lowered, at + 1, name.lower())), "")
        if found:
            yield at, text[at + 1 : at + 1 + len(found)]
        at = text.find("@", at + 1 + len(found))


def people_in(text: str, people: Sequence[Named], picked: Iterable[int] = ()) -> list[Named]:
    """People whom a text names, once each. ``picked`` decides between several of one name."""
    chosen, found = set(picked), dict[int, Named]()
    for _at, written in named_in(text, people):
        same = [each for each in people if each.name.lower() == written.lower()]
        meant = [each for each in same if each.id in chosen] or same
        found.update({each.id: Named(each.id, written) for each in meant})
    return list(found.values())


def pieces(text: str, people: Sequence[Named] = ()) -> list[Piece]:
    """The text as a page shows it: addresses become links, names lead to people."""
    made: list[Piece] = []
    start = 0
    for at, written in named_in(text, people):
        made += _with_links(text[start:at])
        person = next(each.id for each in people if each.name.lower() == written.lower())
        made.append(Piece("person", f"@{written}", person))
        start = at + 1 + len(written)
    return made + _with_links(text[start:])


def _with_links(text: str) -> list[Piece]:
    made: list[Piece] = []
    start = 0
    for match in _URL.finditer(text):
        address = _trimmed(match[0])
        if match.start() > start:
            made.append(Piece("text", text[start : match.start()]))
        made.append(Piece("link", address))
        start = match.start() + len(address)
    if start < len(text):
        made.append(Piece("text", text[start:]))
    return made


def _trimmed(address: str) -> str:
    """Without the punctuation of the sentence around it; a bracket that was opened stays."""
    while tail := _TAIL.search(address):
        kept = address[: tail.start()]
        if tail[0][0] == ")" and kept.count("(") > kept.count(")"):
            return kept + ")"
        address = kept
    return address


def _stands(lowered: str, at: int, name: str) -> bool:
    end = at + len(name)
    if not lowered.startswith(name, at):
        return False
    return end == len(lowered) or not (_is_letter(name[-1]) and _is_letter(lowered[end]))


def _is_letter(character: str) -> bool:
    """Of a script that puts space between words."""
    return character.isalnum() and ord(character) < 0x2E80
