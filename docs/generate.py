"""Write the parts of the documentation that the code knows better: ``python docs/generate.py``."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOOKSPECS = ROOT / "plugin_api" / "hookspecs.py"
NOTE = "<!-- Written by docs/generate.py; change the docstrings, not this page. -->\n"

PARTS = ("Called when", "Arguments", "Return", "On error", "Since")
MODULES = (
    "__init__", "plugin", "manifest", "context", "errors", "host", "models.__init__", "models.base",
    "models.choices", "models.fields", "models.numbers", "models.measured", "models.types",
    "access", "views", "menus", "cards", "panels", "reports", "duplicates", "merging", "pages",
    "subjects", "teams", "paper", "sheets",
    "keeping", "conditions", "turns", "estimates", "effects.__init__",
    "effects.saying", "effects.groups", "effects.regression", "effects.series", "effects.staggered",
    "effects.shuffling",
    "effects.linear", "effects.student",
    "periods", "deprecation", "workflow", "measures", "figures", "settings",
    "jobs", "mail", "letters", "feeds", "open_pages", "money", "masking", "retention",
    "testing.__init__", "testing.fixtures", "testing.workplace", "testing.installing",
    "testing.counting", "testing.outside", "testing.undeclared", "testing.loading",
    "testing.making",
    "testing.contract.__init__", "testing.contract.base", "testing.contract.declared",
    "testing.contract.sent", "testing.contract.shown", "testing.contract.walls",
    "testing.contract.living",
)  # fmt: skip
"""What a plugin writer reads, in this order."""


def hooks() -> str:
    """The page of all hooks, in the groups and the order of their file."""
    source = HOOKSPECS.read_text("utf-8")
    module = ast.parse(source)
    lines = [
        NOTE,
        "# Hooks\n",
        f"{_ticked(_doc(module))}\n",
        "Implement a hook with `@hookimpl` in the plugin's `hooks.py`, under the hook's name and"
        " with the arguments you need; leave out the others. Data hooks are restricted to models"
        ' with `@for_models("crm.Opportunity")`.\n',
    ]
    banners = {
        number: found[1]
        for number, line in enumerate(source.splitlines(), 1)
        if (found := re.match(r"# -- (.+?) -+$", line))
    }
    for node in module.body:
        if not isinstance(node, ast.FunctionDef):
            continue
        for number in [number for number in banners if number < node.lineno]:
            heading = banners.pop(number)
            lines.append(f"## {heading[0].upper()}{heading[1:]}\n")
        lines += _hook(node)
    for path in sorted(ROOT.glob("plugins/*/hookspecs.py")):
        name = path.parent.name
        lines.append(f"## Published by {name}\n")
        lines.append(f"{_ticked(_doc(ast.parse(path.read_text('utf-8'))))}\n")
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                lines += _hook(node)
    return "\n".join(lines)


def _hook(node: ast.FunctionDef) -> Iterator[str]:
    yield f"### `{_signature(node)}`\n"
    text = _doc(node)
    summary, *rest = re.split(rf"^({'|'.join(PARTS)}): ", text, flags=re.MULTILINE)
    yield f"{_ticked(' '.join(summary.split()))}\n"
    for part, said in zip(rest[::2], rest[1::2], strict=True):
        yield f"- **{part}:** {_ticked(' '.join(said.split()))}"
    users = ", ".join(f"[{name}](../{path})" for name, path in _users(node.name))
    yield f"- **Used by:** {users or 'nothing yet'}\n"


def _users(hook: str) -> Iterator[tuple[str, str]]:
    """Who implements a hook, with the file."""
    yield from (("the host", "core/own.py") for _ in _implemented(ROOT / "core" / "own.py", hook))
    for path in sorted(ROOT.glob("plugins/*/hooks.py")):
        name = path.parent.name
        yield from ((name, f"plugins/{name}/hooks.py") for _ in _implemented(path, hook))


def _implemented(path: Path, hook: str) -> Iterator[ast.FunctionDef]:
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name == hook:
            yield node


def reference() -> str:
    """The page of everything public in the contract."""
    lines = [
        NOTE,
        "# The contract\n",
        "Everything that a plugin may import from the host, module by module. What is not here"
        " is private and may change without notice.\n",
    ]
    for name in MODULES:
        module = ast.parse(
            (ROOT / "plugin_api" / f"{name.replace('.', '/')}.py").read_text("utf-8")
        )
        dotted = f"plugin_api.{name}".removesuffix(".__init__")
        lines += [f"## {dotted}\n", f"{_ticked(_doc(module))}\n", *_members(module)]
    return "\n".join(lines)


def _members(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield f"### `{_signature(node)}`\n"
            yield f"{_ticked(_doc(node))}\n"
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            bases = ", ".join(ast.unparse(base) for base in node.bases)
            yield f"### class `{node.name}{f'({bases})' if bases else ''}`\n"
            yield f"{_ticked(_doc(node))}\n"
            fields = list(_fields(node))
            yield from fields
            if fields:
                yield ""


def _fields(node: ast.ClassDef) -> Iterator[str]:
    """Attributes with what stands below them, and methods with their first sentence."""
    for each, after in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(each, ast.AnnAssign) and not ast.unparse(each.target).startswith("_abc"):
            said = ""
            if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                said = f": {_ticked(' '.join(inspect.cleandoc(str(after.value.value)).split()))}"
            default = f" = {ast.unparse(each.value)}" if each.value is not None else ""
            yield f"- `{ast.unparse(each.target)}: {ast.unparse(each.annotation)}{default}`{said}"
        elif isinstance(each, ast.FunctionDef) and not each.name.startswith("_"):
            said = _ticked(" ".join(_doc(each).split("\n\n")[0].split()))
            yield f"- `{_signature(each)}`{': ' + said if said else ''}"


def _signature(node: ast.FunctionDef) -> str:
    arguments = ast.unparse(node.args)
    for self in ("self, ", "self", "cls, ", "cls"):
        arguments = arguments.removeprefix(self)
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"{node.name}({arguments}){returns}"


def _doc(node: ast.Module | ast.ClassDef | ast.FunctionDef) -> str:
    return ast.get_docstring(node) or ""


def _ticked(text: str) -> str:
    """Restructured text as Markdown: roles, double backticks, and lines that explain a word."""
    text = re.sub(r"^(``\w+``) {2,}", r"- \1: ", text, flags=re.MULTILINE)
    return re.sub(r"(?::\w+:)?(`{1,2})~?([^`]+)\1", r"`\2`", text)


def checks() -> str:
    """The page of the rules that ``xiaoguan plugin check`` knows."""
    sys.path.insert(0, str(ROOT))
    from core.checking.rules import TIERS
    from core.checking.run import RULES

    lines = [NOTE, CHECKS]
    for family in dict.fromkeys(rule.family for rule in RULES.values()):
        lines += [f"## {family}\n", "| code | tier | what is kept | why |", "|---|---|---|---|"]
        for rule in RULES.values():
            if rule.family == family:
                marks = "; no exemption" if rule.strict else ""
                says = rule.says + (f" `--fix` {rule.mended}." if rule.mended else "")
                lines.append(f"| `{rule.code}` | {rule.tier}{marks} | {says} | {rule.why} |")
        lines.append("")
    counts = (f"{tier} {sum(r.tier == tier for r in RULES.values())}" for tier in TIERS)
    return "\n".join(lines).replace("%(counts)s", ", ".join(counts))


CHECKS = """# What is checked

