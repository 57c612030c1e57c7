"""Texts taken apart, by which records are found and asked for. Pure functions.

A text becomes tokens, of which a search matches the beginning: words as they are; of Chinese
every tail of a run of characters (``浦东银行``, ``东银行``, ``银行``, ``行``), so that the
beginning of a tail is any part of the run; the same of its syllables (``pudongyinhang``,
``dongyinhang`` …) and of their initials (``pdyh``, ``dyh`` …), across spaces too: who looks for
``张 伟`` types ``zw``; of a title in letters its initials (``bjyh`` of ``Bei Jing Yin Hang``); of
long numbers their tails, so that a telephone number is found by its last digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from core.search.pinyin import HAN, readings


class Kind(IntEnum):
    """What a token is of its text; the better match first."""

    TITLE = 0
    """The whole title, of which a search may be the beginning."""
    WORD = 1
    PINYIN = 2
    """How the title is read, from its beginning."""
    INITIALS = 3
    """The same in initials."""
    INNER_PINYIN = 4
    """How it is read from some other character on, and how anything else is read."""
    INNER_INITIALS = 5


OUTER = (Kind.PINYIN, Kind.INITIALS)
INNER = (Kind.INNER_PINYIN, Kind.INNER_INITIALS)
LATIN = (Kind.WORD, *OUTER, *INNER)
"""What letters may be the beginning of."""

LONGEST = 40
"""Characters of a token at most."""
LONGEST_RUN = 16
"""Chinese characters of a token at most; longer ones in a search are asked for in pieces."""
LONGEST_TEXT = 120
"""Characters of a field that are taken apart; the rest is not found."""
MOST_TOKENS = 160
"""Tokens of a record at most."""
MOST_SHORTENED = 8
"""Words of a title that is found by their initials."""
SHORTEST_TAIL = 4
"""Digits of a number's tail at least."""

Token = tuple[int, str]
"""Its :class:`Kind` and its text."""
_Spelling = tuple[str, str]
"""A syllable and its initial."""

_RUN = HAN + "\u3040-\u30ff\u31f0-\u31ff\uac00-\ud7af"
"""Scripts without spaces between words: Japanese kana and Korean besides."""
_CHUNK = re.compile(r"[^\W_]+")
_PART = re.compile(f"(?P<run>[{_RUN}]+)|[^{_RUN}]+")
_READ = re.compile(f"(?P<han>[{HAN}]+)|[^{HAN}]+")
_CHINESE = re.compile(f"[{HAN}]")
_LEGAL_FORM = re.compile("(?:股份|有限责任|有限|集团)+(?:公司)?$")
"""How names of companies end: nobody tells them apart by how that is read, so it is not kept."""
_DIGITS = re.compile(r"[0-9]+")
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[\s().\-/]+(?=[0-9])")
_LETTER = re.compile(r"[a-z]")
_SOUND_MARKS = "\u3099\u309a"


@dataclass(frozen=True, slots=True)
class Word:
    """A part of a search: the beginning of some token of one of the kinds."""

    text: str
    kinds: tuple[Kind, ...]

    @property
    def after(self) -> str:
        """What sorts after all that begins with the text."""
        return self.text + "\U0010ffff"


def normal(text: str) -> str:
    """A text as it is compared: small letters without accents, narrow forms, single spaces."""
    if text.isascii():
        return " ".join(text.casefold().split())
    parts = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(c for c in parts if not unicodedata.combining(c) or c in _SOUND_MARKS)
    return " ".join(unicodedata.normalize("NFC", bare).split())


def tokens_of(title: str, texts: Iterable[str], numbers: Iterable[str] = ()) -> list[Token]:
    """Tokens of a record, each once: of its title, other texts and telephone numbers.

    The title comes first, then each in turn: what is too much is left out at the end.
    """
    found: dict[Token, None] = {}
    whole = normal(title)[:LONGEST]
    if whole:
        found[Kind.TITLE, whole] = None
    found.update(dict.fromkeys(_tokens(normal(title)[:LONGEST_TEXT], is_title=True)))
    for text in texts:
        found.update(dict.fromkeys(_tokens(normal(text)[:LONGEST_TEXT])))
    for number in numbers:
        grouped = normal(number)[:LONGEST_TEXT]
        # However it is grouped: 021-6888 1234 is found by 02168881234 and by 6888.
        together = _BETWEEN_DIGITS.sub("", grouped)
        found.update(dict.fromkeys((*_tokens(together), *_tokens(grouped))))
    return list(found)[:MOST_TOKENS]


