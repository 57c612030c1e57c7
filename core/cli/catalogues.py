"""Catalogues of translations: what the code says, and what is said for it in a language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from core.i18n import FILE, FOLDER

METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "lazy_gettext"), None),
    **dict.fromkeys(("pgettext", "lazy_pgettext"), ((1, "c"), 2)),
    "ngettext": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Update:
    """What an update of a catalogue did: texts added and dropped, and those left to say."""

    added: int
    dropped: int
    untranslated: int


def said(folders: Iterable[Path]) -> Catalog:
    """Every text that code and templates below the folders give to gettext."""
    template = Catalog()
    for folder in folders:
        found = extract_from_dir(
            folder, METHODS, keywords=KEYWORDS, comment_tags=(), strip_comment_tags=False
        )
        for _file, _line, text, _comments, context in found:
            template.add(text, context=context)
    return template


def path_of(plugin: Path, language: str) -> Path:
    """Where a plugin's catalogue of a language lies."""
    return plugin / FOLDER / language / FILE


def read(path: Path, language: str) -> Catalog:
    """A catalogue; an empty one when there is no file."""
    content = path.read_bytes() if path.is_file() else b""
    return read_po(BytesIO(content), locale=language)


def words(path: Path, language: str) -> dict[str, str]:
    """Text → what a catalogue says for it, of those without a context and a plural."""
    return {
        message.id: str(message.string)
        for message in messages(read(path, language))
        if isinstance(message.id, str) and not message.context and message.string
    }


def update(
    path: Path, language: str, template: Catalog, known: Mapping[str, str] | None = None
) -> Update:
    """Bring a catalogue up to the template: new texts untranslated, but for those ``known``
    since others say them already; texts of old code dropped."""
    catalogue = read(path, language)
    before = {_key(message) for message in messages(catalogue)}
    now = {_key(message) for message in messages(template)}
    catalogue.update(template, no_fuzzy_matching=True)
    for message in messages(catalogue):
        text = message.id if isinstance(message.id, str) and not message.context else ""
        if known and text in known and not message.string:
            message.string = known[text]
    if now:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_rendered(catalogue), "utf-8")
    return Update(
        added=len(now - before),
        dropped=len(before - now),
        untranslated=sum(not _complete(message) for message in messages(catalogue)),
    )


def problems(catalogue: Catalog, template: Catalog) -> Iterator[str]:
    """What stands between a catalogue and a page without a word of English."""
    there = {_key(message): message for message in messages(catalogue)}
    for message in messages(template):
        found = there.pop(_key(message), None)
        text = _texts(message.id)[0]
        if found is None or not _complete(found):
            yield f"not translated: {text!r}"
        elif found.fuzzy:
            yield f"fuzzy: {text!r}"
        elif not _same_placeholders(found):
            yield f"other placeholders than {text!r}: {found.string!r}"
    for message in there.values():
        yield f"no longer in the code: {_texts(message.id)[0]!r}"


def messages(catalogue: Catalog) -> Iterator[Message]:
    """Its entries without the header."""
    return (message for message in catalogue if message.id)


def _key(message: Message) -> tuple[str, str]:
    return message.context or "", _texts(message.id)[0]


def _texts(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _complete(message: Message) -> bool:
    return all(_texts(message.string or ""))


def _same_placeholders(message: Message) -> bool:
    """The number alone may be missing: some languages say "one" in words."""
    wanted = {name for text in _texts(message.id) for name in PLACEHOLDER.findall(text)}
    return all(
        wanted - {"%(num)d", "%(num)s"} <= set(PLACEHOLDER.findall(text)) <= wanted
        for text in _texts(message.string or "")
    )


def _rendered(catalogue: Catalog) -> str:
    """In a fixed order, one line a text, without what changes by itself: dates and places."""
    head = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {catalogue.locale_identifier}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'
    )
    body = BytesIO()
    write_po(
        body, catalogue, width=0, no_location=True, omit_header=True, sort_output=True,
        ignore_obsolete=True,
    )  # fmt: skip
    return head + body.getvalue().decode("utf-8").strip() + "\n"
