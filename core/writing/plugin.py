"""A plugin of its own, or a bundled one, from templates."""

from __future__ import annotations

import keyword
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from core.hosting.inventory import BUNDLED, RESERVED
from plugin_api.manifest import Manifest, ManifestError
from plugin_api.models.base import table_of

TEMPLATES = Path(__file__).parent / "templates"
ENDS = ".jinja"
UNSPEAKABLE = re.compile(r"[\"\\%{}<>|\x00-\x1f\x7f]")
"""What would end a text in code, a page or a table."""
FOLDER = "templates/ID"
"""What the folder of its own templates is called among ours."""
ONCE = {True: "py.typed", False: "README.md"}
"""In tree or not → what the house, or the distribution, has once for all."""
LONGEST = 40
"""Characters of a name: lines of code hold several of them."""


class Unwritable(ValueError):
    """The plugin cannot be written; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a plugin is called. ``record`` is what it keeps, in the singular."""

    id: str
    title: str
    title_zh: str
    record: str
    records: str
    record_zh: str
    author: str = ""
    in_tree: bool = False

    @cached_property
    def model(self) -> str:
        """Name of the class."""
        return "".join(word[:1].upper() + word[1:] for word in _words(self.record))

    @property
    def collection(self) -> str:
        """Name in addresses."""
        return "-".join(_words(self.records)).lower()

    @property
    def package(self) -> str:
        """Name by which it is imported."""
        return f"plugins.{self.id}" if self.in_tree else f"xiaoguan_{self.id}"

    def folder(self, root: Path) -> Path:
        """What is made below ``root``: the distribution, or the bundled plugin's folder."""
        return root / "plugins" / self.id if self.in_tree else root / f"xiaoguan-{self.id}"


def plural(word: str) -> str:
    """A guess: ``entry`` is ``entries``."""
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if re.search(r"(s|x|z|ch|sh)$", word) else f"{word}s"


def check_id(id_: str) -> None:
    """Refuse an id that no plugin can have, or that one has already. Raises Unwritable."""
    try:
        Manifest(id=id_, name=id_, version="0.1.0", summary="")
    except ManifestError as error:
        short = re.sub(r"[^a-z0-9]", "", id_.lower()).lstrip("0123456789")
        hint = f"; {short!r} would do" if len(short) > 1 else ""
        raise Unwritable(f"{error}{hint}") from error
    if id_ in RESERVED:
        raise Unwritable(f"{id_!r} belongs to the host: its pages have that address")
    if (BUNDLED / id_ / "manifest.py").is_file():
        raise Unwritable(f"{id_!r} is a bundled plugin")
    if keyword.iskeyword(id_):
        raise Unwritable(f"{id_!r} is a word of Python's own: no module can be called so")


def check(wanted: Wanted, root: Path) -> None:
    """Raise Unwritable where names or folders do not do."""
    check_id(wanted.id)
    for name in ("title", "title_zh", "record", "records", "record_zh", "author"):
        said = str(getattr(wanted, name))
        if UNSPEAKABLE.search(said) or len(said) > LONGEST:
            raise Unwritable(f"{name} {said!r}: at most {LONGEST} characters, none of \" \\ % {{ }}"
                             " < > |")  # fmt: skip
        if name != "author" and not said.strip():
            raise Unwritable(f"{name}: a name is needed")
    if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", wanted.model) or keyword.iskeyword(wanted.model):
        raise Unwritable(
            f"record {wanted.record!r}: English words, since a class and a table are named by them"
        )
    if not re.fullmatch(r"[a-z][a-z0-9-]*", wanted.collection):
        raise Unwritable(f"records {wanted.records!r}: English words, for they are in addresses")
    if wanted.model in TAKEN:
        raise Unwritable(f"record {wanted.record!r}: the plugin's code uses that name already")
    if wanted.in_tree and not (root / "plugins").is_dir():
        raise Unwritable(f"{root} is no checkout of Xiaoguan: it has no folder plugins")
    for folder in (wanted.folder(root), *([_tests(wanted, root)] if wanted.in_tree else [])):
        if folder.exists():
            raise Unwritable(f"{folder} is there already")


