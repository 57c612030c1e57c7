"""For whoever watches the process: is it alive, may it take requests."""
