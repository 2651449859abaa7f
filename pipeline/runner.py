"""Annexes through the stages: one at a time or on several processes, file by file or at once."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline.errors import AnnexError, BesshiError, InputError, KnownError
from pipeline.model import Extracted, Issue, Normalized, Segmented
from pipeline.store import read_stage, write_annex, write_issues, write_stage


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one annex."""

    annex: str
    pages: int
    records: int
    issues: tuple[Issue, ...]

    @property
    def failed(self) -> bool:
        """Whether an error kept the annex from being read."""
        return any(issue.level == "error" for issue in self.issues)


def find_annexes(paths: Iterable[Path]) -> list[Path]:
    """The PDFs that files and folders name, folders searched to the bottom.

    Raises:
        InputError: A path is missing, nothing is there, or a file's name is no annex's id: two
            have it, or it is not UTF-8.
    """
    return _find(paths, ".pdf", "PDF")


def find_stage_files(folder: Path) -> list[Path]:
    """The files that the stage before left in a folder.

    Raises:
        InputError: There are none.
    """
    return _find([folder], ".json", "stage file")


def _find(paths: Iterable[Path], ending: str, kind: str) -> list[Path]:
    found: dict[str, Path] = {}
    for path in paths:
        if not path.exists():
            raise InputError(f"{path}: there is no such file or folder; check the path")
        inside = sorted(p for p in path.rglob("*") if p.suffix.lower() == ending and p.is_file())
        for file in inside if path.is_dir() else [path]:
            other = found.setdefault(_annex_id(file), file)
            if other.resolve() != file.resolve():
                raise InputError(
                    f"{file} and {other} have one name, which is the annex's id; rename one"
                )
        if path.is_dir() and not inside:
            raise InputError(f"{path}: holds no {kind} (*{ending}); name a folder that does")
    return [found[stem] for stem in sorted(found)]


def _annex_id(file: Path) -> str:
    try:
        file.stem.encode()
    except UnicodeEncodeError as error:  # as archives from Japanese Windows leave behind
        raise InputError(
            f"{file}: its name, which is the annex's id, is not UTF-8; rename it"
        ) from error
    return file.stem


def extract_file(path: Path, jobs: int = 1) -> Extracted:
    """extract for one PDF and what is known about it; what stops it becomes an `error` issue.

    Args:
        path: The PDF.
        jobs: Processes for pages that are recognised from their picture.
    """
    from pipeline.extract import apply_known, extract_annex, read_known

    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}); check its rights"
        return Extracted(path.stem, "", issues=(Issue("error", "extract", "unreadable", message),))
    beside = path.with_suffix(".yml")
    try:
        known = read_known(beside, data)
        return apply_known(extract_annex(path.stem, data, jobs), known)
    except AnnexError as error:
        file = beside if isinstance(error, KnownError) else path
        issue = Issue("error", "extract", error.code, f"{file}: {error}")
    except Exception as error:  # a bug must cost its annex only, not the run
        issue = _unexpected("extract", str(path), error)
    return Extracted(path.stem, hashlib.sha256(data).hexdigest(), issues=(issue,))


def segment_extracted(extracted: Extracted) -> Segmented:
    """segment for one annex."""
    from pipeline.segment import segment_annex

    try:
        return segment_annex(extracted)
    except Exception as error:  # as above
        issue = _unexpected("segment", extracted.annex, error)
        return Segmented(
            extracted.annex, extracted.source_sha256, issues=(*extracted.issues, issue)
        )


def normalize_segmented(segmented: Segmented) -> Normalized:
    """normalize for one annex."""
    from pipeline.normalize import normalize_annex

    try:
        return normalize_annex(segmented)
    except Exception as error:  # as above
        issue = _unexpected("normalize", segmented.annex, error)
        return Normalized(
            segmented.annex,
            segmented.source_sha256,
            issues=(*segmented.issues, issue),
            failed=True,
        )


def _unexpected(stage: str, what: str, error: Exception) -> Issue:
    return Issue(
        "error",
        stage,
        "internal",
        f"{what}: besshi failed in {stage} ({type(error).__name__}: {error}); "
        "please report it with the file",
    )


def run_annex(path: Path, out: Path, jobs: int = 1) -> Outcome:
    """All stages for one PDF, its files written."""
    return _finish(normalize_segmented(segment_extracted(extract_file(path, jobs))), out)


def _finish(normalized: Normalized, out: Path) -> Outcome:
    write_annex(normalized, out)
    return Outcome(
        normalized.annex,
        len(normalized.pages),
        len(normalized.records),
        tuple(normalized.issues),
    )


def extract_to(path: Path, out: Path, jobs: int = 1) -> Outcome:
    """extract for one PDF, its stage file written."""
    extracted = extract_file(path, jobs)
    write_stage(out / f"{path.stem}.json", extracted)
    return Outcome(path.stem, len(extracted.pages), 0, extracted.issues)


def segment_to(path: Path, out: Path) -> Outcome:
    """segment for one stage file, its stage file written."""
    segmented = segment_extracted(read_stage(path, Extracted))
    write_stage(out / path.name, segmented)
    records = sum(len(table.rows) for table in segmented.tables)
    return Outcome(path.stem, len(segmented.pages), records, segmented.issues)


def normalize_to(path: Path, out: Path) -> Outcome:
    """normalize for one stage file, the annex's files written."""
    return _finish(normalize_segmented(read_stage(path, Segmented)), out)


def share_jobs(files: Sequence[Path], jobs: int) -> int:
    """The processes that each annex may use for its pages, where there are fewer annexes."""
    return max(1, jobs // max(len(files), 1))


def for_each(
    work: Callable[[Path, Path], Outcome], files: Sequence[Path], out: Path, jobs: int
) -> Iterator[Outcome]:
    """Do the work for every file, on `jobs` processes; outcomes come as they are done.

    Raises:
        BesshiError: A process was ended from outside.
    """
    job = partial(_call, work, out)
    if jobs <= 1 or len(files) <= 1:
        yield from map(job, files)
        return
    with ProcessPoolExecutor(max_workers=min(jobs, len(files))) as pool:
        for future in as_completed([pool.submit(job, file) for file in files]):
            try:
                yield future.result()
            except BrokenProcessPool as error:
                raise BesshiError(
                    "a process was ended from outside, most likely for want of memory; "
                    "try with fewer --jobs"
                ) from error


def _call(work: Callable[[Path, Path], Outcome], out: Path, file: Path) -> Outcome:
    return work(file, out)


def record_issues(out: Path, outcomes: Iterable[Outcome]) -> None:
    """Write what a person should know into `issues.parquet`."""
    write_issues(out / "issues.parquet", {o.annex: o.issues for o in outcomes})
