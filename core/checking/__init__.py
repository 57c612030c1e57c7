"""What a good plugin keeps, as rules: ``xiaoguan plugin check``, and the tests of bundled plugins.

One file a family of rules; each rule is a function that yields what breaks it, registered with
:func:`core.checking.rules.rule` under its code. Rules of the source read files; rules of what runs
look at the plugin once the host has loaded it.
"""