def words_of(search: str) -> list[Word]:
    """The words of a search, each once; all of them must match."""
    found: dict[Word, None] = {}
    for chunk in _CHUNK.findall(normal(search)):
        for part in _PART.finditer(chunk):
            text = part[0]
            if part["run"]:
                pieces = (text[i : i + LONGEST_RUN] for i in range(0, len(text), LONGEST_RUN))
                found.update(dict.fromkeys(Word(piece, (Kind.WORD,)) for piece in pieces))
            else:
                kinds = LATIN if _LETTER.search(text) else (Kind.WORD,)
                found[Word(text[:LONGEST], kinds)] = None
    return list(found)


def _tokens(text: str, *, is_title: bool = False) -> Iterator[Token]:
    chunks = _CHUNK.findall(text)
    if text.isascii():
        for chunk in chunks:
            yield from ((Kind.WORD, word[:LONGEST]) for word in _words(chunk))
        if is_title:
            yield from _abbreviated([chunk for chunk in chunks if _LETTER.match(chunk)])
        return
    for i, chunk in enumerate(chunks):
        after = chunks[i + 1 :]
        parts = list(_PART.finditer(chunk))
        for part in parts:
            if part["run"]:
                more = _run_on(after) if part.end() == len(chunk) else ""
                yield from ((Kind.WORD, (tail + more)[:LONGEST_RUN]) for tail in _tails(part[0]))
            else:
                yield from ((Kind.WORD, word[:LONGEST]) for word in _words(part[0]))
        if _CHINESE.search(chunk):
            yield from _aloud(chunk, after, begins_title=is_title and not i)
        elif after and _CHINESE.search(after[0]):
            yield from _spelling([(chunk, chunk), *_read_on(after)], INNER)
    if is_title and not _CHINESE.search(text):
        yield from _abbreviated([chunk for chunk in chunks if _LETTER.match(chunk)])


def _run_on(chunks: list[str]) -> str:
    """Chinese that goes on after a space: what is typed without it finds it too."""
    found = ""
    for chunk in chunks:
        part = _PART.match(chunk)
        if part is None or not part["run"] or len(found) >= LONGEST_RUN:
            break
        found += part[0]
        if part.end() < len(chunk):
            break
    return found


def _read_on(chunks: list[str]) -> list[_Spelling]:
    """How it goes on after a space, as it is read."""
    found: list[_Spelling] = []
    for chunk in chunks:
        if sum(len(full) for full, _short in found) >= LONGEST:
            break
        found += _spelt(chunk)
    return found


def _abbreviated(words: list[str]) -> Iterator[Token]:
    """Several words in letters: written together, and their initials, as people shorten them."""
    if 1 < len(words) <= MOST_SHORTENED:
        spelt = [(word, word[0]) for word in words]
        yield from _spelling(spelt, OUTER)
        for i in range(1, len(words) - 1):
            yield INNER[1], "".join(short for _full, short in spelt[i:])


def _spelt(chunk: str) -> list[_Spelling]:
    """A chunk as it is read: its syllables; the rest as it is."""
    found: list[_Spelling] = []
    for part in _READ.finditer(chunk):
        if part["han"]:
            found += [(each, each[0]) for each in readings(part[0])[0]]
        else:
            found.append((part[0], part[0]))
    return found


def _words(text: str) -> Iterator[str]:
    """A word itself, its numbers, also without zeros before them, and their tails."""
    yield text
    for digits in _DIGITS.findall(text):
        yield digits
        bare = digits.lstrip("0") or "0"
        yield bare
        yield from (tail for tail in _tails(bare) if len(tail) >= SHORTEST_TAIL)


def _aloud(chunk: str, after: list[str], *, begins_title: bool) -> Iterator[Token]:
    """Tails of a chunk as it and what comes after it is read: syllables and their initials."""
    spelt, more = _spelt(chunk), _read_on(after)
    others: list[list[_Spelling]] = []
    first = _READ.match(chunk)
    if first is not None and first["han"]:
        # A second reading is of a name, and differs in what stands first.
        others = [[(each, each[0]) for each in read] for read in readings(first[0])[1:]]
    ending = _LEGAL_FORM.search(chunk)
    worth = len(spelt) - (len(ending[0]) if ending and ending.start() else 0)
    for whole in (spelt, *([*other, *spelt[len(other) :]] for other in others)):
        yield from _spelling([*whole, *more], OUTER if begins_title else INNER)
    for i in range(1, worth):
        yield from _spelling([*spelt[i:], *more], INNER)


def _spelling(tail: list[_Spelling], kinds: tuple[Kind, Kind]) -> Iterator[Token]:
    yield kinds[0], "".join(full for full, _short in tail)[:LONGEST]
    if len(tail) > 1:
        yield kinds[1], "".join(short for _full, short in tail)[:LONGEST_RUN]


def _tails(text: str) -> Iterator[str]:
    return (text[i:] for i in range(len(text)))
