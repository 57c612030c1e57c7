"""Two evaluations of training that were published: the figures must be theirs."""

from __future__ import annotations

import csv
import json
from collections import Counter
from typing import Any

import pytest

from plugin_api.effects import Case, Observation, Outcome, adjusted, difference, panel
from tests.importing.files import real

HELD = ("age", "educ", "black", "hisp", "nodegree", "re74", "re75")


def reference() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(real("training_effect/reference.json").read_text("utf-8"))
    return found


def rows(name: str) -> list[dict[str, str]]:
    with real(f"training_effect/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_earnings_of_those_drawn_for_work_experience() -> None:
    said = reference()["nsw"]
    people = [(each["treat"] == "1", each) for each in rows("nsw_lalonde_dehejia_wahba")]
    plain = [Outcome(treated=got, value=float(each["re78"])) for got, each in people]
    found = adjusted(plain, chosen="lot", spread="plain")
    assert (found.treated, found.control) == (said["treated"], said["control"])
    assert found.estimate == pytest.approx(said["ate"], abs=1e-6)
    assert found.error == pytest.approx(said["se_ols"], abs=1e-6)
    assert found.verdict == "up" and not found.caveats
    assert adjusted(plain, chosen="lot").error == pytest.approx(said["se_welch"], abs=1e-6)
    held = [
        Outcome(
            treated=got,
            value=float(each["re78"]),
            besides={name: float(each[name]) for name in HELD},
        )
        for got, each in people
    ]
    found = adjusted(held, chosen="lot", spread="plain")
    assert found.estimate == pytest.approx(said["ate_with_covariates"], abs=1e-6)
    assert found.error == pytest.approx(said["se_with_covariates"], abs=1e-6)


def observed(value: str, least: int) -> list[Observation]:
    known = [each for each in rows("jtrain") if each[value]]
    years = Counter(each["fcode"] for each in known)
    return [
        Observation(
            unit=each["fcode"], period=int(each["year"]), value=float(each[value]),
            figures={name: float(each[name]) for name in ("grant", "grant_1")},
        )
        for each in known if years[each["fcode"]] >= least
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["grant", "grant_1"])
def test_scrap_of_firms_with_training_grants(name: str) -> None:
    said = reference()["jtrain_grants_scrap_rate_fixed_effects"]
    seen = observed("lscrap", 3)
    assert len(seen) == said["n"]
    found = panel(seen, name, spread="plain")
    assert found.treated + found.control == said["firms"]
    assert found.estimate == pytest.approx(said[name]["coef"], abs=1e-6)
    assert found.error == pytest.approx(said[name]["se"], abs=1e-6)


def test_hours_of_training_of_firms_with_grants() -> None:
    said = reference()["jtrain_hours_per_employee_fixed_effects"]
    seen = observed("hrsemp", 1)
    found = panel(seen, "grant", spread="plain")
    assert len(seen) == said["n"] and found.verdict == "up"
    assert found.estimate == pytest.approx(said["grant"]["coef"], abs=1e-6)
    assert found.error == pytest.approx(said["grant"]["se"], abs=1e-6)


def test_scrap_of_two_years() -> None:
    said = reference()["jtrain_did_87_88_log_scrap"]
    years: dict[str, dict[str, dict[str, str]]] = {}
    for each in rows("jtrain"):
        years.setdefault(each["fcode"], {})[each["year"]] = each
    cases = [
        Case(
            treated=of["1988"]["grant"] == "1",
            before=[float(of["1987"]["lscrap"])],
            after=[float(of["1988"]["lscrap"])],
        )
        for of in years.values()
        if of["1987"]["lscrap"] and of["1988"]["lscrap"]
    ]
    found = difference(cases)
    assert found.estimate == pytest.approx(said["did"], abs=1e-6)
    assert (found.treated, found.treated + found.control) == (said["grant_firms"], said["firms"])
    assert {each.key for each in found.caveats} >= {"by_rule", "trend_unknown", "few"}
