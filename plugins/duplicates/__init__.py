from plugin_api import Plugin
from plugins.duplicates import hooks

plugin = Plugin(hooks)
