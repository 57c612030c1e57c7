"""What an administrator may define, and what becomes of the values when that changes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from core.custom import panel
from core.custom.models import CustomClaim
from core.data import audit
from core.data.fields import all_fields, fields_of
from core.extensions import db
from core.hosting import enablement
from core.hosting.enabled import assuming
from core.identity.company import change_company
from plugin_api.context import current_company
from plugin_api.errors import Forbidden, Invalid, NotFound, Refused, Rejected
from tests.custom.kit import field, names, rows
from tests.data.workshop import World, make, model, records, statements, trail


def _words(refused: pytest.ExceptionInfo[Refused]) -> str:
    texts = [str(text) for found in refused.value.errors.values() for text in found]
    return " ".join(texts) or str(refused.value.message)


def test_a_name_is_made_of_the_label(workshop: World) -> None:
    with workshop.as_():
        assert field("text", "Lead source").name == "x_lead_source"
        assert field("text", "客户来源").name == "x_ke_hu_lai_yuan"
        assert field("text", "Lead source!").name == "x_lead_source_2"
        assert field("text", "…").name == "x_field"
        assert field("text", "Any", name="budget").name == "x_budget"


@pytest.mark.parametrize("name", ["x_A", "x_a__b", "a b", "x_", "x_due_gte", "x_client_id", "é"])
def test_a_name_that_programs_could_not_use_is_refused(workshop: World, name: str) -> None:
    with workshop.as_(), pytest.raises(Rejected):
        field("text", "Any", name=name)


def test_a_name_is_there_once_and_stays(workshop: World) -> None:
    with workshop.as_():
        made = field("text", "Any", name="x_any")
        with pytest.raises(Rejected, match="already exists"):
            field("text", "Other", name="any")
        with pytest.raises(Rejected, match="stays as it is"):
            records().update(made, {"name": "x_other"})


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"kind": "reference"}, "target"),
        ({"kind": "boolean", "unique": True}, "unique"),
        ({"kind": "integer", "searchable": True}, "searchable"),
        ({"kind": "integer", "minimum": 5, "maximum": 4}, "maximum"),
        ({"kind": "integer", "initial": "many"}, "initial"),
        ({"kind": "money", "currency": "record", "of": "workshop.Client"}, "currency"),
    ],
)
def test_what_makes_no_sense_is_refused(workshop: World, given: dict[str, Any], fault: str) -> None:
    with workshop.as_():
        with pytest.raises(Rejected) as refused:
            field(label="Any", **given)
        assert list(refused.value.errors) == [fault]


def test_records_of_what_does_not_exist_are_refused(workshop: World) -> None:
    with workshop.as_(), pytest.raises(Invalid):
        field("text", "Any", of="workshop.Nothing")


def test_only_who_may_administers(workshop: World) -> None:
    for name in ("max", "rita", "fay", "ana"):
        with workshop.as_(name), pytest.raises(Forbidden):
            field("text", "Any")
    with workshop.as_("ada"):
        assert field("text", "Any").name == "x_any"


def test_labels_are_in_the_readers_language(workshop: World) -> None:
    from flask_babel import force_locale

    with workshop.as_():
        field("text", "来源", label_en="Source", help="从哪里来")
        meta = fields_of(model("Job"))["x_source"]
        with force_locale("en"):
            assert str(meta.label) == "Source"
        with force_locale("zh"):
            assert str(meta.label) == "来源"
        assert str(meta.help) == "从哪里来"


def test_companies_do_not_see_each_others_fields(workshop: World) -> None:
    with workshop.as_():
        field("integer", "Rank")
        make("Job", name="One", x_rank=7)
        db.session.commit()
        with workshop.acting("", "acme"):
            assert all_fields(model("Job"))["x_rank"].kind == "integer"
        db.session.commit()
    try:
        with workshop.as_(slug="other"):
            assert "x_rank" not in all_fields(model("Job"))
            with pytest.raises(Invalid):
                rows(x_rank="7")
            field("text", "Rank")
            make("Job", name="Theirs", x_rank="gold")
            assert names(x_rank="gold") == ["Theirs"]
            assert all_fields(model("Job"))["x_rank"].kind == "text"
        with workshop.as_():
            assert [row["x_rank"] for row in rows(x_rank="7")] == [7]
    finally:
        with workshop.as_():
            for job in db.session.scalars(sa.select(model("Job"))):
                records().delete(job)
            found = db.session.scalars(sa.select(model("core.CustomField"))).one()
            records().delete(found)
            db.session.commit()


def test_archived_values_are_kept_and_come_back(workshop: World) -> None:
    with workshop.as_():
        made = field("text", "Source")
        job = make("Job", name="One", x_source="fair")
        with pytest.raises(Rejected, match="1 records have a value"):
            records().delete(made)
        records().update(made, {"archived": True})
        assert "x_source" not in fields_of(model("Job"))
        assert "x_source" not in rows()[0]
        with pytest.raises(Invalid):
            records().update(job, {"x_source": "other"})
        records().update(job, {"name": "Two"})
        [told] = [
            entry for entry in audit.entries_of(model("Job"), job.id) if entry.action == "create"
        ]
        assert told.changes["x_source"] == (None, "fair")
        records().update(made, {"archived": False})
        assert rows()[0]["x_source"] == "fair"
        records().update(made, {"archived": True})
        records().delete(made)
        db.session.expire_all()
        assert job.custom == {}


def test_another_type_takes_what_fits(workshop: World) -> None:
    with workshop.as_():
        made = field("text", "Rank")
        first = make("Job", name="a", x_rank="12")
        make("Job", name="b", x_rank="1,200")
        records().update(made, {"kind": "integer"})
        assert sorted(row["x_rank"] for row in rows()) == [12, 1200]
        assert names(x_rank__gte="100") == ["b"]
        records().update(made, {"kind": "decimal", "scale": 1})
        assert sorted(row["x_rank"] for row in rows()) == [Decimal("12.0"), Decimal("1200.0")]
        records().update(first, {"x_rank": Decimal("12.5")})
        with pytest.raises(Rejected) as refused:
            records().update(made, {"kind": "integer"})
        assert _words(refused) == "1 of 2 values do not fit, such as “12.5”."
        assert sorted(row["x_rank"] for row in rows()) == [Decimal("12.5"), Decimal("1200.0")]
        records().update(made, {"kind": "text"})
        assert sorted(row["x_rank"] for row in rows()) == ["12.5", "1200.0"]


def test_what_every_type_would_take_is_found_in_one_statement(workshop: World) -> None:
    with workshop.as_():
        made = field("text", "Rank")
        make("Job", name="a", x_rank="12")
        make("Job", name="b", x_rank="x")
        with statements() as seen:
            told = {str(fact.label): fact.value for fact in panel.panels(made)[1].facts}
        assert told["Whole number"] == told["Number with decimals"] == "1 of 2 values fit"
        counting = [each for each in seen if "GROUP BY" in each]
        assert len(counting) == 1


def test_a_text_becomes_a_date_where_all_are(workshop: World) -> None:
    with workshop.as_():
        made = field("text", "Start")
        make("Job", name="a", x_start="2026-03-01")
        records().update(made, {"kind": "date"})
        assert rows()[0]["x_start"] == dt.date(2026, 3, 1)


def test_what_is_unique_is_claimed(workshop: World) -> None:
    with workshop.as_():
        made = field("text", "Code", unique=True)
        first = make("Job", name="a", x_code="A1")
        with pytest.raises(Rejected, match="already exists"):
            make("Job", name="b", x_code="A1")
        second = make("Job", name="b", x_code="B1")
        with pytest.raises(Rejected, match="already exists"):
            records().update(second, {"x_code": "A1"})
        assert second.custom == {"x_code": "B1"}
        records().update(first, {"x_code": "A2"})
        records().update(second, {"x_code": "A1"})
        records().delete(second)
        make("Job", name="c", x_code="A1")
        records().update(made, {"unique": False})
        make("Job", name="d", x_code="A1")
        with pytest.raises(Rejected, match="1 values are there more than once"):
            records().update(made, {"unique": True})


def test_the_database_refuses_a_second_claim(workshop: World) -> None:
    """As of two people who save at once: neither sees what the other has not committed."""
    with workshop.as_():
        made = field("text", "Code", unique=True)
        make("Job", name="a", x_code="A1")
        job = make("Job", name="b")
        db.session.add(CustomClaim(field_id=made.id, value="B1", record_id=job.id))
        db.session.flush()
        with pytest.raises(Rejected, match="Code: this value already exists"):
            make("Job", name="c", x_code="B1")
        assert names(sort="name") == ["a", "b"]


def test_a_reference_stays_in_the_company_and_within_reach(workshop: World) -> None:
    with workshop.as_(slug="other"):
        theirs = make("Client", name="Theirs").id
        db.session.commit()
    with workshop.as_():
        field("reference", "Payer", target="workshop.Client")
        with pytest.raises(Invalid) as refused:
            make("Job", name="One", x_payer=theirs)
        assert _words(refused) == f"There is no such Client: {theirs}."
        job = make("Job", name="One")
        job.custom = {"x_payer": theirs}
        db.session.flush()
        assert rows()[0]["x_payer"].label == f"#{theirs}"
    with workshop.as_(slug="other"):
        records().delete(db.session.scalars(sa.select(model("Client"))).one())
        db.session.commit()


def test_deleting_what_is_named_is_refused_or_empties(workshop: World) -> None:
    with workshop.as_():
        made = field("reference", "Payer", target="workshop.Client")
        client = make("Client", name="Acme")
        job = make("Job", name="One", x_payer=client.id)
        with pytest.raises(Rejected) as refused:
            records().delete(client)
        assert _words(refused) == "Other records refer to it: Jobs, Payer (1)."
        records().update(made, {"on_delete": "empty"})
        records().delete(client)
        assert rows()[0]["x_payer"] is None
        assert trail(job)[-1][0] == "update"


def test_a_plugin_that_is_off_hides_fields_and_purging_deletes_them(workshop: World) -> None:
    with workshop.as_():
        mine = field("text", "Source").id
        field("reference", "Job", of="core.Team", target="workshop.Job")
        job = make("Job", name="One", x_source="fair")
        team = make("core.Team", name="East", x_job=job.id)
        on = enablement.enabled_set(current_company())
        with assuming(on - {"workshop"}):
            assert "x_job" not in fields_of(model("core.Team"))
        enablement.disable("workshop")
        assert "x_job" not in fields_of(model("core.Team"))
        enablement.purge("workshop")
        enablement.enable("workshop")
        db.session.expire_all()
        assert team.custom == {}
        assert "x_source" not in fields_of(model("Job"))
        with pytest.raises(NotFound):
            records().get(model("core.CustomField"), mine)


def test_the_search_of_a_list_looks_into_it(workshop: World) -> None:
    with workshop.as_():
        made = field("text", "Code")
        make("Job", name="One", x_code="QX-7")
        assert names(q="qx-7") == []
        records().update(made, {"searchable": True})
        assert names(q="qx-7") == ["One"]


def test_what_one_value_becomes_may_be_what_another_one_is(workshop: World) -> None:
    with workshop.as_():
        made = field("integer", "Rank")
        for name, value in (("a", 1), ("b", 10), ("c", 100)):
            make("Job", name=name, x_rank=value)
        records().update(made, {"kind": "decimal", "scale": 1})
        assert [row["x_rank"] for row in rows(sort="name")] == [1, 10, 100]
        assert [job.custom for job in db.session.scalars(sa.select(model("Job")))] == [
            {"x_rank": 10}, {"x_rank": 100}, {"x_rank": 1000}
        ]  # fmt: skip


@pytest.mark.parametrize("kind", ["integer", "decimal", "date", "instant", "boolean", "text"])
def test_a_value_of_a_former_type_is_as_if_it_were_not_there(workshop: World, kind: str) -> None:
    """Somebody may save one while the type is changed."""
    with workshop.as_():
        field(kind, "Rank")
        job = make("Job", name="a")
        for stray in ("abc", "2026-13", [1], {"a": 1}, True, 7):
            fits = {
                str: kind == "text",
                bool: kind == "boolean",
                int: kind in ("integer", "decimal"),
            }
            if fits.get(type(stray)):
                continue
            job.custom = {"x_rank": stray}
            db.session.flush()
            [row] = rows(sort="x_rank")
            assert row["x_rank"] is None
            assert names(x_rank__isnull="true") == ["a"]
            records().update(job, {"name": "a" if job.name == "b" else "b"})
            records().update(job, {"name": "a"})


def test_the_currency_of_the_company_stays_while_there_are_amounts_in_it(workshop: World) -> None:
    with workshop.as_():
        change_company(currency="EUR")
        field("money", "Deposit", of="workshop.Client", archived=True)
        make("Client", name="Acme")
        with pytest.raises(Rejected, match="The currency stays as it is"):
            change_company(currency="USD")
