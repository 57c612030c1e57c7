"""The distributions beside this file are examples with tests of their own, for their writers."""

collect_ignore_glob = ["samples*"]
