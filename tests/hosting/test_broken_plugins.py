"""Whatever is wrong with a plugin, the host comes up, says why, and runs the rest.

A broken model poisons a process for good, so all of them are loaded in one child process,
as an installation would have them.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.hosting.folders import write_plugin

CHILD = """
import json, sys, time
from pathlib import Path
from core.hosting.load import load

started = time.perf_counter()
loaded = load(Path(sys.argv[1]), Path(sys.argv[1]) / "cache", Path(sys.argv[1]) / "none")
print(json.dumps({
    "seconds": time.perf_counter() - started,
    "plugins": list(loaded.registry.plugins),
    "models": list(loaded.registry.models),
    "unavailable": {
        key: [each.id, each.stage, each.reason]
        for key, each in loaded.registry.unavailable.items()
    },
}))
"""

MODEL = """
    from sqlalchemy.orm import Mapped, relationship
    from plugin_api.models import CompanyModel, integer, reference, text

    class Thing(CompanyModel):
        __tablename__ = "{table}"
        __collection__ = "things"
        name: Mapped[str] = text("Name")
        {more}
"""
CHOICE = (
    "from plugin_api.models import Choice, choice;"
    ' hue: Mapped[str] = choice("Hue", (Choice(value="red", label="Red"),), default="rde")'
)
HOOKS = """
    from plugin_api import hookimpl
    from plugin_api.views import ListView
    from . import models

    @hookimpl
    def register_models():
        return [models.Thing]
