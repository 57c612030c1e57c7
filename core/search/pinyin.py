"""How Chinese is read aloud. The dictionary is loaded with the first text that needs it."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Any

HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, as they stand in the class of an expression."""
SURNAMES = {
    "曾": "zeng", "单": "shan", "解": "xie", "区": "ou", "仇": "qiu", "查": "zha", "朴": "piao",
    "翟": "zhai", "盖": "ge", "缪": "miao", "员": "yun", "覃": "qin", "宓": "fu", "折": "she",
    "召": "shao", "重": "chong", "黑": "he", "秘": "bi", "繁": "po", "祭": "zhai", "郇": "xun",
    "洗": "xian", "隗": "wei", "牟": "mu", "乐": "yue", "种": "chong", "都": "du", "能": "nai",
    "句": "gou", "乜": "nie", "薄": "bo", "纪": "ji", "尉": "wei", "车": "che", "卜": "bu",
}  # fmt: skip
"""Surnames that are read otherwise than the character is in most words."""
LONGEST_NAME = 4
LONGEST_PHRASE = 6


@lru_cache(maxsize=8192)
def readings(text: str) -> tuple[tuple[str, ...], ...]:
    """Syllables of Chinese characters in lower case without tones, one a character.

    The reading by the words of the text comes first. What is no word, and so may be a name, has
    a second one where its surname is read in a way of its own: ``单林`` is (dan, lin) and
    (shan, lin). A character that the dictionary does not know stands for itself.
    """
    usual = tuple(_read(text))
    surname = SURNAMES.get(text[:1], usual[0])
    if surname == usual[0] or len(text) > LONGEST_NAME or text in _dictionaries()[1]:
        return (usual,)
    return usual, (surname, *usual[1:])


def load() -> None:
    """Load the dictionary, before somebody waits for it."""
    _dictionaries()


def _read(text: str) -> list[str]:
    characters, phrases = _dictionaries()
    found: list[str] = []
    while len(found) < len(text):
        at = len(found)
        for length in range(min(LONGEST_PHRASE, len(text) - at), 1, -1):
            phrase = phrases.get(text[at : at + length])
            if phrase is not None:
                found += [_plain(syllable[0]) for syllable in phrase]
                break
        else:
            known = characters.get(ord(text[at]))
            found.append(_plain(known.partition(",")[0]) if known else text[at])
    return found


@lru_cache(maxsize=4096)
def _plain(syllable: str) -> str:
    """``lǜ`` as it is typed: ``lv``."""
    parts = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(c for c in parts if not unicodedata.combining(c)).lower()


@cache
def _dictionaries() -> tuple[dict[int, str], dict[str, Any]]:
    """Readings by code point, most common first, and syllables of words.

    They take 56 MB and half a second: not for a process that never meets Chinese.
    """
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    return PINYIN_DICT, PHRASES_DICT
