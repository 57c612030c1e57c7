"""Collections as REST knows them: which there are, where they are, who may use them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import request

from core.api.problems import Problem
from core.host import services
from core.hosting.enablement import enabled_set, state_of
from plugin_api.access import ACTIONS
from plugin_api.context import current_company, gettext, has_permission
from plugin_api.errors import NotFound
from plugin_api.models import CompanyModel
from plugin_api.workflow import Transition

ROOT = "/api/v1"
RETRY_SECONDS = "60"


@dataclass(frozen=True, slots=True)
class Collection:
    """A model under its address, and what the caller may do there."""

    model: type[CompanyModel]
    actions: frozenset[str]

    @property
    def path(self) -> str:
        """Address below the server's root: ``/api/v1/crm/accounts``."""
        return path_of(self.model)


def model_at(plugin: str, collection: str) -> type[CompanyModel]:
    """The model behind an address.

    Raises NotFound, the same for a plugin that is off and for one that there never was;
    Problem 503 while the plugin's tables wait for the operator.
    """
    company = current_company()
    model = services().registry.collection(plugin, collection)
    state = state_of(company, plugin)
    if state == "off" or model is None or not issubclass(model, CompanyModel):
        raise NotFound(gettext("There is nothing here."))
    if state == "behind":
        raise Problem(
            503,
            gettext("This part waits for the database to be upgraded."),
            headers={"Retry-After": RETRY_SECONDS},
        )
    return model


def collections() -> Iterator[Collection]:
    """What the company has on and the caller may read, by address."""
    enabled = enabled_set(current_company())
    models = services().registry.models.values()
    for model in sorted(models, key=lambda m: (m.plugin_id(), m.__collection__)):
        if (
            model.__collection__
            and issubclass(model, CompanyModel)
            and model.plugin_id() in enabled
            and has_permission(f"{model.model_key()}.read")
        ):
            yield Collection(model, _actions(model))


def transitions_of(model: type[CompanyModel]) -> tuple[Transition, ...]:
    """Every transition of the model's workflow."""
    workflow = services().registry.workflows.get(model.model_key())
    return workflow.transitions if workflow else ()


def transition_of(model: type[CompanyModel], name: str) -> Transition:
    """A transition by its name. Raises NotFound."""
    for transition in transitions_of(model):
        if transition.name == name:
            return transition
    raise NotFound(gettext("There is nothing here."))


def path_of(model: type[CompanyModel]) -> str:
    """Address of a model's collection below the server's root."""
    return f"{ROOT}/{model.plugin_id()}/{model.__collection__}"


def href(path: str) -> str:
    """An address below the server's root as this client reaches it."""
    return f"{request.script_root}{path}"


def record_href(model: type[CompanyModel], record_id: int) -> str:
    """Where a record is read; empty for a model without a collection."""
    return href(f"{path_of(model)}/{record_id}") if model.__collection__ else ""


def _actions(model: type[CompanyModel]) -> frozenset[str]:
    key = model.model_key()
    return frozenset(action for action in ACTIONS if has_permission(f"{key}.{action}"))
