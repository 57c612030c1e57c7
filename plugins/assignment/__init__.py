from plugin_api import Plugin
from plugins.assignment import hooks

plugin = Plugin(hooks)
