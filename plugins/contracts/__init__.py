from plugin_api import Plugin
from plugins.contracts import hooks

plugin = Plugin(hooks)
