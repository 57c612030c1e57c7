"""Every text that a person sees has a catalogue entry, and every entry a translation."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages import Catalog
from jinja2.ext import babel_extract

from core.cli import catalogues
from core.cli.i18n import sources
from tests.architecture.sources import BUNDLED, ROOT, files, place, tree

LANGUAGE = "zh"
SHOWN = frozenset({"label", "title", "help", "note", "summary", "description", "category"})
"""Arguments that value objects of the contract show to people."""
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TAGS = re.compile(r'<!--.*?-->|<[^>]*>|&\w+;|[\w-]+="[^"]*"', re.DOTALL)
TEXT_ATTRIBUTE = re.compile(r'\b(?:aria-label|placeholder|title|alt)="([^"{]*[A-Za-z][^"{]*)"')
PLACEHOLDER = re.compile(r"%%|%\(\w+\)[a-z]")
BRAND = frozenset({"Xiaoguan", "CSV", "Excel"})
BY_FIELD = ("KanbanView", "CalendarView")
BARE_ATTRIBUTES = frozenset({"required", "selected", "checked", "disabled", "hidden", "open"})

PLUGINS = {"core": ROOT / "core", **{id_: ROOT / "plugins" / id_ for id_ in BUNDLED}}


@cache
def catalogue(plugin: str) -> Catalog:
    return catalogues.read(catalogues.path_of(PLUGINS[plugin], LANGUAGE), LANGUAGE)


@pytest.mark.parametrize("plugin", PLUGINS)
def test_the_catalogue_is_complete_and_holds_nothing_else(plugin: str) -> None:
    template = catalogues.said(sources(plugin, PLUGINS[plugin]))
    assert list(catalogues.problems(catalogue(plugin), template)) == []


def test_the_same_text_reads_the_same_everywhere() -> None:
    """Catalogues are merged: a text that two plugins mean differently needs a context."""
    said: dict[tuple[str, str], dict[str, str]] = {}
    for plugin in PLUGINS:
        for message in catalogues.messages(catalogue(plugin)):
            key = message.context or "", str(message.id)
            said.setdefault(key, {})[plugin] = str(message.string)
    unlike = {key: by for key, by in said.items() if len(set(by.values())) > 1}
    assert unlike == {}


@pytest.mark.parametrize("plugin", PLUGINS)
def test_chinese_is_set_with_chinese_punctuation(plugin: str) -> None:
    half = re.compile(r"[\u4e00-\u9fff”][,:;?!(]|[,:;?!)][\u4e00-\u9fff]")
    wrong = [
        str(message.string)
        for message in catalogues.messages(catalogue(plugin))
        if half.search(re.sub(r"%\(\w+\)[a-z]", "", str(message.string)))
    ]
    assert wrong == []


def unsaid(module: ast.Module) -> Iterator[tuple[str, int]]:
    """Plain texts where a translated one belongs, each with its line."""
    for node in ast.walk(module):
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


@pytest.mark.parametrize("plugin", PLUGINS)
def test_code_gives_its_texts_to_gettext(plugin: str) -> None:
    wrong = [
        f"{place(path, line)}: {text!r}"
        for path in files(str(PLUGINS[plugin].relative_to(ROOT)))
        # Help of commands is English: whoever runs them reads the documentation.
        if "cli" not in path.parts
        for text, line in unsaid(tree(path))
    ]
    assert wrong == []


@pytest.mark.parametrize("plugin", PLUGINS)
def test_templates_give_their_texts_to_gettext(plugin: str) -> None:
    wrong = [
        f"{place(path)}: {text!r}"
        for path in files(str(PLUGINS[plugin].relative_to(ROOT)), ends=(".html",))
        for text in bare_texts(path.read_text("utf-8"))
    ]
    assert wrong == []


@pytest.mark.parametrize("plugin", PLUGINS)
def test_templates_can_say_every_text(plugin: str) -> None:
    """There each text is formatted, so a percent sign that begins no placeholder is an error."""
    used = {
        message if isinstance(message, str) else message[-1]
        for path in files(str(PLUGINS[plugin].relative_to(ROOT)), ends=(".html",))
        for _line, _function, message, _notes in babel_extract(
            io.BytesIO(path.read_bytes()), ("_", "gettext", "pgettext"), (), {}
        )
        if message
    }
    said = {text for text in used if text}
    for message in catalogues.messages(catalogue(plugin)):
        if message.id in used:
            said.add(str(message.string))
    wrong = [text for text in said if "%" in PLACEHOLDER.sub("", text)]
    assert wrong == []


def bare_texts(template: str) -> Iterator[str]:
    """Words of a template that stand outside of any expression."""
    yield from TEXT_ATTRIBUTE.findall(template)
    for piece in TAGS.sub("\n", JINJA.sub("\n", template)).splitlines():
        text = piece.strip(" ·")
        if re.search(r"[A-Za-z]{2}", text) and text not in BRAND | BARE_ATTRIBUTES:
            yield text


def test_the_rules_find_what_was_forgotten() -> None:
    template = '{# a note #}<a title="Open" href="{{ url }}">{{ _("Read") }} Close</a>&nbsp;'
    assert list(bare_texts(template)) == ["Open", "Close"]
    code = ast.parse('Choice(value="a", label="Forgotten"), Choice(value="b", label=_("Said"))')
    assert list(unsaid(code)) == [("Forgotten", 1)]


def test_an_update_keeps_adds_and_drops(tmp_path: Path) -> None:
    (tmp_path / "views.py").write_text(
        '_("Kept")\n_("New")\n_p("no")\npgettext("c", "%(n)s old", n=1)\n'
    )
    path = catalogues.path_of(tmp_path, LANGUAGE)
    path.parent.mkdir(parents=True)
    path.write_text('msgid "Kept"\nmsgstr "留"\n\nmsgid "Gone"\nmsgstr "去"\n')
    template = catalogues.said([tmp_path])
    done = catalogues.update(path, LANGUAGE, template)
    assert (done.added, done.dropped, done.untranslated) == (2, 1, 2)
    written = path.read_text("utf-8")
    assert 'msgid "Kept"\nmsgstr "留"' in written
    assert "Gone" not in written
    assert set(catalogues.problems(catalogues.read(path, LANGUAGE), template)) == {
        "not translated: '%(n)s old'",
        "not translated: 'New'",
    }
    assert catalogues.update(path, LANGUAGE, template).added == 0
    assert path.read_text("utf-8") == written


def test_placeholders_must_agree(tmp_path: Path) -> None:
    (tmp_path / "views.py").write_text(
        'gettext("%(n)s of %(all)s", n=1, all=2)\nngettext("%(num)d deal", "%(num)d deals", 1)\n'
    )
    path = tmp_path / "messages.po"
    path.write_text(
        'msgid ""\nmsgstr "Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
        'msgid "%(n)s of %(all)s"\nmsgstr "%(n)s 之 %(al)s"\n\n'
        'msgid "%(num)d deal"\nmsgid_plural "%(num)d deals"\nmsgstr[0] "商机"\n'
    )
    found = list(catalogues.problems(catalogues.read(path, LANGUAGE), catalogues.said([tmp_path])))
    assert found == ["other placeholders than '%(n)s of %(all)s': '%(n)s 之 %(al)s'"]
