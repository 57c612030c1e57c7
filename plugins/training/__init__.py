from plugin_api import Plugin
from plugins.training import hooks

plugin = Plugin(hooks)
