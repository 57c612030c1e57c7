"""Which plugins tests are of, and that these are loaded as the host loads them."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from core.hosting.inventory import BUNDLED
from core.hosting.load import load
from plugin_api.testing import undeclared
from plugin_api.testing.installing import CACHE

_OWN = pytest.StashKey[tuple[str, ...]]()
_SCRATCH = pytest.StashKey[Path]()


def own(config: pytest.Config) -> tuple[str, ...]:
    """Ids of the plugins whose tests are run: by the ``setup.cfg`` where pytest was started, and
    by the folders that it was given."""
    if _OWN not in config.stash:
        declared = undeclared.declare(config.rootpath, scratch(config) / "declared")
        config.stash[_OWN] = (*declared, *undeclared.folders(_given(config)))
    return config.stash[_OWN]


def local(config: pytest.Config) -> list[Path]:
    """Folders of those that an installation has to be given; bundled ones it has anyhow."""
    found = undeclared.folders(_given(config)).values()
    return [folder for folder in found if folder.parent != BUNDLED]


def scratch(config: pytest.Config) -> Path:
    """A folder that goes away with the run. What one installation of the run finds out about
    plugins is kept there for the next."""
    if _SCRATCH not in config.stash:
        made = config.stash[_SCRATCH] = Path(tempfile.mkdtemp(prefix="xiaoguan-"))
        config.add_cleanup(lambda: shutil.rmtree(made, ignore_errors=True))
        if CACHE not in os.environ:
            os.environ[CACHE] = str(made / "cache")
            (made / "cache").mkdir()
            config.add_cleanup(_forget)
    return config.stash[_SCRATCH]


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Load all plugins in their order. A file of tests that imports a plugin would else map its
    models before those that they refer to."""
    config = session.config
    if not own(config):
        return
    instance = scratch(config) / "instance"
    (instance / "plugins").mkdir(parents=True)
    for folder in local(config):
        (instance / "plugins" / folder.name).symlink_to(folder)
    load(instance, Path(os.environ[CACHE]))


def _forget() -> None:
    os.environ.pop(CACHE, None)


def _given(config: pytest.Config) -> list[Path]:
    paths = (config.invocation_params.dir / each.partition("::")[0] for each in config.args)
    return [path.resolve() for path in paths]
