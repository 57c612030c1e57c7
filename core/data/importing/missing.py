"""Words that stand in files where nothing is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from core.data import finding
from core.data.finding import UnfoundError
from core.data.importing.parts import Part
from core.data.importing.saying import as_text, bare
from core.data.importing.source import Source
from core.data.parse import parse_value
from plugin_api.context import gettext
from plugin_api.errors import Rejected

NOTHING = frozenset(
    {
        "-",
        "--",
        "–",
        "—",
        "/",
        "n/a",
        "#n/a",
        "na",
        "nan",
        "null",
        "none",
        "nil",
        "无",
        "空",
        "暂无",
    }
)
"""Words that say nothing where a number or a date is expected, whatever the map says."""
UNTOUCHED = frozenset(
    {"select", "select…", "select...", "please select", "-none-", "--none--", "--select--"}
    | {"(none)", "(blank)", "(empty)", "undefined", "not set", "tbd", "?", "---", "——", "#value!"}
    | {"请选择", "--请选择--", "未选择", "未填写", "未填", "未知", "不详", "待定", "没有"}
)
"""What a form shows before anybody has chosen, and what people write for it."""
WORDS = NOTHING | UNTOUCHED
KINDS = frozenset({"choice", "choices", "reference", "boolean", "email", "phone", "url"})
"""Where such a word may be a value like any other, and so is left to a map."""
SAMPLE = 2000


def missing_in(parts: Iterable[Part], source: Source) -> list[tuple[str, str]]:
    """Fields and the words for nothing that the first rows have for them, and that are no value
    there: no choice and no record is called so."""
    looked = [part for part in parts if part.index is not None and part.meta.kind in KINDS]
    seen: dict[int, dict[str, None]] = {at: {} for at, _part in enumerate(looked)}
    for row in islice(source.rows(), SAMPLE):
        for at, part in enumerate(looked):
            text = bare(as_text(row.cells[part.index or 0]))
            if text.casefold() in WORDS:
                seen[at][text] = None
    return [
        (part.meta.name, text)
        for at, part in enumerate(looked)
        for text in _unknown(part, list(seen[at]))
    ]


def advice(part: Part, text: str) -> str:
    """What helps with a word for nothing; empty for any other."""
    if part.meta.kind not in KINDS or text.casefold() not in WORDS:
        return ""
    return str(
        gettext(
            "If it stands for nothing, say so (on the page “Words for empty”, in a map “empty”)."
        )
    )


def _unknown(part: Part, texts: Sequence[str]) -> list[str]:
    """Those of some words that are no value of a field."""
    new = [text for text in texts if text not in part.values]
    if part.meta.kind != "reference":
        return [text for text in new if not _is_value(part, text)]
    if not new:
        return []
    try:
        fields = (part.find,) if part.find else None
        found = finding.find_all(str(part.meta.target), new, fields=fields)
    except UnfoundError:
        return []
    return [
        text for text, what in found.items() if isinstance(what, UnfoundError) and not what.several
    ]


def _is_value(part: Part, text: str) -> bool:
    try:
        parse_value(part.meta, text)
    except Rejected:
        return False
    return True
