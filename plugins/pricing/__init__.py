from plugin_api import Plugin
from plugins.pricing import hooks

plugin = Plugin(hooks)
