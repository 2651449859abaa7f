"""Where calls are made, and what the processes for it have to import.

The functions here are found in this module by those processes.
"""

import os
import sys
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.batch.executor import BatchOptions, Executor
from pipeline.batch.resource_limits import Limits
from tests.support.pdfs import OTA
from tests.support.processes import python

ONE = BatchOptions(jobs=1, limits=Limits(seconds=60))
HEAVY = {"email", "numpy", "pandas", "pdfminer", "pyarrow", "sudachipy", "yaml"}
NOT_FOR_A_TEXT_LAYER = {
    "charset_normalizer.api",
    "concurrent.futures.process",
    "cv2",
    "numpy.ma",
    "onnxruntime",
    "pandas",
    "pipeline.normalize.ocr_repair.steps",
    "pyarrow._s3fs",
    "pyarrow.compute",
    "pyarrow.dataset",
    "pypdfium2",
}


def process_id(_: object) -> int:
    return os.getpid()


def read(pdf: str) -> list[str]:
    """What is imported once an annex is read and its files are encoded."""
    from pipeline.files.parquet import encode_annex
    from pipeline.stages import extract_file, normalize_segmented, segment_extracted

    segmented = segment_extracted(extract_file(Path(pdf), 1))
    assert encode_annex(normalize_segmented(segmented, "", None))
    return sorted(NOT_FOR_A_TEXT_LAYER & set(sys.modules))


def allocator(_: object) -> str:
    """Where pyarrow has its memory from."""
    import pyarrow

    return str(pyarrow.default_memory_pool().backend_name)


def exit_here_only(here: int) -> int:
    """End the process unless it is this one."""
    if os.getpid() != here:
        os._exit(3)
    return here


def test_a_call_goes_to_a_process_that_is_there() -> None:
    with closing(Executor(ONE)) as executor:
        (first,) = executor.execute(process_id, [0])
        assert executor.call(process_id, 0) == first != os.getpid()


def test_arrow_gives_memory_back_to_the_system() -> None:
    with closing(Executor(ONE)) as executor:
        assert [*executor.execute(allocator, [0])] == ["system"]


def test_a_call_that_no_other_process_answers_is_made_here() -> None:
    with closing(Executor(ONE)) as executor:
        assert executor.call(exit_here_only, os.getpid()) == os.getpid()


@pytest.mark.parametrize("options", [BatchOptions(jobs=0), BatchOptions(cluster="local")])
def test_a_call_is_made_here_without_processes(options: BatchOptions) -> None:
    with closing(Executor(options)) as executor:
        assert executor.call(process_id, 0) == os.getpid()


def test_a_text_layer_is_read_without_what_pictures_and_queries_need() -> None:
    with closing(Executor(ONE)) as executor:
        assert list(executor.execute(read, [str(OTA)])) == [[]]


def test_pdfminer_does_not_look_up_its_version() -> None:
    """With `email`, which that needs, it would take 20 ms of every run."""
    looks_up = "__import__('pdfminer.pdfpage') and 'email' in __import__('sys').modules"
    with closing(Executor(ONE)) as executor:  # not in a function here: pytest needs `email` too
        assert list(executor.execute(eval, [looks_up])) == [False]


def test_msgspec_comes_without_typing_extensions() -> None:
    """It takes of them what `typing` has: 12 ms of each process."""
    with closing(Executor(ONE)) as executor:
        imported = "'typing_extensions' in __import__('sys').modules"
        assert list(executor.execute(eval, [imported])) == [False]
    run = "import sys; sys.argv = ['besshi', '--version']; import besshi\ntry: besshi.main()"
    done = python(f"{run}\nfinally: print('typing_extensions' in sys.modules)")
    assert done.stdout.splitlines()[-1] == "False"


def test_a_run_itself_imports_only_what_it_needs_to_plan(tmp_path: Path) -> None:
    """Its worker reads the annex and encodes all files: each import would be paid twice."""
    done = python(f"""
import sys
from click.testing import CliRunner
from pipeline.commands.app import main
arguments = ["run", {str(OTA)!r}, "--out", {str(tmp_path)!r}, "--jobs", "1"]
done = CliRunner().invoke(main, arguments)
assert done.exit_code == 0, done.output
print(*sorted({HEAVY!r} & set(sys.modules)))
""")
    assert (tmp_path / "issues.parquet").exists(), done.stderr
    assert done.stdout.split() == []
