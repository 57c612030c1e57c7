from plugin_api import Plugin
from plugins.catalog import hooks

plugin = Plugin(hooks)
