"""Which encoding a text file is in.

A byte order mark decides; else the file is UTF-8 if all of it is, else Windows-1252 if its letters
beyond ASCII stand alone, else GB18030 if all of it is. Guessing by statistics takes short GBK for
Korean, so nothing else is guessed: a file that is none of them is taken for the one that only few
of its lines break, and those lines become errors.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from core.data.importing.errors import UnusableFile
from core.data.importing.unpacking import LONGEST_LINE, check_line
from core.data.texts import short
from plugin_api.context import gettext

CHUNK = 1 << 20
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CANDIDATES = ("utf-8", "gb18030")
WESTERN = "cp1252"
SAMPLE = 1 << 20
HIGH = re.compile(rb"[\x80-\xff]+")
UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
"""Bytes that mean nothing in :data:`WESTERN`."""
MOST_ALONE = 0.8
NO_TEXT = frozenset(
    {"idna", "punycode", "unicode-escape", "unicode_escape", "raw-unicode-escape"}
    | {"raw_unicode_escape", "undefined", "utf-7"}
)
"""Codecs of Python that no table is written in; some take hours for a file."""
MOST_BROKEN = 0.05
"""Share of the lines with other than ASCII letters that may be broken."""
BROKEN = re.compile("[\udc80-\udcff]")
"""What a byte that does not fit the encoding is read as."""
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def detect(open_again: Callable[[], BinaryIO], told: str = "") -> str:
    """Name of the codec to read the file with. ``told`` is what the person says, if anything;
    a mark in the file knows better.

    Raises UnusableFile when it is unknown or cannot be told.
    """
    known = _known(told) if told else ""
    with open_again() as raw:
        head = raw.read(4)
    for mark, codec in MARKS:
        if head.startswith(mark):
            return codec
    if known:
        return known
    if _fits(open_again, "utf-8"):
        return "utf-8"
    if _looks_western(open_again):
        return WESTERN
    if _fits(open_again, "gb18030"):
        return "gb18030"
    shares = {codec: _broken_share(open_again, codec) for codec in CANDIDATES}
    best = min(shares, key=lambda codec: shares[codec])
    if shares[best] > MOST_BROKEN:
        raise UnusableFile(
            gettext(
                "The file is neither UTF-8 nor GB18030. Say its encoding, such as "
                "big5, shift_jis or cp1251; or say UTF-8 or GB18030 if only some rows are broken: "
                "those will be reported."
            )
        )
    return best


def _known(name: str) -> str:
    try:
        codec = codecs.lookup(name).name
        # Also refuses codecs that do not make text, such as base64.
        b"a".decode(codec, "replace")
    except (LookupError, ValueError):
        codec = ""
    if not codec or codec in NO_TEXT:
        raise UnusableFile(gettext("There is no encoding “%(name)s”.", name=short(name)))
    # Under the name of utf-8 a mark would become part of the first column's name, and GBK
    # files hold letters that only its superset has.
    return {"utf-8": "utf-8-sig", "gbk": "gb18030", "gb2312": "gb18030"}.get(codec, codec)


def _chunks(open_again: Callable[[], BinaryIO]) -> Iterator[bytes]:
    with open_again() as raw:
        while chunk := raw.read(CHUNK):
            yield chunk


def _fits(open_again: Callable[[], BinaryIO], codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)("strict")
    try:
        for chunk in _chunks(open_again):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _looks_western(open_again: Callable[[], BinaryIO]) -> bool:
    """Whether letters beyond ASCII stand alone among others, as accents do: in Chinese, and in
    other letters of two bytes, they do not. GB18030 would take é and the letter after it for one
    sign without complaint."""
    with open_again() as raw:
        sample = raw.read(SAMPLE)
    runs = HIGH.findall(sample)
    alone = sum(len(run) == 1 for run in runs)
    return bool(runs) and alone > MOST_ALONE * len(runs) and not UNDEFINED.search(sample)


def _broken_share(open_again: Callable[[], BinaryIO], codec: str) -> float:
    telling = broken = 0
    with open_again() as raw:
        while line := raw.readline(LONGEST_LINE):
            check_line(line)
            if line.isascii():
                continue
            telling += 1
            broken += bool(BROKEN.search(line.decode(codec, "surrogateescape")))
    return broken / telling if telling else 1.0
