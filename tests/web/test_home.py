"""The start page: cards of enabled plugins, each alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.hosting import enablement
from tests.harness import Installation, install
from tests.hosting.folders import write_plugin

HOOKS = """
    from plugin_api import hookimpl
    from plugin_api.cards import Card, CardContent, Line
    from plugin_api.panels import Fact

    def broken():
        raise RuntimeError("no such weather")

    def fine():
        return CardContent(facts=(Fact(label="Sun", value="12 h"),), note="today")

    @hookimpl
    def register_cards():
        return [
            Card(id="storm", title="Storm", load=broken, permission="core.tokens", roles=("rep",)),
            Card(id="sun", title="Sunshine", load=fine, permission="core.tokens", roles=("rep",)),
            Card(id="secret", title="Secret", load=fine, permission="core.plugins", roles=("rep",)),
        ]
"""


@pytest.fixture(scope="module")
def inst(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder: Path = tmp_path_factory.mktemp("home")
    write_plugin(folder / "plugins", "weather", {"hooks.py": HOOKS})
    made = install(folder)
    made.company("acme", "weather", "crm", "targets")
    made.company("other", "weather")
    for slug in ("acme", "other"):
        made.person(slug, "rita", "rep")
        made.person(slug, "ada", "admin")
    yield made


def titles(page: str) -> list[str]:
    return re.findall(r'<h2 id="card-\d+">(.*?)</h2>', page)


def test_a_role_starts_with_its_cards(inst: Installation) -> None:
    shown = titles(inst.client("acme", "rita").get("/").text)
    assert {"Storm", "Sunshine", "My attainment"} <= set(shown)
    assert "Secret" not in shown and "Team pace" not in shown
    assert "Plugins" in titles(inst.client("acme", "ada").get("/").text)


def test_a_failing_card_is_a_small_note_and_the_page_stands(inst: Installation) -> None:
    client = inst.client("acme", "rita")
    failed = client.get("/home/cards/weather.storm")
    assert failed.status_code == 200
    assert "could not be made" in failed.text
    assert "no such weather" not in failed.text
    assert "12 h" in client.get("/home/cards/weather.sun").text
    whole = client.get("/?all=1").text
    assert "could not be made" in whole and "12 h" in whole


def test_without_script_the_cards_are_a_click_away(inst: Installation) -> None:
    page = inst.client("acme", "rita").get("/").text
    assert '<noscript><a class="btn" href="/?all=1">' in page


@pytest.mark.parametrize("key", ["weather.secret", "weather.none", "core.plugins", "x"])
def test_a_card_that_is_not_ones_own_is_not_there(inst: Installation, key: str) -> None:
    assert inst.client("acme", "rita").get(f"/home/cards/{key}").status_code == 404


def test_a_card_of_a_plugin_that_is_off_is_not_there(inst: Installation) -> None:
    client = inst.client("other", "rita")
    assert "My attainment" not in titles(client.get("/").text)
    assert client.get("/home/cards/targets.mine").status_code == 404
    with inst.working("other"):
        enablement.disable("weather")
    assert client.get("/home/cards/weather.sun").status_code == 404
    with inst.working("other"):
        enablement.enable("weather")


def test_everybody_arranges_their_own_page(inst: Installation) -> None:
    client = inst.client("other", "rita")
    with inst.working("other"):
        from plugin_api.context import current_company

        company = current_company().id

    def act(action: str, card: str = "") -> None:
        data = {"action": action, "card": card, "_company": str(company)}
        assert client.post("/home/arrange", data=data).status_code == 303

    assert titles(client.get("/").text) == ["Storm", "Sunshine"]
    act("up", "weather.sun")
    assert titles(client.get("/").text) == ["Sunshine", "Storm"]
    act("remove", "weather.storm")
    act("add", "weather.secret")  # not theirs to have
    assert titles(client.get("/").text) == ["Sunshine"]
    act("reset")
    assert titles(client.get("/").text) == ["Storm", "Sunshine"]
    assert titles(inst.client("acme", "rita").get("/").text)[:2] != ["Sunshine"]


def test_every_bundled_card_loads_for_whoever_may_have_it(inst: Installation) -> None:
    for name in ("rita", "ada"):
        client = inst.client("acme", name)
        page = client.get("/home/arrange").text
        keys = set(re.findall(r'name="card" value="([^"]+)"', page)) - {"weather.storm"}
        assert keys
        for key in keys:
            answer = client.get(f"/home/cards/{key}")
            assert answer.status_code == 200
            assert "could not be made" not in answer.text, key
