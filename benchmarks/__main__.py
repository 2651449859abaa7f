"""A benchmark of Japanese tables as records; benchmarks/README.md has the task and the scores.

python -m benchmarks make [OUT]              make the frozen set
python -m benchmarks run TOOL                run a tool, write its output
python -m benchmarks score OUTPUT.jsonl      score any program's output
python -m benchmarks compare [TOOL …]        run, score and store; then write the docs' tables
python -m benchmarks report                  write the docs' tables from the stored results
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from benchmarks.frozen_set import (
    Entry,
    SetError,
    check_made,
    make_set,
    read_set,
    restart_on_plain_processor,
    write_set,
)
from benchmarks.outputs import read_outputs, write_outputs
from benchmarks.report import write_report
from benchmarks.results import read_results, result_of, score_outputs, write_results
from benchmarks.run_tools import Tool, run_tool
from benchmarks.scoring.tallies import SCORES
from benchmarks.tools import NAMES

MADE = Path(".bench")
PARTS = ("all", "dev", "test", "guard")


def main(arguments: list[str] | None = None) -> None:
    """Carry out one command."""
    options = _parser().parse_args(arguments)
    try:
        options.command(options)
    except (SetError, ValueError, FileNotFoundError) as error:
        raise SystemExit(f"benchmarks: {error}") from error


def _make(options: argparse.Namespace) -> None:
    restart_on_plain_processor()
    made = []
    for entry, now in zip(
        _entries(options), make_set(_entries(options), options.folder), strict=True
    ):
        print(f"{now.annex}: {now.pages} pages, {now.records} records", file=sys.stderr)
        made.append(now)
        if not (options.freeze or options.unchecked):
            check_made(entry, now)
    if options.freeze:
        write_set(made)


def _run(options: argparse.Namespace) -> None:
    tool = Tool.of(options.tool, options.python)
    if missing := tool.describe().get("missing"):
        raise ValueError(f"{options.tool} needs {missing}")
    _run_and_write(tool, options, options.out or Path(f"{Path(tool.name).stem}.jsonl"))


def _score(options: argparse.Namespace) -> None:
    scored = score_outputs(read_outputs(options.output), _entries(options), options.folder)
    names = SCORES
    print("annexes".ljust(14), *(name.rjust(21) for name in names))
    for group, scores in scored.groups.items():
        shown = (f"{scores[n][0]:.3f} [{scores[n][1]:.3f}, {scores[n][2]:.3f}]" if n in scores
                 else "" for n in names)  # fmt: skip
        print(group.ljust(14), *(text.rjust(21) for text in shown))
    for row in scored.reliability:
        print(f"confidence {row.least:.2f} or more, {row.records} records: "
              f"{row.confidence:.3f} on average, {row.right:.3f} are right")  # fmt: skip


def _compare(options: argparse.Namespace) -> None:
    results = read_results()
    for name in options.tools or NAMES:
        tool = Tool.of(name)
        described = tool.describe()
        if "missing" in described:
            print(f"{name} is left out: needs {described['missing']}", file=sys.stderr)
            continue
        # The floors of `make test` are besshi's alone, on annexes that may be looked at.
        options.part = "all" if name == "besshi" else "test"
        written = options.folder / f"{name}.jsonl"
        if name == "besshi" or not _is_complete(written, options):
            _run_and_write(tool, options, written)
        entries = _entries(options)
        result = result_of(described["version"], read_outputs(written), entries, options.folder)
        results = replace(results, tools={**results.tools, name: result})
        write_results(results)
    write_report(results)


def _is_complete(written: Path, options: argparse.Namespace) -> bool:
    """An earlier run wrote what the tool read in each annex."""
    wanted = {entry.annex for entry in _entries(options)}
    return written.exists() and wanted <= read_outputs(written).keys()


def _run_and_write(tool: Tool, options: argparse.Namespace, out: Path) -> None:
    run = run_tool(tool, _entries(options), options.folder, options.jobs)
    for output in write_outputs(out, run):
        state = output.failure or f"{sum(len(t.records) for t in output.tables)} records"
        print(f"{Path(tool.name).stem}: {output.annex}: {state}", file=sys.stderr)


def _entries(options: argparse.Namespace) -> list[Entry]:
    """The annexes of the part that was asked for."""
    part = options.part
    return [e for e in read_set() if part in ("all", e.split) or (part == "guard" and e.guard)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    made = argparse.ArgumentParser(add_help=False)
    made.add_argument("--set", dest="folder", type=Path, default=MADE, help="(%(default)s)")
    made.add_argument("--part", choices=PARTS, default="all", help="of the set (%(default)s)")
    running = argparse.ArgumentParser(add_help=False)
    running.add_argument("--jobs", type=int, default=1, help="annexes at once (%(default)s)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    make = commands.add_parser("make", help="make the frozen set")
    make.add_argument("folder", nargs="?", type=Path, default=MADE, help="(%(default)s)")
    make.add_argument("--part", choices=PARTS, default="all", help="of the set (%(default)s)")
    make.add_argument("--freeze", action="store_true", help="write a new version of the set")
    make.add_argument(
        "--unchecked", action="store_true", help="take annexes that are not the frozen ones too"
    )
    make.set_defaults(command=_make)

    run = commands.add_parser("run", parents=[made, running], help="run a tool")
    run.add_argument("tool", help=f"the path of an adapter, or one of {', '.join(NAMES)}")
    run.add_argument("--python", type=Path, help="that has the tool (.venv-bench/bin/python)")
    run.add_argument("--out", type=Path, help="(TOOL.jsonl)")
    run.set_defaults(command=_run)

    score = commands.add_parser("score", parents=[made], help="score an output")
    score.add_argument("output", type=Path)
    score.set_defaults(command=_score)

    compare = commands.add_parser("compare", parents=[running], help="run, score, store, write")
    compare.add_argument("tools", nargs="*", help="(all)")
    compare.add_argument("--set", dest="folder", type=Path, default=MADE, help="(%(default)s)")
    compare.set_defaults(command=_compare)

    report = commands.add_parser("report", help="write the docs' tables")
    report.set_defaults(command=lambda _: write_report(read_results()))
    return parser


if __name__ == "__main__":
    main()
