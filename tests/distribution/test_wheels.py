"""Xiaoguan and a plugin of somebody else, built as wheels, installed where no source is: from the
first version to the second, gone, back, purged, uninstalled."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
PACKAGES = ("core", "plugin_api", "plugins")
BESIDE = ("setup.cfg", "pyproject.toml", "README.md", "LICENSE")
BUILD = "import setuptools.build_meta as made; made.build_wheel({0!r})"


def _missing() -> str:
    """What there is not, without which nothing can be built and installed."""
    for name, least in (("pip", 23), ("setuptools", 77)):
        try:
            found = metadata.version(name)
        except metadata.PackageNotFoundError:
            return f"needs {name} {least} or newer"
        if int(found.partition(".")[0]) < least:
            return f"needs {name} {least} or newer, has {found}"
    return ""


pytestmark = pytest.mark.skipif(bool(_missing()), reason=_missing() or "-")


class Environment:
    """An environment of its own, with nothing of ours in it but what is installed.

    The libraries are those of the environment that runs the tests: nothing is downloaded.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.instance = folder / "env", folder / "instance"
        self.wheels = folder / "wheels"
        self.wheels.mkdir()
        self._run(sys.executable, "-m", "venv", "--without-pip", str(self.folder))
        self.python = str(self.folder / "bin" / "python")
        (self.site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")

    @property
    def site(self) -> Path:
        """Where what is installed lies."""
        return next((self.folder / "lib").glob("python*/site-packages"))

    def build(self, source: Path) -> Path:
        """The wheel of a tree."""
        before = set(self.wheels.iterdir())
        self._run(sys.executable, "-c", BUILD.format(str(self.wheels)), cwd=source)
        (made,) = set(self.wheels.iterdir()) - before
        return made

    def pip(self, *arguments: str) -> None:
        self._run(sys.executable, "-m", "pip", "--python", self.python, "-q", *arguments)

    def install(self, wheel: Path) -> None:
        offline = ("--no-deps", "--no-index", "--no-compile", "--force-reinstall")
        self.pip("install", *offline, str(wheel))

    def keep(self, *plugins: str) -> None:
        """Leave out what else comes with Xiaoguan: it starts in a third of the time then."""
        for folder in (self.site / "plugins").iterdir():
            if folder.name not in plugins:
                shutil.rmtree(folder)

    def step(self, name: str, *arguments: str) -> str:
        """Do one step; what the log says."""
        steps = str(HERE / "steps.py")
        return self._run(self.python, steps, name, *arguments, cwd=self.instance.parent)

    def _run(self, *command: str, cwd: Path | None = None) -> str:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("XIAOGUAN_", "PYTHON"))}
        done = subprocess.run(
            command, cwd=cwd, capture_output=True, text=True, check=False,
            env={**kept, "XIAOGUAN_INSTANCE": str(self.instance), "PIP_NO_INPUT": "1",
                 "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore",
                 "XIAOGUAN_CACHE": os.environ["XIAOGUAN_CACHE"]},
        )  # fmt: skip
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stderr


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return Environment(tmp_path_factory.mktemp("distribution"))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree, so that building leaves nothing in it."""
    folder = tmp_path_factory.mktemp("source")
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, folder / package, ignore=shutil.ignore_patterns("*.pyc", "__pycache__")
        )
    for name in BESIDE:
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def host(environment: Environment, source: Path) -> Path:
    wheel = environment.build(source)
    environment.install(wheel)
    return wheel


def version(number: int, folder: Path) -> Path:
    """The example's tree: the first version, and over it what the second changes."""
    shutil.copytree(HERE / "samples", folder)
    if number > 1:
        shutil.copytree(HERE / "samples_two", folder, dirs_exist_ok=True)
        for name in ("setup.cfg", "xiaoguan_samples/manifest.py"):
            path = folder / name
            path.write_text(path.read_text("utf-8").replace("1.0.0", f"{number}.0.0"), "utf-8")
    return folder


def held(tree: Path, *packages: str) -> set[str]:
    """Files below packages of a tree."""
    return {
        str(path.relative_to(tree))
        for package in packages
        for path in (tree / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_every_file_of_the_packages(source: Path, host: Path) -> None:
    with zipfile.ZipFile(host) as packed:
        there = {name for name in packed.namelist() if name.startswith(PACKAGES)}
    assert held(source, *PACKAGES) - there == set()
    assert {Path(name).suffix for name in there} >= {".html", ".css", ".js", ".po", ".txt", ".toml"}


def test_a_plugin_of_somebody_else_lives_and_goes(
    environment: Environment, host: Path, tmp_path: Path
) -> None:
    bundled = sorted(path.parent.name for path in ROOT.glob("plugins/*/manifest.py"))
    environment.step("whole", str(tmp_path), *bundled)
    environment.keep("catalog")
    one = environment.build(version(1, tmp_path / "one"))
    two = environment.build(version(2, tmp_path / "two"))
    environment.install(one)
    environment.step("first", str(tmp_path / "one"))
    environment.install(two)
    environment.step("second")
    shutil.move(environment.site / "xiaoguan_samples", tmp_path / "away")
    assert "plugin samples is unavailable: xiaoguan_samples" in environment.step("gone")
    environment.install(two)
    environment.step("back")
    environment.pip("uninstall", "-y", "xiaoguan-samples")
    assert not (environment.site / "xiaoguan_samples").exists()
    environment.step("uninstalled")