"""


def with_model(table: str, more: str = "") -> dict[str, str]:
    return {"models.py": MODEL.format(table=table, more=more), "hooks.py": HOOKS}


def with_hook(name: str, body: str) -> dict[str, str]:
    text = HOOKS[: HOOKS.index("    from . import models")]
    return {"hooks.py": f"{text}\n    @hookimpl\n    def {name}():\n        {body}\n"}


def write_all(root: Path) -> None:
    """Good plugins, and one for each way to be broken."""
    write_plugin(root, "good", with_model("good_thing"))
    write_plugin(root, "needsgood", with_model("needsgood_thing"), depends=("good",))
    write_plugin(
        root, "syntax", {"models.py": "class Thing(:\n", "hooks.py": "from . import models"}
    )
    write_plugin(root, "needssyntax", depends=("syntax",))
    write_plugin(root, "importsgone", {"hooks.py": "import no_such_module"})
    write_plugin(root, "ending", {"hooks.py": "raise SystemExit(3)"})
    write_plugin(root, "dying", {"hooks.py": "import os; os._exit(9)"})
    write_plugin(root, "missing", depends=("nowhere",))
    write_plugin(root, "cyclea", depends=("cycleb",))
    write_plugin(root, "cycleb", depends=("cyclea",))
    write_plugin(root, "newer", api=">=2,<3")
    write_plugin(root, "badmanifest", {"manifest.py": "manifest = 1"})
    write_plugin(root, "exporting", {"__init__.py": ""})
    write_plugin(root, "table", with_model("good_other"))
    write_plugin(root, "sametable", with_model("good_thing"))
    write_plugin(
        root, "relation", with_model("relation_thing", 'other = relationship("NoSuchThing")')
    )
    write_plugin(
        root,
        "target",
        with_model("target_thing", 'x_id: Mapped[int] = reference("gone.Thing", "X")'),
    )
    to_good = 'x_id: Mapped[int] = reference("good.Thing", "X")'
    write_plugin(root, "undeclared", with_model("undeclared_thing", to_good))
    titled = '__title__ = "x"; x_id: Mapped[int] = reference("core.User", "X")'
    write_plugin(root, "titled", with_model("titled_thing", titled))
    narrowed = 'x_id: Mapped[int] = reference("core.User", "X", narrow={"hue": "name"})'
    write_plugin(root, "narrowed", with_model("narrowed_thing", narrowed))
    write_plugin(root, "owner", with_model("owner_thing", '__owner__ = "owner_id"'))
    write_plugin(root, "searching", with_model("searching_thing", '__search__ = ("hue",)'))
    write_plugin(root, "default", with_model("default_thing", CHOICE))
    write_plugin(root, "nothing", with_hook("register_menus", "[]"))
    write_plugin(root, "raising", with_hook("register_menus", "return 1 / 0"))
    write_plugin(root, "needsraising", with_model("needsraising_thing"), depends=("raising",))
    write_plugin(root, "unknown", with_hook("register_wonders", "return []"))
    view = 'return [ListView(model="good.Thing", columns=("{field}",))]'
    good = {"depends": ("good",)}
    write_plugin(root, "field", with_hook("register_views", view.format(field="hue")), **good)
    write_plugin(root, "viewa", with_hook("register_views", view.format(field="name")), **good)
    write_plugin(root, "viewb", with_hook("register_views", view.format(field="name")), **good)
    door = "b = Blueprint('sidedoor', __name__); b.before_app_request(print); return [b]"
    write_plugin(
        root,
        "sidedoor",
        with_hook("register_blueprints", f"from flask import Blueprint; {door}"),
    )


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("instance")
    write_all(folder / "plugins")
    return folder


def load_in_child(instance: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(instance)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.fixture(scope="module")
def loaded(instance: Path) -> dict[str, Any]:
    return load_in_child(instance)


def test_the_host_and_the_good_plugins_run(loaded: dict[str, Any]) -> None:
    assert loaded["plugins"] == ["core", "good", "needsgood", "viewa"]
    assert {"good.Thing", "needsgood.Thing"} <= set(loaded["models"])


@pytest.mark.parametrize(
    ("name", "stage", "reason"),
    [
        ("syntax", "load", "syntax error in models.py, line 1: invalid syntax"),
        ("needssyntax", "load", "needs syntax, which is unavailable"),
        ("importsgone", "load", "No module named 'no_such_module' (hooks.py, line 1)"),
        ("ending", "load", "ends the process on import: 3"),
        ("dying", "load", "ends the process on import (exit code 9)"),
        ("missing", "resolve", "needs nowhere, not found"),
        ("cyclea", "resolve", "cyclic dependency: cyclea → cycleb → cyclea"),
        ("newer", "resolve", "written for API >=2,<3; this host has 1"),
        ("badmanifest", "discover", "manifest.py has no 'manifest = Manifest(...)'"),
        ("exporting", "load", "__init__.py has no 'plugin = Plugin(hooks)'"),
        (
            "table",
            "load",
            "table 'good_other' of Thing must start with 'table_';"
            " 'good_' belongs to the plugin 'good'",
        ),
        ("sametable", "load", "Table 'good_thing' is already defined"),
        ("relation", "load", "NoSuchThing"),
        ("target", "load", "Thing.x_id refers to it: no model gone.Thing"),
        (
            "undeclared",
            "load",
            "Thing.x_id refers to good.Thing: the manifest needs depends=('good',)",
        ),
        ("titled", "load", "__title__ of Thing: 'x' is a reference; name a field of its own"),
        ("narrowed", "load", "narrow of Thing.x_id: User has no field 'hue'"),
        ("owner", "load", "__owner__ of Thing: 'owner_id' is no reference; it has none"),
        ("searching", "load", "__search__ of Thing: Thing has no field 'hue'; it has name"),
        ("default", "load", "Thing.hue: its default 'rde' is none of its choices"),
        ("nothing", "load", "register_menus returned None; is there a return?"),
        ("raising", "load", "register_menus: ZeroDivisionError: division by zero (hooks.py, line"),
        ("needsraising", "load", "needs raising, which is unavailable"),
        ("unknown", "load", "implements an unknown hook 'register_wonders'"),
        ("field", "load", "ListView of good.Thing: Thing has no field 'hue'"),
        ("viewb", "load", "ListView 'good.Thing' is registered by viewa and viewb"),
        ("sidedoor", "load", "blueprint 'sidedoor' acts on requests of other plugins"),
    ],
)
def test_a_broken_plugin_is_told_with_its_reason(
    loaded: dict[str, Any], name: str, stage: str, reason: str
) -> None:
    id_, found_stage, found_reason = loaded["unavailable"][name]
    assert (id_, found_stage) == (name, stage)
    assert reason in found_reason


def test_the_next_start_remembers_what_is_broken(loaded: dict[str, Any], instance: Path) -> None:
    (kept,) = (instance / "cache").glob("preflight-*.json")
    written = kept.stat().st_mtime_ns
    again = load_in_child(instance)
    assert again["seconds"] < loaded["seconds"] / 2
    assert again["unavailable"] == loaded["unavailable"]
    assert kept.stat().st_mtime_ns == written


def test_a_plugin_that_was_mended_runs(instance: Path, loaded: dict[str, Any]) -> None:
    (instance / "plugins" / "importsgone" / "hooks.py").write_text("")
    again = load_in_child(instance)
    assert again["plugins"] == ["core", "good", "importsgone", "needsgood", "viewa"]
