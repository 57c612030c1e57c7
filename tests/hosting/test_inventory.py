import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from core.hosting import inventory
from core.hosting.inventory import BUNDLED, discover, read_manifest
from plugin_api.manifest import ManifestError
from tests.hosting.folders import manifest, write_plugin


@pytest.fixture(autouse=True)
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inventory, "entry_points", lambda group: ())


def reasons(tmp_path: Path) -> dict[str, str]:
    found = discover(tmp_path, tmp_path / "bundled")
    return {each.name: each.reason for each in found.rejected}


def test_folders_of_code_and_installation_are_found_in_order(tmp_path: Path) -> None:
    write_plugin(tmp_path / "bundled", "zebra")
    write_plugin(tmp_path / "plugins", "ant")
    found = discover(tmp_path, tmp_path / "bundled")
    assert [(c.id, c.origin, c.package) for c in found.candidates] == [
        ("zebra", "bundled", "plugins.zebra"),
        ("ant", "instance", "plugins.ant"),
    ]
    assert found.rejected == ()


def test_an_installed_distribution_is_found_without_importing_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plugin(tmp_path, "acme_visits", {"manifest.py": manifest("visits")})
    (tmp_path / "acme_visits" / "__init__.py").write_text("raise AssertionError('imported')")
    monkeypatch.syspath_prepend(str(tmp_path))
    entry = EntryPoint("visits", "acme_visits", inventory.ENTRY_POINTS)
    gone = EntryPoint("gone", "acme_gone", inventory.ENTRY_POINTS)
    monkeypatch.setattr(inventory, "entry_points", lambda group: (entry, gone))
    found = discover(tmp_path, tmp_path / "bundled")
    assert [(c.id, c.origin, c.package) for c in found.candidates] == [
        ("visits", "installed", "acme_visits")
    ]
    assert [(r.name, r.reason) for r in found.rejected] == [("gone", "acme_gone: no such package")]
    assert "acme_visits" not in sys.modules


def test_the_second_of_an_id_is_rejected_and_names_the_first(tmp_path: Path) -> None:
    first = write_plugin(tmp_path / "bundled", "crm")
    second = write_plugin(tmp_path / "plugins", "crm")
    found = discover(tmp_path, tmp_path / "bundled")
    assert [c.path for c in found.candidates] == [first]
    assert [(r.name, r.reason) for r in found.rejected] == [
        ("crm", f"duplicate id 'crm': {second} comes after {first}")
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("manifest = (", "manifest.py, line 1: '(' was never closed"),
        ("import no_such_module", "manifest.py: ModuleNotFoundError: No module named"),
        ("raise SystemExit(3)", "manifest.py: SystemExit: 3"),
        ("x = 1", "manifest.py has no 'manifest = Manifest(...)'"),
        (manifest("bad", colour="red"), "manifest.py: TypeError: Manifest.__init__() got an"),
        (manifest("Bad"), "id 'Bad': 2 to 31 lower-case letters and digits"),
        (manifest("bad", version="1"), "version '1': expected MAJOR.MINOR.PATCH"),
        (manifest("bad", api="1"), "api '1': expected a range such as"),
        (manifest("bad", depends="crm"), "depends 'crm': expected a tuple of plugin ids"),
        (manifest("bad", depends=("bad",)), "depends: bad names itself"),
        (manifest("other"), "id 'other' differs from the name 'bad' it was found under"),
        (manifest("core"), "id 'core' belongs to the host"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_rejected_with_the_reason(
    tmp_path: Path, text: str, reason: str
) -> None:
    write_plugin(tmp_path / "plugins", "bad", {"manifest.py": text})
    assert reason in reasons(tmp_path)["bad"]


def test_a_folder_without_the_two_files_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "plugins" / "empty").mkdir(parents=True)
    (tmp_path / "plugins" / "half").mkdir()
    (tmp_path / "plugins" / "half" / "manifest.py").write_text(manifest("half"))
    assert reasons(tmp_path)["empty"].endswith("has no manifest.py")
    assert reasons(tmp_path)["half"].endswith("has no __init__.py")


def test_the_bundled_plugins_have_usable_manifests() -> None:
    for path in BUNDLED.glob("*/manifest.py"):
        assert read_manifest(path).id == path.parent.name


def test_reading_a_manifest_twice_reads_the_file_twice(tmp_path: Path) -> None:
    path = tmp_path / "manifest.py"
    path.write_text(manifest("one"))
    assert read_manifest(path).id == "one"
    path.write_text("manifest = None")
    with pytest.raises(ManifestError):
        read_manifest(path)
