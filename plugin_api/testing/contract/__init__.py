"""What every plugin keeps to, as tests that it inherits."""

from plugin_api.testing.contract.base import Checks, World
from plugin_api.testing.contract.declared import DeclaredChecks
from plugin_api.testing.contract.living import LifeChecks
from plugin_api.testing.contract.sent import SentChecks
from plugin_api.testing.contract.shown import PageChecks
from plugin_api.testing.contract.walls import WallChecks


class PluginContract(DeclaredChecks, SentChecks, PageChecks, WallChecks, LifeChecks):
    """The contract, checked against whatever the plugin registers::

        class TestLoyalty(PluginContract):
            plugin = "loyalty"

    Records are made of what fields say of themselves; where a rule of the plugin wants others,
    :meth:`values` gives them. ``rows`` says how many records are many, ``open_routes`` names
    endpoints that show people what is their own, and so need no permission. A check that does not
    fit is left out by its name, ``test_… = None``, with the reason beside it.
    """


__all__ = ["Checks", "PluginContract", "World"]
