"""Plugins may not act on the whole process: that would ignore which companies enabled them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import BUNDLED, files, place, tree

OF_BLUEPRINTS = frozenset(
    {
        "before_app_request",
        "after_app_request",
        "teardown_app_request",
        "app_errorhandler",
        "app_context_processor",
        "app_template_filter",
        "app_template_global",
        "app_template_test",
        "add_app_template_filter",
        "add_app_template_global",
        "add_app_template_test",
        "app_url_defaults",
        "app_url_value_preprocessor",
        "record",
        "record_once",
    }
)
OF_APPS = frozenset({"before_request_funcs", "jinja_env", "jinja_options", "wsgi_app"})
OF_SQLALCHEMY = frozenset({"listen", "listens_for"})
SIDE_DOORS = OF_BLUEPRINTS | OF_APPS | OF_SQLALCHEMY
MODULES = ("sqlalchemy.event", "pluggy", "signal", "atexit", "blinker", "flask.signals")


def side_doors(module: ast.Module) -> Iterator[tuple[str, int]]:
    """What acts beyond the plugin, each with its line."""
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and node.attr in SIDE_DOORS:
            # A variable of that name is nobody's door; a method of something is.
            yield ast.unparse(node), node.lineno
        elif isinstance(node, ast.Import):
            yield from ((a.name, node.lineno) for a in node.names if a.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                for name in (node.module or "", f"{node.module}.{alias.name}"):
                    if name in MODULES:
                        yield name, node.lineno


@pytest.mark.parametrize("plugin", BUNDLED)
def test_a_plugin_uses_none(plugin: str) -> None:
    wrong = [
        f"{place(path, line)} uses {what}"
        for path in files(f"plugins/{plugin}")
        for what, line in side_doors(tree(path))
    ]
    assert wrong == []


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
