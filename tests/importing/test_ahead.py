"""Rows are sent before it is known whether the database takes those before them."""

from __future__ import annotations

import random
from typing import Any

import pytest

from core.data import uniqueness
from core.data.importing import intake, writing
from core.data.importing.writing import Writer
from tests.importing.kit import BOTH, Desk, counts, reasons

PLACE = "store.Place"


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "BATCH", 3)
    monkeypatch.setattr(writing, "AHEAD", 3)


def a_file(seed: int) -> str:
    """Places, some of which a check, a hook before or after, or the database alone refuses."""
    dice, text = random.Random(seed), "Name,External ID,Inside\n"
    bad = dice.choice((0.0, 0.03, 0.2))
    for i in range(dice.randrange(1, 60)):
        name = dice.choice(("Nowhere", "Too late", "")) if dice.random() < bad else f"P{i}"
        number = dice.randrange(i + 1) if dice.random() < bad else i
        inside = f"P{dice.randrange(60)}" if dice.random() < bad / 2 else ""
        text += f"{name},E{number},{inside}\n"
    return text


def outcome(desk: Desk, text: str, key: str = "") -> Any:
    """What an import tells and would leave behind."""
    held: list[Any] = []
    notes = desk.folder / "bad.csv"
    notes.unlink(missing_ok=True)
    report = desk.take(
        PLACE, text, {"options": {"key": key} if key else {}}, dry_run=True, errors_to=notes,
        look=lambda: held.extend(desk.rows(PLACE, "name", "external_id", "parent.name")),
    )  # fmt: skip
    noted = desk.rows("core.ImportedRow", "record_id")
    assert not noted, "it is undone with the rest"
    return counts(report), reasons(report), held, notes.exists() and notes.read_text()


@BOTH
@pytest.mark.parametrize("is_told_late", [False, True], ids=["checks", "database"])
def test_the_outcome_is_that_of_one_batch_after_the_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, is_told_late: bool
) -> None:
    if is_told_late:
        monkeypatch.setattr(uniqueness, "clashes", lambda records, changed=None: {})
    files = [a_file(seed) for seed in range(12)]
    keys = ["external_id" if seed % 4 == 3 else "" for seed in range(12)]
    ahead = [outcome(desk, *each) for each in zip(files, keys, strict=True)]
    # Never ahead.
    monkeypatch.setattr(Writer, "_send", Writer._create)
    assert ahead == [outcome(desk, *each) for each in zip(files, keys, strict=True)]
    assert any(each[0][-1] for each in ahead), "some rows were refused"
    assert any(each[0][0] and not each[0][-1] for each in ahead), "some files were not"


@BOTH
def test_what_somebody_else_has_taken_meanwhile_is_told_of_its_row(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.make(PLACE, name="There", external_id="E4")
    monkeypatch.setattr(uniqueness, "clashes", lambda records, changed=None: {})
    text = "Name,External ID\n" + "".join(f"P{i},E{i}\n" for i in range(8))
    report = desk.take(PLACE, text, on_error="skip")
    assert counts(report) == (7, 0, 0, 0, 1)
    assert [line for line, *_why in reasons(report)] == [6]
    made = desk.rows(PLACE, "id", "name")[1:]
    assert [name for _id, name in made] == [f"P{i}" for i in range(8) if i != 4]
    noted = desk.rows("core.ImportedRow", "record_id", "action")
    assert noted == [(id_, "created") for id_, _name in made]


@BOTH
def test_an_error_in_the_middle_leaves_nothing_and_a_session_that_works(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(rows: int, share: float) -> None:
        if rows > 5:
            raise KeyboardInterrupt

    take = intake.Intake.take
    monkeypatch.setattr(
        intake.Intake, "take", lambda self, source, progress: take(self, source, fail)
    )
    text = "Name,External ID\n" + "".join(f"P{i},E{i}\n" for i in range(8))
    with pytest.raises(KeyboardInterrupt):
        desk.take(PLACE, text)
    assert desk.rows(PLACE, "name") == []
    monkeypatch.undo()
    assert counts(desk.take(PLACE, text)) == (8, 0, 0, 0, 0)
