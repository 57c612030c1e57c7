"""Make the site of the documentation: ``python docs/build.py [FOLDER]``; every warning is an error.

The pages are those of this folder, the READMEs of the bundled plugins and the changelog. They are
laid out in a folder of their own first, where links between them lead to pages; what a link names
of the code is left as text, for the site has no code.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from posixpath import relpath
from tempfile import TemporaryDirectory

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
CONTENTS = {
    "People who sell and lead": ("guide", "guide.zh"),
    "Administrators": ("admin", "admin.zh"),
    "Operators": ("operations", "security", "importing", "lists", "rest", "benchmarks"),
    "Plugin writers": (
        "plugins/tutorial", "plugins/concepts", "plugins/models", "plugins/howto",
        "plugins/templates", "plugins/bundled", "plugins/measures", "plugins/testing",
        "plugins/checks", "plugins/editor", "plugins/compatibility", "walls", "hooks",
        "plugins/reference",
    ),
    "The bundled plugins": ("bundled/*",),
    "What has changed": ("changelog",),
}  # fmt: skip
"""Heading of the menu → pages, without their ending."""
FOUND = ("hookimpl", "quota", "客户", "插件", "停用")
"""What the search must find: words of code, English and Chinese."""


def pages() -> dict[Path, str]:
    """File → where it lies on the site."""
    found = {path: path.relative_to(DOCS).as_posix() for path in sorted(DOCS.rglob("*.md"))}
    found[DOCS / "README.md"] = "index.md"
    found |= {
        path: f"bundled/{path.parent.name}.md" for path in sorted(ROOT.glob("plugins/*/README.md"))
    }
    found[ROOT / "CHANGELOG.md"] = "changelog.md"
    return found


def lay_out(folder: Path) -> None:
    """Write every page to its place, with the menu on the first."""
    known = pages()
    for path, name in known.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(_linked(path, known)) + (_menu() if name == "index.md" else "")
        target.write_text(text, "utf-8")
    shutil.copytree(DOCS / "pictures", folder / "pictures")


def _linked(path: Path, known: Mapping[Path, str]) -> Iterator[str]:
    """The text of a page with links as the site has them; code stays as it is."""
    text = path.read_text("utf-8")
    here = Path(known[path]).parent.as_posix()

    def link(found: re.Match[str]) -> str:
        target, _, anchor = found[3].partition("#")
        if found[1] or not target or re.match(r"\w+:", target):
            return found[0]
        name = known.get((path.parent / target).resolve())
        if name is None:
            return found[2]
        return f"[{found[2]}]({relpath(name, here)}{'#' + anchor if anchor else ''})"

    end = 0
    for fence in FENCE.finditer(text):
        yield LINK.sub(link, text[end : fence.start()])
        yield re.sub(r"^```(\w+) file=(\S+)", r"```{code-block} \1\n:caption: `\2`\n", fence[0])
        end = fence.end()
    yield LINK.sub(link, text[end:])


def _menu() -> str:
    trees = (
        f"\n```{{toctree}}\n:hidden:\n:glob:\n:caption: {heading}\n\n"
        + "\n".join(names)
        + "\n```\n"
        for heading, names in CONTENTS.items()
    )
    return "".join(trees)


def build(target: Path) -> int:
    """Make the site; 0 when nothing was wrong."""
    from sphinx.cmd.build import main

    with TemporaryDirectory() as scratch:
        source, trees = Path(scratch, "pages"), Path(scratch, "trees")
        lay_out(source)
        options = ["-q", "-W", "--keep-going", "-b", "html", "-c", str(DOCS), "-d", str(trees)]
        return main([*options, str(source), str(target)]) or missing(target)


def missing(target: Path) -> int:
    """Whether a page is not there, or the search does not find what stands on one: 1 if so."""
    absent = [
        name for name in pages().values() if not (target / name).with_suffix(".html").exists()
    ]
    index = (target / "searchindex.js").read_text("utf-8")
    found = json.loads(index.removeprefix("Search.setIndex(").removesuffix(")"))
    known = {*found["terms"], *found["titleterms"]}
    absent += [word for word in FOUND if word not in known]
    sys.stderr.writelines(f"not on the site: {each}\n" for each in absent)
    return int(bool(absent))


if __name__ == "__main__":
    where = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "docs"
    code = build(where)
    if not code:
        sys.stdout.write(f"{where / 'index.html'}\n")
    sys.exit(code)
