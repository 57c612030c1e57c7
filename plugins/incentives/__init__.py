from plugin_api import Plugin
from plugins.incentives import hooks

plugin = Plugin(hooks)
