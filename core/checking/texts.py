"""Rules of what people read: each text goes through gettext and is there in Chinese."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from pathlib import Path

from babel.messages import Catalog
from jinja2.ext import babel_extract

from core.checking.rules import Found, rule
from core.checking.source import Source, walk
from core.cli import catalogues

texts = partial(rule, family="Texts", tier="silver")

LANGUAGE = "zh"
HOST_FOLDER = Path(__file__).resolve().parents[1]
SHOWN = frozenset({"label", "title", "help", "note", "summary", "description", "category"})
"""Arguments that value objects of the contract show to people."""
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TAGS = re.compile(r'<!--.*?-->|<[^>]*>|&\w+;|[\w-]+="[^"]*"', re.DOTALL)
TEXT_ATTRIBUTE = re.compile(r'\b(?:aria-label|placeholder|title|alt)="([^"{]*[A-Za-z][^"{]*)"')
PLACEHOLDER = re.compile(r"%%|%\(\w+\)[a-z]")
BRAND = frozenset({"Xiaoguan", "CSV", "Excel"})
BY_FIELD = ("KanbanView", "CalendarView")
BARE_ATTRIBUTES = frozenset({"required", "selected", "checked", "disabled", "hidden", "open"})
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff”][,:;?!(]|[,:;?!)][\u4e00-\u9fff]")


def unsaid(module: ast.Module) -> Iterator[tuple[str, int]]:
    """Plain texts where a translated one belongs, each with its line."""
    for node in walk(module):
        # There a title is the name of a field.
        if not isinstance(node, ast.Call) or ast.unparse(node.func) in BY_FIELD:
            continue
        for keyword in node.keywords:
            text = keyword.value
            if (
                keyword.arg in SHOWN
                and isinstance(text, ast.Constant)
                and isinstance(text.value, str)
                and re.search(r"[A-Za-z]{2}", text.value)
                and text.value not in BRAND
            ):
                yield text.value, text.lineno


def bare_texts(template: str) -> Iterator[str]:
    """Words of a template that stand outside of any expression."""
    yield from TEXT_ATTRIBUTE.findall(template)
    for piece in TAGS.sub("\n", JINJA.sub("\n", template)).splitlines():
        text = piece.strip(" ·")
        if re.search(r"[A-Za-z]{2}", text) and text not in BRAND | BARE_ATTRIBUTES:
            yield text


def unformattable(templates: dict[str, bytes], catalogue: Catalog) -> Iterator[tuple[str, str]]:
    """Template, text: those with a percent sign that begins no placeholder, in either language."""
    for name, content in templates.items():
        found = babel_extract(io.BytesIO(content), ("_", "gettext", "pgettext"), (), {})
        used = {each if isinstance(each, str) else each[-1] for _, _, each, _ in found if each}
        said = {text for text in used if text}
        for message in catalogues.messages(catalogue):
            if message.id in used:
                said.add(str(message.string))
        yield from ((name, text) for text in sorted(said) if "%" in PLACEHOLDER.sub("", text))


def half_width(catalogue: Catalog) -> Iterator[str]:
    """Chinese texts that are set with Western punctuation."""
    for message in catalogues.messages(catalogue):
        text = str(message.string)
        if HALF_WIDTH.search(catalogues.PLACEHOLDER.sub("", text)):
            yield text


def catalogue_of(source: Source) -> Catalog:
    """The plugin's Chinese catalogue; an empty one when there is none."""
    return catalogues.read(catalogues.path_of(source.folder, LANGUAGE), LANGUAGE)


@texts(
    "texts-marked",
    why="What is not given to gettext stays English on a Chinese page.",
)  # fmt: skip
def marked(source: Source) -> Iterator[Found]:
    """Texts of value objects and templates are given to gettext."""
    for path, tree in source.trees():
        for text, line in unsaid(tree):
            yield Found(f"{text!r} is not translated", path, line)
    for path in source.files(".html"):
        content = source.text(path)
        for text in bare_texts(content):
            line = content[: content.find(text)].count("\n") + 1
            yield Found(f"{text!r} is not translated", path, line)


@texts(
    "texts-complete", mended="writes missing texts into the catalogue and drops those of old code",
    why="A page half in English looks broken to whoever reads Chinese.",
)  # fmt: skip
def complete(source: Source) -> Iterator[Found]:
    """The Chinese catalogue holds every text of the code, translated, and no other."""
    path = catalogues.path_of(source.folder, LANGUAGE)
    template = catalogues.said([source.folder]) if source.is_readable else catalogue_of(source)
    for problem in catalogues.problems(catalogue_of(source), template):
        yield Found(problem, path)


@texts(
    "texts-agree",
    why="All catalogues are read as one, in which the host and what is loaded earlier come first:"
    " this plugin would show their word for its own text.",
)  # fmt: skip
def agreeing(source: Source) -> Iterator[Found]:
    """A text that the host or another plugin has too says the same in Chinese, or has a context."""
    path = catalogues.path_of(source.folder, LANGUAGE)
    own = words(path)
    for name, folder in {"core": HOST_FOLDER, **source.neighbours}.items():
        if not source.folder.samefile(folder):
            theirs = words(catalogues.path_of(folder, LANGUAGE))
            for text in sorted(own.keys() & theirs.keys()):
                if own[text] != theirs[text]:
                    said = f"{text!r} is {own[text]!r}, and {theirs[text]!r} in {name}"
                    yield Found(said, path)


def words(path: Path) -> Mapping[str, str]:
    """Text → Chinese, of those without a context."""
    return _words(path, path.stat().st_mtime_ns if path.is_file() else 0)


@lru_cache(maxsize=256)
def _words(path: Path, written: int) -> Mapping[str, str]:
    return catalogues.words(path, LANGUAGE)


@texts(
    "texts-formattable",
    why="Each text of a template is formatted: a percent sign that begins no placeholder is an"
    " error on the page.",
)  # fmt: skip
def formattable(source: Source) -> Iterator[Found]:
    """Percent signs of templates' texts are doubled or begin a placeholder."""
    templates = {str(path): source.text(path).encode() for path in source.files(".html")}
    paths = {str(path): path for path in source.files(".html")}
    for name, text in unformattable(templates, catalogue_of(source)):
        yield Found(f"{text!r} cannot be formatted", paths[name])


@texts(
    "texts-punctuation",
    why="Half-width marks between Chinese characters read like a mistake.",
)  # fmt: skip
def punctuated(source: Source) -> Iterator[Found]:
    """Chinese is set with Chinese punctuation."""
    path = catalogues.path_of(source.folder, LANGUAGE)
    for text in half_width(catalogue_of(source)):
        yield Found(f"{text!r} has half-width punctuation", path)
