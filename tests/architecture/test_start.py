"""What a start needs not import, it does not."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from pathlib import Path

from core.starting import without_collecting
from tests.architecture.sources import ROOT

HEAVY = {
    "alembic": "at the first question whether the tables are up to date",
    "authlib": "when somebody logs in by a provider",
    "fpdf": "for a quote on paper",
    "holidays": "with the first working day to count",
    "huey": "with the first job",
    "icalendar": "with a calendar to read or write",
    "phonenumbers": "when records are compared by telephone",
    "pypinyin": "with the first name to sort",
    "python_calamine": "with a workbook to read",
    "rapidfuzz": "when records are compared by name",
    "requests": "when somebody else's server is asked",
    "rich": "for tables on a terminal",
    "segno": "for a second factor",
    "webauthn": "with a passkey",
    "xlsxwriter": "for a workbook",
}
"""Package → when it is imported instead."""

PROGRAM = """
import gc, json, sys
from core.starting import the_app
the_app()
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
print(json.dumps(sorted(name for name in sys.modules if name.split(".")[2:3] == ["demo"])))
print(gc.get_freeze_count() / (gc.get_freeze_count() + len(gc.get_objects())))
"""


def test_a_start_imports_nothing_heavy_and_ends_at_once(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "XIAOGUAN_INSTANCE": str(tmp_path), "XIAOGUAN_DATABASE_URL": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    *_said, names, demos, kept = done.stdout.splitlines()
    imported = set(json.loads(names))
    assert {"flask", "sqlalchemy", "plugins"} <= imported
    assert {name: HEAVY[name] for name in imported & HEAVY.keys()} == {}
    assert json.loads(demos) == []
    # Else the end of a command would take as long as its start.
    assert float(kept) > 0.9


def test_garbage_is_collected_again_after_a_start() -> None:
    assert gc.isenabled()
    with without_collecting():
        assert not gc.isenabled()
        with without_collecting():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
