from plugin_api import Plugin
from plugins.service import hooks

plugin = Plugin(hooks)
