from plugin_api import Plugin
from plugins.risk import hooks

plugin = Plugin(hooks)
