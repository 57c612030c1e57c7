"""Rules of targets: numbers in, numbers out, except where a module says that it reads."""
