"""besshi starts by its name from any folder, whatever else is called `pipeline` there."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import besshi
from pipeline import __version__
from tests.support.pdfs import ROOT

SAID = f"besshi, version {__version__}\n"


@pytest.fixture
def others(tmp_path: Path) -> Path:
    """A folder in which somebody else has a package of the same name."""
    package = tmp_path / "others" / "pipeline"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise ImportError('not the package of besshi')\n")
    return package.parent


def start(*command: str, folder: Path, path: Path | None = None) -> str:
    environment = {"PATH": "/usr/bin:/bin", **({"PYTHONPATH": str(path)} if path else {})}
    done = subprocess.run(
        command, cwd=folder, env=environment, text=True, capture_output=True, check=False
    )
    assert not done.stderr
    assert done.returncode == 0
    return done.stdout


def test_the_command_finds_its_own_package(others: Path) -> None:
    command = str(Path(sys.executable).with_name("besshi"))
    assert start(command, "--version", folder=others) == SAID
    assert start(command, "--version", folder=others, path=others) == SAID
    assert "Exit codes:" in start(command, "--help", folder=others, path=others)


def test_the_module_finds_its_own_package(others: Path) -> None:
    """`python -m` puts the current folder first."""
    module = (sys.executable, "-m", "besshi", "--version")
    assert start(*module, folder=others) == SAID
    assert start(*module, folder=others, path=others) == SAID


def test_windows_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(SystemExit, match=r"does not run on Windows itself; .* WSL"):
        besshi.main()


def test_the_wheel_holds_both_names(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        scripts = next(name for name in names if name.endswith("entry_points.txt"))
        assert b"besshi = besshi:main" in archive.read(scripts)
    assert {"besshi.py", "pipeline/__main__.py"} <= set(names)
    assert any(name.endswith(".yml") for name in names)
    assert not any(name.startswith(("tests/", "docs/")) for name in names)
