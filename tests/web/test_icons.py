"""Icons: one file that pages refer to by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from core.host import services
from core.web import icons
from tests.harness import Installation, install


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    found = install(tmp_path_factory.mktemp("icons"))
    found.company("acme", "crm", "targets")
    found.person("acme", "ada", "admin")
    yield found
    with found.app.app_context():
        services().engine.dispose()


def test_a_page_holds_no_shape_and_refers_to_what_the_file_has(made: Installation) -> None:
    client = made.client("acme", "ada")
    for path in ("/", "/crm/opportunities", "/crm/opportunities/new", "/core/plugins", "/targets/"):
        page = client.get(path).text
        named = re.findall(r'<svg class="icon"[^>]*><use href="([^"#]+)#([^"]+)"/></svg>', page)
        assert named and page.count('class="icon"') == len(named), path
        (address,) = {where for where, _name in named}
        answer = client.get(address)
        assert answer.mimetype == "image/svg+xml"
        assert "immutable" in answer.headers["Cache-Control"]
        assert {name for _where, name in named} <= set(re.findall(r'id="([^"]+)"', answer.text))


def test_an_older_page_gets_the_file_unkept(made: Installation) -> None:
    answer = made.app.test_client().get("/assets/0123456789ab/icons.svg")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")


def test_every_icon_that_a_plugin_declares_is_in_the_file(made: Installation) -> None:
    with made.app.app_context():
        held = icons.sprite().names
        plugins = services().registry.plugins.values()
        declared = {plugin.manifest.icon for plugin in plugins if plugin.manifest.icon}
    assert declared <= held
    assert len(held) < 300


def test_one_that_is_made_up_brings_its_shape(made: Installation) -> None:
    with made.app.test_request_context("/"):
        assert '<use href="/assets/' in icons.icon("bell")
        assert "<path" in icons.icon("airplane-engines-fill")
        assert "<circle" in icons.icon('no "such" <icon>')
    with made.app.app_context():
        assert "<path" in icons.icon("bell")
