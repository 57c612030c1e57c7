"""The index follows what is written, however it is written."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from core.cli.search import search_group
from core.extensions import db
from core.hosting import enablement
from core.search.index import forget, number_of, rebuild, shape_of
from core.search.models import SearchToken
from plugin_api.host import host
from plugin_api.models import model_of
from tests.harness import Installation
from tests.search.kit import names, patient, people, titles


def tokens(model_key: str) -> set[tuple[int, str, int]]:
    number = number_of(model_of(model_key))
    statement = sa.select(SearchToken.kind, SearchToken.token, SearchToken.record_id)
    rows = db.session.execute(statement.where(SearchToken.model == number))
    return {(kind, token, record_id) for kind, token, record_id in rows}


def test_a_new_record_is_found_in_its_transaction(fresh: Installation) -> None:
    with fresh.working("acme"):
        people({"name": "Newcomer"}, {"name": "Newcomer Two"})
        assert names("newcomer") == ["Newcomer", "Newcomer Two"]


def test_a_changed_record_is_found_by_what_it_says_now(fresh: Installation) -> None:
    with fresh.working("acme"):
        (id_,) = people({"name": "Before", "phone": "555 1234"})
        record = host().records.get(patient(), id_)
        host().records.update(record, {"name": "Danach"})
        assert names("before") == []
        assert names("danach") == names("1234 danach") == ["Danach"]
        host().records.update(record, {"phone": None})
        assert names("1234 danach") == []


def test_a_change_of_other_fields_writes_nothing_to_the_index(fresh: Installation) -> None:
    from tests.api.kit import statements

    with fresh.working("acme"):
        (id_,) = people({"name": "Steady"})
        record = host().records.get(patient(), id_)
        with statements(fresh.app) as seen:
            host().records.update(record, {"doctor": None, "room": None})
            host().records.update(record, {"doctor": fresh.user_id("acme", "rita")})
        assert not [text for text in seen if "search_token" in text]


def test_a_deleted_record_leaves_nothing(fresh: Installation) -> None:
    with fresh.working("acme"):
        before = tokens("clinic.Patient")
        (id_,) = people({"name": "Passing by"})
        host().records.delete(host().records.get(patient(), id_))
        assert names("passing") == []
        assert tokens("clinic.Patient") == before


def test_what_goes_with_another_record_is_not_found(fresh: Installation) -> None:
    with fresh.working("acme"):
        (id_,) = people({"name": "Somebody"})
        visit = {"patient": id_, "reason": "Checkup"}
        host().records.create(model_of("clinic.Visit"), visit)
        host().records.delete(host().records.get(patient(), id_))
        assert titles("checkup") == {}
        assert tokens("clinic.Visit") == set()


def test_what_is_rolled_back_is_not_found(fresh: Installation) -> None:
    with fresh.working("acme"):
        people({"name": "Kept"})
        with pytest.raises(RuntimeError), db.session.begin_nested():
            people({"name": "Undone"})
            raise RuntimeError
        assert names("kept") == ["Kept"]
        assert names("undone") == []


def test_many_take_one_statement(fresh: Installation) -> None:
    from tests.api.kit import statements

    with fresh.working("acme"), statements(fresh.app) as seen:
        people(*({"name": f"Number {i}"} for i in range(50)))
        assert len([text for text in seen if "INSERT INTO core_search_token" in text]) == 1


def test_rows_of_the_host_are_found_too(fresh: Installation) -> None:
    with fresh.working("acme"):
        assert titles("rita") == {"core.User": ["Rita"]}


def test_a_rebuilt_index_is_the_same(fresh: Installation) -> None:
    with fresh.working("acme"):
        before = tokens("clinic.Patient")
        db.session.execute(
            sa.delete(SearchToken).where(SearchToken.kind > 0),
            execution_options={"synchronize_session": False},
        )
        assert list(rebuild(db.session(), patient())) == [28]
        assert tokens("clinic.Patient") == before


def test_the_command_rebuilds_what_is_off_too(fresh: Installation) -> None:
    plant = model_of("garden.Plant")
    with fresh.working("acme"):
        host().records.create(plant, {"name": "Rose"})
        before = tokens("garden.Plant"), tokens("clinic.Patient")
        enablement.disable("garden")
        for model in (plant, patient()):
            forget(db.session(), model)
    done = CliRunner().invoke(search_group, ["rebuild", "--json"], obj=lambda: fresh.app)
    assert done.exit_code == 0, done.output
    counts = {(row["company"], row["model"]): row["records"] for row in json.loads(done.stdout)}
    assert counts["acme", "garden.Plant"] == 1
    assert counts["acme", "clinic.Patient"] == 28
    assert counts["other", "clinic.Patient"] == 0
    with fresh.working("acme"):
        assert (tokens("garden.Plant"), tokens("clinic.Patient")) == before


def test_a_purge_takes_the_words_too(fresh: Installation) -> None:
    with fresh.working("acme"):
        host().records.create(model_of("garden.Plant"), {"name": "Rose"})
        enablement.disable("garden")
    with fresh.working("acme"):
        enablement.purge("garden")
        assert tokens("garden.Plant") == set()


def test_models_have_numbers_of_their_own(fresh: Installation) -> None:
    from core.host import services

    with fresh.app.app_context():
        models = [m for m in services().registry.models.values() if shape_of(m)]
        assert len({number_of(model) for model in models}) == len(models) > 4
