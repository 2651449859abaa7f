"""One tool on one PDF, in the environment that has the tools.

python -m benchmarks.tools            which tools are there, as JSON
python -m benchmarks.tools TOOL PDF   the tables that it finds, as JSON
"""

import json
import os
import shutil
import sys
from importlib import import_module, metadata
from pathlib import Path

from benchmarks.tools import NAMES, SCANS


def main(arguments: list[str]) -> None:
    """Print what is asked for; a tool's own messages go to stderr."""
    # What a tool starts prints too: to file descriptor 1, whatever sys.stdout is.
    stdout = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    if arguments:
        name, pdf = arguments
        answer: object = import_module(f"benchmarks.tools.{name}").read(Path(pdf))
    else:
        answer = {name: _describe(name) for name in (*NAMES, *SCANS)}
    with stdout:
        json.dump(answer, stdout, ensure_ascii=False)


def _describe(name: str) -> dict[str, str]:
    """The tool's `version`, or what is `missing`."""
    try:
        tool = import_module(f"benchmarks.tools.{name}")
    except ImportError as error:
        return {"missing": f"{error}; pip install -r benchmarks/requirements.lock"}
    if tool.PROGRAM is not None and shutil.which(tool.PROGRAM) is None:
        return {"missing": f"the program {tool.PROGRAM} ({tool.PROGRAM_FROM})"}
    return {"version": metadata.version(tool.PACKAGE)}


if __name__ == "__main__":
    main(sys.argv[1:])
