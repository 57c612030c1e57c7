"""The page of frames and macros, from the comments of their files."""

from __future__ import annotations

import inspect
import re

from docs.written.source import NOTE, ROOT

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
        about = next((c for end, c in comments.items() if text[end : found.start()].isspace()), "")
        assert about or found.start() == ends, f"the macro {found[1]} does not say what it is for"
        calls = "caller()" in found[3]
        how = "{% call ui." if calls else "{{ ui."
        lines += [f"### `{found[1]}({found[2]})`\n", _plain(about)]
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
