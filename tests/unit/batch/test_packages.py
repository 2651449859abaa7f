"""The packages that results depend on, as they are installed."""

from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from pipeline.batch.fingerprint import find_installed, find_required, fingerprint, name_version


@pytest.fixture(autouse=True)
def _forgetful() -> Iterator[None]:
    """What a test puts on the path is not known before it, nor after it."""
    forget()
    yield
    forget()


def forget() -> None:
    fingerprint.cache_clear()
    find_installed.cache_clear()


def test_versions_are_those_that_python_says() -> None:
    packages = find_required()
    assert {"numpy", "onnxruntime", "pdfminer.six", "sudachidict-core"} <= set(packages)
    assert not {"pytest", "dvc"} & set(packages)
    for package in packages:
        assert name_version(package) == f"{package} {metadata.version(package)}"


def test_another_version_is_another_fingerprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fingerprint("run")
    (tmp_path / "SudachiPy-99.1.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    forget()
    assert name_version("sudachipy") == "sudachipy 99.1"
    assert fingerprint("run") != before


def test_a_package_that_is_missing_has_a_version_too() -> None:
    assert name_version("no-such-package") == "no-such-package -"
