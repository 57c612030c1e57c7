import logging
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import pluggy
import pytest

from core.hosting import load
from core.hosting.checks import UnusableError
from core.hosting.dispatch import Dispatcher
from plugin_api import for_models, hookimpl, hookspec, hookspecs
from plugin_api.errors import Rejected
from plugin_api.plugin import PROJECT

ALL = frozenset({"aa", "bb", "cc"})


def dispatcher(plugins: dict[str, list[Any]], **kw: Any) -> Dispatcher:
    """A dispatcher for functions by plugin; plugins are registered in the wrong order."""
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    for id_ in reversed(list(plugins)):
        module = ModuleType(id_)
        for function in plugins[id_]:
            setattr(module, function.__name__, hookimpl(function))
        manager.register(module, name=id_)
    return Dispatcher(manager, list(plugins), **kw)


def badges(count: int) -> Any:
    def menu_badges(actor: Any) -> dict[str, int]:
        return {"open": count}

    return menu_badges


def test_results_carry_their_plugin_in_dependency_order() -> None:
    found = dispatcher({"bb": [badges(1)], "aa": [badges(2)], "cc": []})
    assert found.collect("menu_badges", ALL, actor=None) == [
        ("bb", {"open": 1}),
        ("aa", {"open": 2}),
    ]


def test_only_enabled_plugins_are_called() -> None:
    found = dispatcher({"aa": [badges(1)], "bb": [badges(2)]})
    assert found.collect("menu_badges", frozenset({"bb"}), actor=None) == [("bb", {"open": 2})]
    assert found.collect("menu_badges", frozenset(), actor=None) == []


def test_a_function_gets_only_the_arguments_it_asks_for() -> None:
    def after_update(changes: Any) -> Any:
        return changes

    found = dispatcher({"aa": [after_update]})
    result = found.collect("after_update", ALL, model="x.Y", record=object(), changes={"a": 1})
    assert result == [("aa", {"a": 1})]


def test_a_mark_for_models_leaves_others_uncalled() -> None:
    @for_models("crm.Account")
    def before_create(model: str, record: Any) -> Any:
        return model

    found = dispatcher({"aa": [before_create]})
    assert found.collect("before_create", ALL, model="crm.Lead", record=None) == []
    assert found.collect("before_create", ALL, model="crm.Account", record=None) == [
        ("aa", "crm.Account")
    ]


def test_a_failure_on_a_page_is_logged_counted_and_left_out(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def menu_badges(actor: Any) -> Any:
        raise ZeroDivisionError

    found = dispatcher({"aa": [menu_badges], "bb": [badges(2)]})
    with caplog.at_level(logging.ERROR):
        for _ in range(2):
            assert found.collect("menu_badges", ALL, actor=None) == [("bb", {"open": 2})]
    assert found.failures == {("aa", "menu_badges"): 2}
    assert "plugin aa failed in menu_badges and is left out" in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_a_call_on_a_page_runs_in_the_context_given() -> None:
    entered: list[str] = []

    @contextmanager
    def around() -> Iterator[None]:
        entered.append("in")
        try:
            yield
        except ZeroDivisionError:
            entered.append("rolled back")
            raise

    def menu_badges(actor: Any) -> Any:
        raise ZeroDivisionError

    dispatcher({"aa": [menu_badges]}, around=around).collect("menu_badges", ALL, actor=None)
    assert entered == ["in", "rolled back"]


def test_a_refusal_in_a_transaction_reaches_the_caller() -> None:
    def before_create(record: Any) -> None:
        raise Rejected("name", "no")

    found = dispatcher({"aa": [before_create]})
    with pytest.raises(Rejected, match="no"):
        found.collect("before_create", ALL, model="crm.Lead", record=None)
    assert not found.failures


def test_a_hook_of_one_plugin_is_called_there_only() -> None:
    def blockers_for_disable(company: Any) -> list[str]:
        return [f"busy in {company}"]

    found = dispatcher({"aa": [blockers_for_disable], "bb": []})
    assert found.call_one("aa", "blockers_for_disable", company=7) == ["busy in 7"]
    assert found.call_one("bb", "blockers_for_disable", company=7) is None


def publishing(*functions: Any) -> ModuleType:
    """A module of hooks that a plugin publishes."""
    module = ModuleType("published")
    for function in functions:
        setattr(module, function.__name__, hookspec(function))
    return module


def test_a_hook_that_a_plugin_publishes_is_answered_by_others() -> None:
    def cost_of(thing: Any, day: Any) -> None: ...

    def answer(thing: Any) -> str:
        return f"{thing}!"

    answer.__name__ = "cost_of"
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    manager.add_hookspecs(publishing(cost_of))
    module = ModuleType("bb")
    module.cost_of = hookimpl(optionalhook=True)(answer)  # type: ignore[attr-defined]
    manager.register(module, name="bb")
    found = Dispatcher(manager, ["aa", "bb"])
    [listener] = found.listeners("cost_of", ALL)
    assert listener(thing="x", day=1) == "x!"
    assert found.listeners("cost_of", frozenset({"aa"})) == ()
    with pytest.raises(KeyError):
        found.listeners("menu_badges", ALL)


def test_an_answer_waits_for_who_publishes_the_hook() -> None:
    def cost_of() -> None: ...

    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    module = ModuleType("bb")
    module.cost_of = hookimpl(optionalhook=True)(cost_of)  # type: ignore[attr-defined]
    manager.register(module, name="bb")
    load._check_hooks(manager, module)
    other = ModuleType("cc")
    other.charge = hookimpl(cost_of)  # type: ignore[attr-defined]
    manager.register(other, name="cc")
    cost_of.__name__ = "charge"
    with pytest.raises(UnusableError, match="unknown hook"):
        load._check_hooks(manager, other)


def test_a_published_hook_has_a_name_of_its_own() -> None:
    def menu_badges() -> None: ...

    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    with pytest.raises(UnusableError, match="menu_badges"):
        load._publish(manager, publishing(menu_badges))
