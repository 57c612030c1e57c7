from plugin_api import Plugin
from plugins.crm import hooks

plugin = Plugin(hooks)
