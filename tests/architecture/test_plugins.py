"""Bundled plugins keep every rule of ``xiaoguan plugin check``, of whatever tier."""

from __future__ import annotations

import pytest

from core.checking.rules import RULES, TIERS
from core.checking.run import Report, check
from core.checking.source import find
from tests.architecture.sources import BUNDLED, ROOT
from tests.harness import shared_cache

SEEN_BY_MACHINES = [code for code, rule in RULES.items() if rule.looks != "word"]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Report]:
    sources = [source for id_ in BUNDLED for source in find(ROOT / "plugins" / id_)]
    return check(sources, tmp_path_factory.mktemp("instance"), shared_cache())


@pytest.mark.parametrize("code", SEEN_BY_MACHINES)
def test_it_is_kept(code: str, reports: list[Report]) -> None:
    wrong = [
        f"{each.place}: {each.found.text}"
        for report in reports
        for each in report.findings
        if each.rule.code == code and each.weight in ("error", "advice")
    ]
    assert wrong == [], RULES[code].why


def test_every_plugin_reaches_what_it_claims(reports: list[Report]) -> None:
    assert [report.source.name for report in reports] == BUNDLED
    for report in reports:
        assert report.reached is not None, report.source.name
        reached, claimed = TIERS.index(report.reached), TIERS.index(report.quality.tier)
        assert reached >= claimed >= TIERS.index("silver"), (report.source.name, report.reached)
