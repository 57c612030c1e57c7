from collections.abc import Mapping
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from core.hosting.inventory import Candidate
from core.hosting.resolve import Resolution, resolve
from plugin_api.manifest import Manifest


def candidate(
    id_: str, depends: tuple[str, ...] = (), soft: tuple[str, ...] = (), api: str = ">=1,<2"
) -> Candidate:
    manifest = Manifest(
        id=id_, name=id_, version="1.0.0", summary="", api=api, depends=depends, soft_depends=soft
    )
    return Candidate(manifest=manifest, package=id_, path=Path(), origin="bundled")


def order(resolution: Resolution) -> list[str]:
    return [each.id for each in resolution.order]


def reasons(resolution: Resolution) -> dict[str, str]:
    return {each.id: each.reason for each in resolution.unavailable}


def test_dependencies_come_first_and_ties_go_by_id() -> None:
    found = resolve([candidate("cc"), candidate("aa", ("cc",)), candidate("bb")], 1)
    assert order(found) == ["bb", "cc", "aa"]
    assert found.unavailable == ()


def test_a_missing_dependency_takes_its_dependants_along() -> None:
    found = resolve(
        [candidate("aa", ("gone",)), candidate("bb", ("aa",)), candidate("cc", ("bb",))], 1
    )
    assert order(found) == []
    assert reasons(found) == {
        "aa": "needs gone, not found",
        "bb": "needs aa, which is unavailable",
        "cc": "needs bb, which is unavailable",
    }


def test_a_circle_is_named_and_takes_its_dependants_along() -> None:
    found = resolve(
        [
            candidate("aa", ("bb",)),
            candidate("bb", ("cc",)),
            candidate("cc", ("aa",)),
            candidate("dd", ("cc",)),
            candidate("ee"),
        ],
        1,
    )
    assert order(found) == ["ee"]
    assert reasons(found) == {
        "aa": "cyclic dependency: aa → bb → cc → aa",
        "bb": "cyclic dependency: bb → cc → aa → bb",
        "cc": "cyclic dependency: cc → aa → bb → cc",
        "dd": "needs cc, which is unavailable",
    }


def test_another_api_makes_unavailable() -> None:
    found = resolve([candidate("aa", api=">=2,<3"), candidate("bb", api=">=1,<3")], 1)
    assert order(found) == ["bb"]
    assert reasons(found) == {"aa": "written for API >=2,<3; this host has 1"}


def test_a_soft_dependency_is_loaded_before_when_it_is_there() -> None:
    found = resolve([candidate("aa", soft=("bb", "gone")), candidate("bb")], 1)
    assert order(found) == ["bb", "aa"]


def test_soft_dependencies_in_a_circle_stop_nobody() -> None:
    found = resolve([candidate("aa", soft=("bb",)), candidate("bb", ("aa",)), candidate("cc")], 1)
    assert order(found) == ["cc", "aa", "bb"]


names = st.sampled_from(["aa", "bb", "cc", "dd", "ee", "ff", "gg", "nowhere"])
graphs = st.dictionaries(
    names.filter(lambda name: name != "nowhere"), st.tuples(st.sets(names), st.sets(names))
)


@given(graphs)
def test_each_plugin_is_either_placed_after_its_dependencies_or_told_why(
    graph: Mapping[str, tuple[set[str], set[str]]],
) -> None:
    found = resolve(
        [
            candidate(id_, tuple(sorted(hard - {id_})), tuple(sorted(soft - {id_})))
            for id_, (hard, soft) in graph.items()
        ],
        1,
    )
    placed = order(found)
    assert sorted([*placed, *reasons(found)]) == sorted(graph)
    for number, id_ in enumerate(placed):
        assert set(placed[:number]) >= graph[id_][0] - {id_}
    for id_ in reasons(found):
        hard = graph[id_][0] - {id_}
        assert hard - set(graph) or hard & set(reasons(found))
