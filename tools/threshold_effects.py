"""Move thresholds of besshi and measure what changes in the results of annexes."""

from __future__ import annotations

import dataclasses
import importlib
import multiprocessing
import signal
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import FrameType
from typing import Any
from unittest import mock

from msgspec import to_builtins

from pipeline import stages
from pipeline.evaluate.comparable import convert_record, read_truth
from pipeline.evaluate.scores import Comparable, Counts, compare_records
from pipeline.extract.ocr.dispatch import read_pictured
from pipeline.files import digest, truths
from pipeline.model import Extracted, Normalized, Segmented
from tools.thresholds import Threshold, find_copies

SHARE = 0.25
"""By so much of its value a threshold is moved."""
SCORES = ("record_f1", "whole", "flat", "break_f1")
PROCESSES = 2
LIMIT = 120
"""CPU seconds for one value over all annexes: a moved threshold may make besshi loop."""


@dataclasses.dataclass(frozen=True)
class Move:
    """A constant with another value."""

    threshold: Threshold
    index: tuple[int, ...]
    """Of the number, where the constant is a tuple."""
    direction: int
    """-1: less, 1: more."""

    @property
    def number(self) -> float:
        """The number as it is."""
        number: float = _pick(self.threshold.value, self.index)
        return number

    @property
    def label(self) -> str:
        """The constant and the number's place in it."""
        return self.threshold.name + "".join(f"[{i}]" for i in self.index)

    @property
    def value(self) -> Any:
        """The constant's other value."""
        number = self.number
        step = abs(number) * SHARE
        moved = number + self.direction * (max(1, round(step)) if isinstance(number, int) else step)
        return _put(self.threshold.value, self.index, moved)


@dataclasses.dataclass(frozen=True)
class Effect:
    """What a moved constant changes."""

    records: int = 0
    """Records with other texts, as many as there are on the side that has more of them."""
    fields: int = 0
    breaks: int = 0
    """Line ends that are kept or dropped otherwise."""
    other: bool = False
    """Anything else in the results differs: confidence, places, flags, issues."""
    failed: str = ""
    """Why there is no result."""
    scores: Mapping[str, float] = dataclasses.field(default_factory=dict)
    """How much each score rises."""

    @property
    def rank(self) -> tuple[object, ...]:
        """What is larger has the larger effect."""
        return bool(self.failed), self.records, self.fields, self.breaks, self.other

    @property
    def is_none(self) -> bool:
        """Nothing differs."""
        return not any(self.rank)

    def __str__(self) -> str:
        if self.failed:
            return self.failed
        if self.is_none:
            return "–"
        changed = f"{self.records} / {self.fields} / {self.breaks}"
        scores = (f"{name} {rise:+.3f}" for name, rise in self.scores.items() if abs(rise) >= 5e-4)
        only = "" if self.records or self.breaks else "confidence or places only"
        return ", ".join([only or changed, *scores])


@dataclasses.dataclass(frozen=True)
class Sample:
    """An annex of the set, with its results as the thresholds are."""

    name: str
    data: bytes
    truth: list[Comparable]
    drawings: Sequence[Any]
    """What extract makes of the pages before it looks for tables."""
    extracted: Extracted
    segmented: Segmented
    normalized: Normalized
    counts: Counts


class OutOfTimeError(BaseException):
    """A moved threshold takes too long; no stage may take this for an error of an annex."""


def list_moves(threshold: Threshold) -> Iterator[Move]:
    """Move each number of a constant down and up."""
    for index in _indices(threshold.value):
        if _pick(threshold.value, index):  # nothing is a quarter of 0
            yield from (Move(threshold, index, direction) for direction in (-1, 1))


def _indices(value: Any) -> Iterator[tuple[int, ...]]:
    if not isinstance(value, tuple):
        yield ()
        return
    for i, inner in enumerate(value):
        yield from ((i, *rest) for rest in _indices(inner))


def _pick(value: Any, index: Sequence[int]) -> Any:
    return _pick(value[index[0]], index[1:]) if index else value


def _put(value: Any, index: Sequence[int], number: float) -> Any:
    if not index:
        return number
    inner = _put(value[index[0]], index[1:], number)
    return (*value[: index[0]], inner, *value[index[0] + 1 :])


_PAGE = "pipeline.extract.page"
_READ = "pipeline.extract.annex.read_pictured"
_SAMPLES: list[Sample] = []


