"""Plugins may not act on the whole process: that would ignore which companies enabled them."""

from __future__ import annotations

import ast

import pytest

from core.checking.doors import side_doors


@pytest.mark.parametrize(
    "source",
    [
        "blueprint.before_app_request(f)",
        "@blueprint.app_context_processor\ndef f(): ...",
        "sa.event.listen(Session, 'before_flush', f)",
        "from sqlalchemy import event",
        "from sqlalchemy.event import listens_for",
        "current_app.jinja_env.globals['x'] = 1",
        "import pluggy",
    ],
)
def test_the_rule_finds(source: str) -> None:
    assert list(side_doors(ast.parse(source)))


@pytest.mark.parametrize("source", ["blueprint.route('/')(f)", "record = 1", "listen = 2"])
def test_the_rule_leaves_alone(source: str) -> None:
    assert not list(side_doors(ast.parse(source)))
