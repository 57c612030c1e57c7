"""Every text that a person sees has a catalogue entry, and every entry a translation: the host's
here, those of plugins by the same rules."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from babel.messages import Catalog

from core.checking.texts import LANGUAGE, bare_texts, half_width, unformattable, unsaid
from core.cli import catalogues
from core.cli.i18n import sources
from tests.architecture.sources import BUNDLED, ROOT, files, place, tree

PLUGINS = {"core": ROOT / "core", **{id_: ROOT / "plugins" / id_ for id_ in BUNDLED}}


@cache
def catalogue(plugin: str) -> Catalog:
    return catalogues.read(catalogues.path_of(PLUGINS[plugin], LANGUAGE), LANGUAGE)


def test_the_same_text_reads_the_same_everywhere() -> None:
    """Catalogues are merged: a text that two plugins mean differently needs a context."""
    said: dict[tuple[str, str], dict[str, str]] = {}
    for plugin in PLUGINS:
        for message in catalogues.messages(catalogue(plugin)):
            key = message.context or "", str(message.id)
            said.setdefault(key, {})[plugin] = str(message.string)
    unlike = {key: by for key, by in said.items() if len(set(by.values())) > 1}
    assert unlike == {}


def test_the_catalogue_of_the_host_is_complete_and_holds_nothing_else() -> None:
    template = catalogues.said(sources("core", PLUGINS["core"]))
    assert list(catalogues.problems(catalogue("core"), template)) == []


def test_chinese_of_the_host_is_set_with_chinese_punctuation() -> None:
    assert list(half_width(catalogue("core"))) == []


def test_code_of_the_host_gives_its_texts_to_gettext() -> None:
    wrong = [
        f"{place(path, line)}: {text!r}"
        for path in files("core")
        # Help of commands is English: whoever runs them reads the documentation.
        if "cli" not in path.parts
        for text, line in unsaid(tree(path))
    ]
    assert wrong == []


def test_templates_of_the_host_give_their_texts_to_gettext() -> None:
    wrong = [
        f"{place(path)}: {text!r}"
        for path in files("core", ends=(".html",))
        for text in bare_texts(path.read_text("utf-8"))
    ]
    assert wrong == []


def test_templates_of_the_host_can_say_every_text() -> None:
    """There each text is formatted, so a percent sign that begins no placeholder is an error."""
    templates = {place(path): path.read_bytes() for path in files("core", ends=(".html",))}
    assert list(unformattable(templates, catalogue("core"))) == []


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