TAKEN = frozenset(
    {
        "Any", "Base", "Choice", "Company", "CompanyModel", "Mapped", "Mapping", "Measure",
        "Callable", "Clock", "Workplace", "None", "True", "False", "Daily", "Job",
    }
)  # fmt: skip
"""Names that are imported beside the model's."""


def write(wanted: Wanted, root: Path) -> list[Path]:
    """Write every file; them, in a fixed order. Raises Unwritable, and then nothing is written."""
    check(wanted, root)
    made = []
    for template, path in _placed(wanted, root):
        path.parent.mkdir(parents=True, exist_ok=True)
        text = _environment().get_template(template).render(_context(wanted))
        path.write_text(text.strip() + "\n" if text.strip() else "", "utf-8")
        made.append(path)
    _format(made)
    return made


def _placed(wanted: Wanted, root: Path) -> Iterator[tuple[str, Path]]:
    """Name of a template → where what it makes goes."""
    folder = wanted.folder(root)
    if wanted.in_tree:
        tests = _tests(wanted, root)
        places = {"plugin": folder, "in_tree": tests, "tests": tests}
    else:
        places = {"distribution": folder, "plugin": folder / wanted.package,
                  "tests": folder / "tests"}  # fmt: skip
    for name, to in places.items():
        for source in sorted((TEMPLATES / name).rglob(f"*{ENDS}")):
            inside = source.relative_to(TEMPLATES / name)
            if str(inside) != ONCE[wanted.in_tree] + ENDS or name != "plugin":
                own = str(inside).removesuffix(ENDS).replace(FOLDER, f"templates/{wanted.id}")
                yield f"{name}/{inside.as_posix()}", to / own


def _tests(wanted: Wanted, root: Path) -> Path:
    return root / "tests" / "plugins" / wanted.id


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, keep_trailing_newline=True,
        trim_blocks=True, variable_start_string="<<", variable_end_string=">>",
        block_start_string="<%", block_end_string="%>", comment_start_string="<#",
        comment_end_string="#>", autoescape=False,
    )  # fmt: skip


def _context(wanted: Wanted) -> Mapping[str, Any]:
    """What templates name. The gaps are empty lines between imports from different houses: of the
    contract and the plugin when that stands outside, of libraries and the contract when inside."""
    outside = not wanted.in_tree
    return {
        "id": wanted.id, "title": wanted.title, "label": wanted.record, "labels": wanted.records,
        "model": wanted.model, "collection": wanted.collection, "package": wanted.package,
        "table": table_of(f"{wanted.id}.{wanted.model}"), "author": wanted.author,
        "in_tree": wanted.in_tree, "gap": "\n" if outside else "",
        "inner_gap": "" if outside else "\n",
        "texts": sorted(_texts(wanted).items()),
    }  # fmt: skip


def _texts(wanted: Wanted) -> Mapping[str, str]:
    """Every text of the templates, with its translation; one that is like another once."""
    own = {
        wanted.title: wanted.title_zh,
        wanted.record: wanted.record_zh,
        wanted.records: wanted.record_zh,
        f"{wanted.records} with a day, an owner and points.":
            f"{wanted.record_zh}：日期、负责人和分值。",
        f"{wanted.title}: points": f"{wanted.title_zh}：分值",
    }  # fmt: skip
    return {**own, **tomllib.loads((TEMPLATES / "texts.toml").read_text("utf-8"))}


def _words(text: str) -> list[str]:
    return re.findall(r"[^\s_-]+", text)


def _format(made: list[Path]) -> None:
    """Lay out long names as the tool does, where it is there; without it lines may be long."""
    beside = Path(sys.executable).with_name("ruff")
    ruff = str(beside) if beside.is_file() else shutil.which("ruff")
    if ruff:
        code = [str(path) for path in made if path.suffix == ".py"]
        for action in (["check", "--fix"], ["format"]):
            subprocess.run([ruff, *action, *code], check=False, capture_output=True)
