from plugin_api.testing import PluginContract


class TestSamples(PluginContract):
    plugin = "samples"
