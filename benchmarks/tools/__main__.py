"""One tool on one PDF, in the environment that has the tools.

python -m benchmarks.tools TOOL                 its version, or what is missing, as JSON
python -m benchmarks.tools TOOL PDF [SECONDS]   what it finds, as JSON

TOOL is a module of this folder, or the path of an adapter. SECONDS is the most CPU time of it, and
of each process that it starts.
"""

import json
import os
import shutil
import sys
from importlib import import_module, metadata
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from resource import RLIMIT_CPU, RUSAGE_CHILDREN, RUSAGE_SELF, getrusage, setrlimit
from types import ModuleType


def main(arguments: list[str]) -> None:
    """Print what is asked for; a tool's own messages go to stderr."""
    # What a tool starts prints too: to file descriptor 1, whatever sys.stdout is.
    stdout = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    name, *rest = arguments
    for limit in map(int, rest[1:]):
        setrlimit(RLIMIT_CPU, (limit, limit))
    with stdout:
        answer = _read(_load(name), Path(rest[0])) if rest else _describe(name)
        json.dump(answer, stdout, ensure_ascii=False)


def _load(name: str) -> ModuleType:
    if not name.endswith(".py"):
        return import_module(f"benchmarks.tools.{name}")
    spec = spec_from_file_location(Path(name).stem, name)
    if spec is None or spec.loader is None:
        raise ImportError(f"{name} is no module")
    adapter = module_from_spec(spec)
    spec.loader.exec_module(adapter)
    return adapter


def _read(adapter: ModuleType, pdf: Path) -> dict[str, object]:
    if hasattr(adapter, "read_records"):
        answer: dict[str, object] = {"tables": adapter.read_records(pdf)}
    else:
        answer = {"cells": adapter.read(pdf)}
    used = [getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN)]
    return {**answer, "seconds": sum(usage.ru_utime + usage.ru_stime for usage in used)}


def _describe(name: str) -> dict[str, str]:
    """The tool's `version`, or what is `missing`."""
    try:
        adapter = _load(name)
    except ImportError as error:
        return {"missing": f"{error}; pip install -r benchmarks/requirements.lock"}
    program = getattr(adapter, "PROGRAM", None)
    if program is not None and shutil.which(program) is None:
        return {"missing": f"the program {program} ({adapter.PROGRAM_FROM})"}
    return {"version": metadata.version(adapter.PACKAGE)}


if __name__ == "__main__":
    main(sys.argv[1:])
