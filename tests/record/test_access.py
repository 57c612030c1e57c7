"""Who may see a record, and why, in words."""

from __future__ import annotations

import html
import re

import pytest

from core.access import rules
from core.host import services
from core.identity.service import actor_for
from core.views import access
from tests.collab.kit import PEOPLE, World, model, record, user


def page(world: World, job: int, name: str = "rita", query: str = "", language: str = "en") -> str:
    client = world.client(name, language=language)
    answer = client.get(f"/workshop/jobs/{job}/access{query}")
    assert answer.status_code == 200
    return html.unescape(answer.text)


def test_why_i_may(world: World) -> None:
    job = world.job("rita")
    own = page(world, job)
    assert "It belongs to Rita, in the team North." in own
    assert "for records that Rita owns, as this one" in own
    above = page(world, job, "max")
    assert "for the teams that Max manages and those below" in above
    reader = page(world, job, "ann")
    assert "for every record of the company" in reader
    assert "The role Analyst does not grant this." in reader


def test_why_a_colleague_may_not(world: World) -> None:
    job = world.job("rita")
    other = page(world, job, query=f"?user={world.ids['ravi']}")
    assert "What Ravi may do with it" in other
    assert "only for records that Ravi owns; this one belongs to Rita" in other
    assert "What Ravi may do with it" in page(world, job, query="?user=Ravi")
    client = world.client("rita")
    for unknown in ("Nobody", str(world.ids["olga"]), "9" * 30):
        assert client.get(f"/workshop/jobs/{job}/access?user={unknown}").status_code == 404


def test_in_chinese(world: World) -> None:
    said = page(world, world.job("rita"), language="zh")
    assert "您可以做什么，为什么" in said and "是负责人" in said


def test_everybody_who_sees_it(world: World) -> None:
    job = world.job("rita")
    rows = dict(
        re.findall(r'user=\d+">(\w+)</a>.*?<td class="wrap">([^<]+)</td>', page(world, job))
    )
    assert rows["Rita"] == "owns it"
    assert rows["Max"].startswith("manages the owner's team")
    assert rows["Ada"] == rows["Ann"] == "sees every record of this kind"
    assert not {"Ravi", "Olga"} & rows.keys()


@pytest.mark.parametrize("kind", ["own", "part", "share", "nobody"])
def test_the_list_says_what_the_rules_say(world: World, kind: str) -> None:
    """The page decides without a statement a person; the rules decide for everything else."""
    job = world.job("rita")
    with world.made.working("acme"):
        found = record(job)
        if kind == "part":
            found = services().records.create(model("Part"), {"name": "Screw", "job": job})
        if kind == "share":
            values = {"job": job, "user": world.ids["ravi"]}
            services().records.create(model("Share"), values)
        if kind == "nobody":
            found.owner_id = None
        listed = {seer.name for seer in access.seers(found)[0]}
        permission = f"{found.model_key()}.read"
        people = [user(name) for name in PEOPLE["acme"]]
        able = {p.name for p in people if rules.reaches(found, permission, actor_for(p))}
        assert listed & {p.name for p in people} == able
        assert ("Ravi" in able) == (kind == "share")


def test_a_share_that_is_refused_keeps_what_was_chosen(world: World) -> None:
    job = world.job("rita")
    client = world.client("rita")
    [company] = set(re.findall(r'name="_company" value="(\d+)"', page(world, job)))
    given = {"user": "Nobody here", "level": "edit", "until": "2030-01-31", "_company": company}
    answer = client.post(f"/workshop/jobs/{job}/shares", data=given)
    assert answer.status_code == 303
    text = html.unescape(client.get(answer.headers["Location"]).text)
    assert "There is nobody called Nobody here, or several." in text
    assert 'value="Nobody here"' in text
    assert '<option value="edit" selected>' in text
    assert 'value="2030-01-31"' in text


def test_who_is_away_is_first_of_all_oneself(world: World) -> None:
    text = world.client("rita").get("/core/absences/new").text
    assert re.search(r'name="user" value="Rita"', text)
