"""Names of files as people give them, made fit for any system they may be saved on."""

from __future__ import annotations

import re
import unicodedata

from core.files.kinds import Kind

LONGEST = 180
"""Characters of a name, its ending included."""
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_SPACE = re.compile(r"\s+")


def clean(name: str) -> str:
    """A name without folders, without characters that cannot be seen or turn the direction of
    writing, without those that some system forbids. Empty when nothing is left."""
    name = unicodedata.normalize("NFC", name)
    name = re.split(r"[/\\]", name)[-1]
    # Cc, Cf, Cs, Co, Cn: control and format characters, halves of pairs, what is no character.
    name = "".join(c for c in _SPACE.sub(" ", name) if unicodedata.category(c)[0] != "C")
    name = _FORBIDDEN.sub("_", name).strip(" .")
    if len(name) > LONGEST:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[: LONGEST - len(ending) - 1]}{dot}{ending}" if stem else name[:LONGEST]
    return name[:LONGEST]


def ending_of(name: str) -> str:
    """``pdf`` of ``Offer.PDF``; empty without one."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem else ""


def fits(name: str, kind: Kind) -> bool:
    """Whether a name's ending is one of the kind's."""
    return ending_of(name) in kind.endings
