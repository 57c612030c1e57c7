"""What is asked of a person who wants a plugin, and told when it is there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from core.writing.plugin import Wanted, plural

IN_TREE = """\
It is in plugins/{id}. Name it where bundled plugins are listed; the tests of the house say what
is missing:
  grep -rln assignment tests README.md docs
  python -m pytest tests/plugins/{id} tests/architecture
  xiaoguan plugin check plugins/{id}"""
OUTSIDE = """\
It is in {folder}. There:
  python -m pytest                      its tests pass before anything is changed
  pip install -e .                      lets Xiaoguan find it
  xiaoguan db upgrade --plugin {id}
  xiaoguan plugin enable {id} --company SLUG
  xiaoguan plugin check .               what a reviewer would find"""


def answered(id_: str, said: Mapping[str, Any], *, asks: bool) -> Wanted:
    """What is wanted: what was said with the command, what is answered to questions where
    somebody is there to be asked, and what usually does."""

    def ask(name: str, question: str, usual: str) -> str:
        given = said.get(name)
        if given is not None:
            return str(given)
        if not asks:
            return usual
        return str(click.prompt(question, default=usual, err=True, show_default=bool(usual)))

    title = ask("title", "What do people read as its name?", id_.capitalize())
    title_zh = ask("title_zh", "And in Chinese?", title)
    record = ask("record", "What does it keep, in the singular (“Loyalty entry”)?", "Entry")
    records = ask("records", "And in the plural?", plural(record))
    return Wanted(
        id=id_, title=title, title_zh=title_zh, record=record, records=records,
        record_zh=ask("record_zh", "And in Chinese?", "记录" if record == "Entry" else record),
        author=ask("author", "Who answers for it?", ""),
        in_tree=bool(said.get("in_tree")),
    )  # fmt: skip


def next_steps(wanted: Wanted, folder: Path) -> str:
    """What to do with it then."""
    text = IN_TREE if wanted.in_tree else OUTSIDE
    return text.format(id=wanted.id, folder=folder)
