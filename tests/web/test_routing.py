"""Addresses are written as Werkzeug's own are, though their writers are made later."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.routing import BuildError, Map, Rule

from core.routing import LateRule

RULES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("/", {}), ("/crm/<model>/<int:id>", {}), ("/a b/<path:rest>", {}),
    ("/page/", {"defaults": {"number": 1}}), ("/page/<int:number>", {}),
)  # fmt: skip
VALUES: tuple[dict[str, Any], ...] = (
    {}, {"model": "客户", "id": 7}, {"model": "a/b", "id": 0, "q": "x&y", "page": 2},
    {"rest": "x/y z"}, {"number": 1}, {"number": 2, "tag": ["a", "b"]},
)  # fmt: skip


@pytest.mark.parametrize("values", VALUES, ids=str)
@pytest.mark.parametrize("unknown", [True, False])
def test_they_are_the_same(values: dict[str, Any], unknown: bool) -> None:
    told = []
    for kind in (Rule, LateRule):
        rules = Map(
            [kind(text, endpoint=f"e{at}", **more) for at, (text, more) in enumerate(RULES)]
        )
        asked = rules.bind("example.com", "/")
        said = []
        for at in range(len(RULES)):
            try:
                said.append(asked.build(f"e{at}", values, append_unknown=unknown))
            except BuildError:
                said.append("none")
        told.append(said)
    assert told[0] == told[1]
    assert set(told[0]) != {"none"}
