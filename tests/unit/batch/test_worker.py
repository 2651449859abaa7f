"""What a worker process puts off until it is needed."""

import sys
from importlib import import_module
from pathlib import Path

import pytest

from pipeline.batch.worker import ImportedLater


def test_a_module_is_imported_once_something_in_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "put_off.py").write_text("import put_off_too\nANSWER = 42\n")
    (tmp_path / "put_off_too.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(sys.modules, "put_off", ImportedLater("put_off"))
    later = import_module("put_off")
    assert "put_off_too" not in sys.modules
    assert later.ANSWER == 42
    assert "put_off_too" in sys.modules
    assert later.ANSWER == 42
    assert not isinstance(import_module("put_off"), ImportedLater)
