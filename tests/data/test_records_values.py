"""What the write path takes: values that fit, references that are there, what is unique."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from core.extensions import db
from plugin_api.errors import Invalid, Rejected
from tests.data.workshop import World, add, make, model, records


def errors(refused: pytest.ExceptionInfo[Any]) -> dict[str, list[str]]:
    return {name: [str(t) for t in texts] for name, texts in refused.value.errors.items()}


def test_values_are_kept_exactly(workshop: World) -> None:
    given: dict[str, Any] = {
        "name": "Größe 张三", "fee": -(10**15), "currency": "KWD", "hours": Decimal("0.10"),
        "margin": Decimal("-99.99"), "priority": 9, "urgent": True, "due": dt.date(2026, 2, 28),
        "called_at": dt.datetime(2026, 2, 28, 23, 59, 59, 999999, tzinfo=dt.UTC), "kind": "build",
        "note": "a\nb",
    }  # fmt: skip
    with workshop.as_("ada"):
        job = make("Job", **given)
        db.session.expire(job)
        assert {name: getattr(job, name) for name in given} == given


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"nothing": 1}, "There is no such field."),
        ({"number": "J-9"}, "This cannot be set."),
        ({"done_on": dt.date(2026, 1, 1)}, "This cannot be set."),
        ({"extra": {}}, "This cannot be set."),
        ({"id": 7}, "There is no such field."),
        ({"company_id": 2}, "There is no such field."),
        ({"version": 2}, "There is no such field."),
        ({"slot": "x"}, "There is no such field."),
        ({"name": "x" * 21}, "At most 20 characters."),
        ({"name": 5}, "Expected a text."),
        ({"note": "a\x00b"}, "There is a character in it that cannot be stored."),
        ({"note": "\ud800"}, "There is a character in it that cannot be stored."),
        ({"priority": 0}, "At least 1."),
        ({"priority": 10}, "At most 9."),
        ({"priority": True}, "Expected a whole number."),
        ({"priority": 1.0}, "Expected a whole number."),
        ({"fee": Decimal(1)}, "Expected a whole number."),
        ({"fee": 10**15 + 1}, "The number is too large."),
        ({"hours": 0.5}, "Expected a number."),
        ({"hours": Decimal("-0.01")}, "At least 0."),
        ({"hours": Decimal("NaN")}, "The number is too large."),
        ({"hours": Decimal("1e17")}, "The number is too large."),
        ({"margin": Decimal("100.01")}, "At most 100."),
        ({"urgent": 1}, "Expected yes or no."),
        ({"due": "2026-01-01"}, "Expected a date."),
        ({"due": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}, "Expected a date."),
        ({"called_at": dt.datetime(2026, 1, 1)}, "Expected a time with its zone."),  # noqa: DTZ001
        ({"kind": "other"}, "Choose one of the values."),
        ({"kind": []}, "Choose one of the values."),
        ({"currency": "XXY"}, "“XXY” is no currency code."),
        ({"client": "Acme"}, "Expected the number of a record."),
        ({"client": 999999}, "There is no such Client: 999999."),
        ({"client": 0}, "There is no such Client: 0."),
        ({"client": 2**70}, f"There is no such Client: {2**70}."),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_name(
    workshop: World, values: dict[str, Any], fault: str
) -> None:
    name = next(iter(values))
    with workshop.as_("ada"):
        with pytest.raises(Invalid) as refused:
            make("Job", **{"name": "Bell", **values})
        assert errors(refused) == {name: [fault]}
        job = make("Job", name="Bell")
        with pytest.raises(Invalid) as refused:
            records().update(job, values)
        assert errors(refused) == {name: [fault]}
        assert (job.name, job.version) == ("Bell", 1)


def test_all_faults_are_told_at_once(workshop: World) -> None:
    with workshop.as_("ada"), pytest.raises(Invalid) as refused:
        make("Job", name="x" * 21, nothing=1, number="J", client=99999, state="done")
    assert refused.value.errors.keys() == {"name", "nothing", "number", "client", "state"}


def test_what_is_required_is_asked_for_after_the_plugins_had_their_say(workshop: World) -> None:
    with workshop.as_("ada"):
        with pytest.raises(Invalid) as refused:
            make("Job", name="no number")
        assert errors(refused) == {"number": ["A value is needed."]}
        with pytest.raises(Invalid) as refused:
            make("Client", name="")
        assert errors(refused) == {"name": ["A value is needed."]}
        job = make("Job", name="Bell")
        with pytest.raises(Invalid) as refused:
            records().update(job, {"name": "", "kind": None})
        assert refused.value.errors.keys() == {"name", "kind"}


def test_what_a_plugin_sets_must_fit_too(workshop: World) -> None:
    with workshop.as_("ada"), pytest.raises(Invalid) as refused:
        make("Job", name="too long")
    assert errors(refused) == {"name": ["At most 20 characters."]}


def test_references_must_be_there_and_readable(workshop: World) -> None:
    with workshop.as_():
        theirs = add("Client", name="Theirs", owner_id=workshop.people["ravi"]).id
        mine = add("Client", name="Mine", owner_id=workshop.people["rita"]).id
        nobodys = add("Client", name="Nobody's").id
        with workshop.acting("rita"):
            assert make("Job", name="Bell", client=mine).client_id == mine
            for hidden in (theirs, nobodys):
                with pytest.raises(Invalid) as refused:
                    make("Job", name="Bell", client=hidden)
                assert errors(refused) == {"client": [f"There is no such Client: {hidden}."]}
        with workshop.acting("max"):
            assert make("Job", name="Bell", client=mine).client_id == mine
            with pytest.raises(Invalid):
                make("Job", name="Bell", client=theirs)
        with workshop.acting("ada"):
            job = make("Job", name="Bell", client=theirs, owner=workshop.people["rita"])
        with workshop.acting("rita"):
            # What is on the record already stays, though she does not see it.
            records().update(job, {"client": theirs, "fee": 5})
            assert job.fee == 5


def test_a_reference_to_another_company_is_no_reference(workshop: World) -> None:
    with workshop.as_(slug="other"):
        foreign = add("Client", name="Foreign").id
        db.session.commit()
    try:
        with workshop.as_("ada"):
            with pytest.raises(Invalid) as refused:
                make("Job", name="Bell", client=foreign)
            assert errors(refused) == {"client": [f"There is no such Client: {foreign}."]}
            assert make("Client", name="Foreign").name == "Foreign"
    finally:
        with workshop.as_(slug="other"):
            db.session.execute(sa.delete(model("Client")))
            db.session.commit()


def test_a_narrowed_reference_fits_its_other_field(workshop: World) -> None:
    with workshop.as_("ada"):
        one, two = make("Client", name="One"), make("Client", name="Two")
        contact = make("Contact", name="Li", client=one)
        with pytest.raises(Invalid) as refused:
            make("Job", name="Bell", client=two, contact=contact)
        assert errors(refused) == {"contact": ["This does not fit “Client”."]}
        job = make("Job", name="Bell", client=one, contact=contact)
        with pytest.raises(Invalid) as refused:
            records().update(job, {"client": two})
        assert refused.value.errors.keys() == {"contact"}
        records().update(job, {"client": two, "contact": None})
        assert make("Job", name="Bell", contact=contact).client_id is None


@pytest.mark.parametrize("by_race", [False, True])
def test_what_is_unique_is_refused_by_name(
    workshop: World, monkeypatch: pytest.MonkeyPatch, by_race: bool
) -> None:
    if by_race:
        monkeypatch.setattr("core.data.uniqueness.clashes", lambda *given: {})
    with workshop.as_("ada"):
        make("Job", name="Bell", external_id="X-1")
        make("Bench", name="B", floor=1)
        make("Bench", name="B", floor=2)
        make("Job", name="slot 1")
        other = make("Job", name="Other", external_id="X-2")
        cases: list[tuple[Any, str, str]] = [
            (lambda: make("Job", name="B", external_id="X-1"), "external_id", "already exists"),
            (lambda: make("Bench", name="B", floor=2), "name", "same Name, Floor already exists"),
            (lambda: make("Job", name="slot 1"), "", "already exists"),
        ]
        for act, field, text in cases:
            with pytest.raises(Rejected, match=text) as refused:
                act()
            assert refused.value.field == field
            assert db.session.scalar(sa.select(sa.func.count(model("Job").id))) == 3
        with pytest.raises(Rejected, match="already exists") as refused:
            records().update(other, {"external_id": "X-1"})
        assert refused.value.field == "external_id"
        assert other.external_id == "X-2"
        make("Job", name="B", external_id=None)
        records().update(other, {"external_id": "X-3"})


def test_uniqueness_ends_at_the_company(workshop: World) -> None:
    with workshop.as_(slug="other"):
        make("Client", name="Same")
        db.session.commit()
    try:
        with workshop.as_("ada"):
            make("Client", name="Same")
    finally:
        with workshop.as_(slug="other"):
            db.session.execute(sa.delete(model("Client")))
            db.session.commit()