`xiaoguan plugin check PATH` examines a plugin's folder, or a distribution that holds some. It
needs no installation and no database, only the plugins that yours depends on. Each finding has
its place, the code of the rule and why it matters; the command ends with 1 when one is an error.
The plugins that come with Xiaoguan keep the same rules, by a test.

| option | |
|---|---|
| `--fix` | mends what needs no person, then checks |
| `--format json` | a list of objects: `code`, `path`, `line`, `text`, `why`, `weight` and more |
| `--quick` | reads files only; the plugin is not loaded |

Rules have tiers: **bronze** is safe to run, **silver** fit for others to use, **gold** a pleasure
(%(counts)s). A plugin says in its `quality.toml` which one it claims (without the file, bronze);
rules up to there are errors, those above are advice. There it also says where it stands with
single rules:

```toml
tier = "silver"

[rules]
pages-seen = "done"
no-network = {state = "exempt", reason = "Asks the carrier where a parcel is."}
readme-sections = {state = "todo", reason = "The story waits for the second release."}
```

`done` is needed only for what no machine sees. `todo` keeps a tier from being reached, `exempt`
does not; both need a reason, and both are an error once the rule is kept. Rules that protect
others from the plugin allow neither.
"""


def templates() -> str:
    """The page of frames and macros, from the comments of their files."""
    lines = [NOTE, TEMPLATES]
    for name in FRAMES:
        text = (ROOT / "core" / "templates" / name).read_text("utf-8")
        said = COMMENT.match(text)
        assert said is not None, f"{name} does not say what it is for"
        named = dict.fromkeys(re.findall(r"{% block (\w+)", text[said.end() :]))
        blocks = ", ".join(f"`{each}`" for each in named)
        lines += [f"### `{name}`\n", _plain(said[1]) + "\n"]
        lines += [f"Blocks: {blocks}.\n"] if blocks else []
    lines.append("## Macros of `ui.html`\n")
    text = (ROOT / "core" / "templates" / "ui.html").read_text("utf-8")
    ends = text.index("{% macro")
    comments = {found.end(): found[1] for found in COMMENT.finditer(text)}
    for found in MACRO.finditer(text):
        said = next((c for end, c in comments.items() if text[end : found.start()].isspace()), "")
        assert said or found.start() == ends, f"the macro {found[1]} does not say what it is for"
        calls = "caller()" in found[3]
        how = "{% call ui." if calls else "{{ ui."
        lines += [f"### `{found[1]}({found[2]})`\n", _plain(said)]
        lines.append(f"\n`{how}{found[1]}(…) {'%}…{% endcall %}' if calls else '}}'}`\n")
    return "\n".join(lines)


def _plain(comment: str) -> str:
    """A comment of a template as Markdown; what is set in further than the rest is code."""
    text, _, code = comment.strip().partition("\n\n")
    said = " ".join(text.split())
    if not code:
        return said
    code, _, more = code.partition("\n\n")
    ends = f"\n\n{' '.join(more.split())}" if more else ""
    return f"{said}\n\n```html\n{inspect.cleandoc(code)}\n```{ends}"


COMMENT = re.compile(r"{#-(.*?)-#}", re.DOTALL)
MACRO = re.compile(r"{% macro (\w+)\((.*?)\) -?%}(.*?){%-? endmacro", re.DOTALL)
FRAMES = ("layout.html", "small.html", "open.html")
TEMPLATES = """# Templates of pages

