"""LibreOffice as a converter, each time in a profile of its own."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

SECONDS = 180


class ConversionError(RuntimeError):
    """LibreOffice wrote nothing."""


def has_module(name: str) -> bool:
    """Whether LibreOffice has a module: `sw` is Writer, `sc` Calc. Debian packages each apart."""
    command = shutil.which("soffice")
    return command is not None and any(Path(command).resolve().parent.glob(f"lib{name}lo.*"))


def convert(source: Path, path: Path) -> None:
    """Print an office document, or turn it into the format that the path's suffix names.

    Raises:
        ConversionError: nothing was written.
    """
    form = path.suffix.lstrip(".")
    with tempfile.TemporaryDirectory(prefix="factory-office-") as folder:
        command = [
            "soffice", f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless",
            "--convert-to", form, "--outdir", folder, str(source),
        ]  # fmt: skip
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=SECONDS)
        printed = Path(folder) / f"{source.stem}.{form}"
        if not printed.exists():
            raise ConversionError(
                f"{source}: soffice wrote no {form}: {done.stderr or done.stdout}"
            )
        shutil.move(printed, path)
