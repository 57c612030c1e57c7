"""What the host offers to the code of plugins, besides records."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from core.data.records import RowsRefused
from core.host import services
from core.measures.statement import Question, record_ids
from plugin_api.context import current_actor
from plugin_api.errors import Rejected
from plugin_api.measures import Dimension, Measure
from tests.data.workshop import World, model, records


def test_addresses_of_lists_hold_the_question(workshop: World) -> None:
    with workshop.as_("rita"):
        path = services().list_url("workshop.Job")
        assert services().record_url("workshop.Job", 7) == f"{path}/7"
        asked = {"client": 7, "state": "open,done", "view": "kanban"}
        query = "client=7&state=open,done&view=kanban"
        assert services().list_url("workshop.Job", asked) == f"{path}?{query}"


def test_facts_without_a_column_are_told_by_its_name(workshop: World) -> None:
    with workshop.as_("rita"):
        job = model("Job")
        measure = Measure(
            key="workshop.made", label="Made", unit="count", model="workshop.Job",
            facts=lambda: sa.select(sa.literal(1).label("value"), job.id.label("record_id")),
            dimensions={"client": Dimension(label="Client")},
        )  # fmt: skip
        with pytest.raises(TypeError, match=r"workshop\.made lack: on, user_id, client"):
            record_ids(measure, Question(), current_actor())


def test_many_that_are_refused_say_what_is_wrong_with_the_first(workshop: World) -> None:
    refusal = pytest.raises(RowsRefused, match=r"1 rows cannot be saved\. Row 1: name: ")
    with workshop.as_("rita"), refusal:
        records().create_many(model("Job"), [{"name": "a", "fee": 1}, {"fee": 1}])


def test_a_text_is_typed_as_forms_and_files_are_read(workshop: World) -> None:
    with workshop.as_("rita"):
        job, typed = model("Job"), records().typed
        assert typed(job, "fee", "￥1.2万") == 12_000_00
        assert typed(job, "fee", " ") is None
        with pytest.raises(Rejected, match="“many” is not a number") as refused:
            typed(job, "fee", "many")
        assert refused.value.field == "fee"