What a plugin's [page of its own](howto.md) is made of. A template extends one of three frames and
imports the macros: `{% import "ui.html" as ui with context %}`. Besides what Jinja brings there are

- functions: `_`, `gettext`, `ngettext` and `pgettext` for texts in two languages, `url_for`,
  `icon("box-seam")` for an icon of Bootstrap by its name, `csrf_token()`;
- filters: `number`, `money(currency)` for an amount in the smallest unit, `percent` of a share of
  1, `dateformat`, `instant`, `ago`, `filesize`; each as the reader's language writes it.

Tones are `good`, `info`, `warn`, `bad` and `neutral`. Classes that plugins may count on:
`card-box` for a box, `muted`, `num` for a cell with a figure and `num-head` for its head, `btn`,
`btn-primary`, `narrow` beside `page-body` for a page of text. A table's cell says its column in
`data-label`, for narrow screens.

## Frames
"""


def offered() -> str:
    """The page of what the bundled plugins have, for those that build on them."""
    sys.path.insert(0, str(ROOT))
    from core.hosting.derive import fields_of
    from core.hosting.inventory import BUNDLED, discover
    from core.hosting.load import assemble

    registry = assemble(discover(ROOT / "nowhere", BUNDLED).candidates).registry
    lines = [NOTE, OFFERED]
    for plugin in registry.plugins.values():
        if plugin.id == "core":
            continue
        lines.append(f"## {plugin.id}\n")
        api = plugin.path / "api.py"
        if api.is_file():
            names = ", ".join(f"`{name}`" for name in _exported(api))
            lines.append(f"`plugins.{plugin.id}.api` offers {names}.\n")
        lines += ["| model | what it is | fields | transitions |", "|---|---|---|---|"]
        for model in plugin.contribution.models:
            key = f"{plugin.id}.{model.__name__}"
            workflow = registry.workflows.get(key)
            moves = ", ".join(f"`{each.name}`" for each in workflow.transitions) if workflow else ""
            fields = ", ".join(f"`{name}` {info.kind}" for name, info in fields_of(model).items())
            what = " ".join((model.__doc__ or "").partition("\n\n")[0].split())
            lines.append(f"| `{key}` | {_ticked(what)} | {fields} | {moves} |")
        lines.append("")
    return "\n".join(lines)


def _exported(api: Path) -> list[str]:
    for node in ast.parse(api.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            names: list[str] = ast.literal_eval(node.value)
            return names
    return []


OFFERED = """# What the bundled plugins have

To build on: models by the keys that hooks (`@for_models("sales.Receipt")`), references and
`host().records` take, with their fields by the names that forms, files and REST have, and the
transitions that move them. Amounts of the kind `money` are in the smallest unit of their currency
in code, those of the kind `decimal` in whole ones. What a plugin offers besides is imported from
its `api` by whoever depends on it; a model that is not there is had by `model_of("sales.Receipt")`
of `plugin_api.models`. What a company really has, its own fields too, stands on the page *Who
contributes what* and in `/api/v1/openapi.json`.
"""

PAGES = {
    ROOT / "docs" / "hooks.md": hooks,
    ROOT / "docs" / "plugins" / "reference.md": reference,
    ROOT / "docs" / "plugins" / "checks.md": checks,
    ROOT / "docs" / "plugins" / "templates.md": templates,
    ROOT / "docs" / "plugins" / "bundled.md": offered,
}

if __name__ == "__main__":
    for path, page in PAGES.items():
        path.write_text(page(), "utf-8")
