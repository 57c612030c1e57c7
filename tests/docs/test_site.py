"""What the site of the documentation is made of; CI builds it, with warnings as errors."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import re
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from tests.docs.pages import ROOT


@cache
def module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"docs_{name}", ROOT / "docs" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    made = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    module("build").lay_out(folder)
    return folder


def test_every_page_is_in_the_menu() -> None:
    build = module("build")
    listed = {f"{name}.md" for names in build.CONTENTS.values() for name in names}
    there = set(build.pages().values()) - {"index.md"}
    assert {name for name in there if not name.startswith("bundled/")} == listed - {"bundled/*.md"}


def test_links_lead_to_pages_and_code_is_left_alone(laid_out: Path) -> None:
    first = (laid_out / "index.md").read_text("utf-8")
    assert "[orders](bundled/sales.md)" in first
    assert "[What has changed](changelog.md)" in first
    assert "```{toctree}" in first and "plugins/tutorial\n" in first
    hooks = (laid_out / "hooks.md").read_text("utf-8")
    assert "](../plugins" not in hooks and "**Used by:**" in hooks
    assert "](../hooks.md)" in (laid_out / "plugins/concepts.md").read_text("utf-8")
    tutorial = (laid_out / "plugins/tutorial.md").read_text("utf-8")
    assert (
        "```{code-block} python\n:caption: `xiaoguan_visits/manifest.py`\n\nfrom plugin_api"
        in tutorial
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Plugins of quotas", ["Plugins", "of", "quotas"]),
        ("停用插件", ["停", "用", "插", "件", "停用", "用插", "插件"]),
        ("用hookimpl写", ["用", "hookimpl", "写"]),
    ],
)
def test_chinese_is_found_by_any_two_signs(text: str, words: list[str]) -> None:
    assert module("conf").Words({}).split(text) == words


def test_pages_in_chinese_say_so() -> None:
    for page, language in (("guide.zh", "zh-CN"), ("guide", "en")):
        context = {"language": "en"}
        module("conf").tell_language(None, page, "", context, None)
        assert context["language"] == language


PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
CODE = re.compile(r"^```python[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", [page for page in PAGES if CODE.search(page.read_text("utf-8"))])
def test_code_that_is_shown_is_python_and_imports_what_there_is(page: Path) -> None:
    """Blocks that name a file are run by other tests as well."""
    for block in CODE.findall(page.read_text("utf-8")):
        for node in ast.walk(ast.parse(block)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("plugin_api"):
                found = importlib.import_module(node.module or "")
                missing = [each.name for each in node.names if not hasattr(found, each.name)]
                assert missing == [], f"{page.name}: {node.module}"
