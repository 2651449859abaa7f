"""Which modules of LibreOffice the factory finds on a machine."""

from pathlib import Path

import pytest

from benchmarks.factory.office import has_module


def test_a_module_that_is_packaged_apart_may_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Writer without Calc: the annexes of `calc` would all fail."""
    program = tmp_path / "program"
    program.mkdir()
    (program / "libswlo.so").touch()
    (program / "soffice").touch(mode=0o755)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "soffice").symlink_to(program / "soffice")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert has_module("sw")
    assert not has_module("sc")


def test_without_libreoffice_there_is_no_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not has_module("sw")