def measure(moves: Sequence[Move], folder: Path) -> Iterator[tuple[Move, Effect]]:
    """Measure each move on the annexes of a folder, in any order; progress goes to stderr."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(PROCESSES, _read_samples, (str(folder),)) as pool:
        for done, (move, effect) in enumerate(pool.imap_unordered(_measure_move, moves), start=1):
            sign = "-" if move.direction < 0 else "+"
            print(f"{done}/{len(moves)} {sign} {move.label}: {effect}", file=sys.stderr, flush=True)
            yield move, effect


def _extract(name: str, data: bytes) -> Extracted:
    pdf = stages.PdfContent(name, f"{name}.pdf", data, None, digest(data))
    return stages.extract_content(pdf)


def _read_samples(folder: str) -> None:
    for file in sorted(Path(folder).glob("*.pdf")):
        data = file.read_bytes()
        truth = read_truth(truths.read_truth(file.with_suffix(".json")))
        with _recorded_drawings() as drawings:
            extracted = _extract(file.stem, data)
        segmented = stages.segment_extracted(extracted)
        normalized = stages.normalize_segmented(segmented)
        counts = _score(truth, normalized)
        sample = Sample(file.stem, data, truth, drawings, extracted, segmented, normalized, counts)
        _SAMPLES.append(sample)


@contextmanager
def _recorded_drawings() -> Iterator[list[Any]]:
    """Keep what extract makes of the pages before it looks for tables."""
    drawings: list[Any] = []

    def recorded(*arguments: Any) -> Iterator[Any]:
        for drawing in read_pictured(*arguments):
            drawings.append(drawing)
            yield drawing

    with mock.patch(_READ, recorded):
        yield drawings


def _given_drawings(sample: Sample) -> AbstractContextManager[Any]:
    """Spare the parsing of an annex: where a constant is used behind it, that takes most time."""
    return mock.patch(_READ, lambda *_: iter(sample.drawings))


def _score(truth: Sequence[Comparable], normalized: Normalized) -> Counts:
    found = [convert_record(to_builtins(record)) for record in normalized.records]
    return compare_records(truth, found)[0]


def _measure_move(move: Move) -> tuple[Move, Effect]:
    signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    try:
        with _moved(move):
            results = [_run(sample, move.threshold.module) for sample in _SAMPLES]
    except OutOfTimeError:
        return move, Effect(failed=f"takes more than {LIMIT} s")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return move, _compare(_SAMPLES, results)


def _stop(number: int, frame: FrameType | None) -> None:
    raise OutOfTimeError


@contextmanager
def _moved(move: Move) -> Iterator[None]:
    """Give a constant its other value wherever it is held."""
    held = [(importlib.import_module(m), name) for m, name in find_copies(move.threshold)]
    try:
        for module, name in held:
            setattr(module, name, move.value)
        _clear_caches()
        yield
    finally:
        for module, name in held:
            setattr(module, name, move.threshold.value)
        _clear_caches()


def _clear_caches() -> None:
    """Forget what functions remember that was computed with the other value."""
    for name, module in list(sys.modules.items()):
        if name.startswith("pipeline."):
            for value in vars(module).values():
                if callable(clear := getattr(value, "cache_clear", None)):
                    clear()


def _run(sample: Sample, module: str) -> Normalized:
    """Run the stages that a moved constant concerns, as long as they give other results."""
    extracted, segmented = sample.extracted, sample.segmented
    package = module.split(".")[1]
    if package in ("extract", "vocabulary"):
        parsed = module.startswith(("pipeline.extract.tables", "pipeline.extract.lines", _PAGE))
        with _given_drawings(sample) if parsed else nullcontext():
            extracted = _extract(sample.name, sample.data)
    if package in ("segment", "vocabulary") or extracted != sample.extracted:
        segmented = stages.segment_extracted(extracted)
    if package in ("normalize", "vocabulary") or segmented != sample.segmented:
        return stages.normalize_segmented(segmented)
    return sample.normalized


def _compare(samples: Sequence[Sample], results: Sequence[Normalized]) -> Effect:
    old, new = [s.normalized for s in samples], list(results)
    pairs = [(s, n) for s, n in zip(samples, new, strict=True) if n != s.normalized]
    before = sum((s.counts for s in samples), Counts())
    changes = ((s.counts, _score(s.truth, n)) for s, n in pairs)
    after = sum((new_counts for _, new_counts in changes), Counts())
    for sample in samples:
        if all(sample is not s for s, _ in pairs):
            after += sample.counts
    rise = {name: after.scores()[name] - before.scores()[name] for name in SCORES}
    failed = [n.header.issues[-1].message for _, n in pairs if n.header.failed]
    return Effect(
        records=_count_changes(_texts(old), _texts(new)),
        fields=_count_changes(_fields(old), _fields(new)),
        breaks=_count_changes(_breaks(old), _breaks(new)),
        other=bool(pairs),
        failed=f"{len(failed)} annexes fail: {failed[0]}" if failed else "",
        scores=rise,
    )


def _count_changes(old: Iterable[object], new: Iterable[object]) -> int:
    one, other = Counter(old), Counter(new)
    return max((one - other).total(), (other - one).total())


def _texts(annexes: Iterable[Normalized]) -> Iterator[object]:
    for one in annexes:
        yield from ((one.header.annex, *record.list_texts()) for record in one.records)


def _fields(annexes: Iterable[Normalized]) -> Iterator[object]:
    for one in annexes:
        for record in one.records:
            yield from ((one.header.annex, field) for field in record.list_texts())


def _breaks(annexes: Iterable[Normalized]) -> Iterator[object]:
    for one in annexes:
        yield from ((one.header.annex, b.before, b.after, b.kept) for b in one.breaks)
