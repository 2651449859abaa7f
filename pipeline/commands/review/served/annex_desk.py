"""One annex on the server: what its page shows, and what a person does there."""

import contextlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.batch.resource_limits import Limits
from pipeline.commands.annex.accept import accept_reading
from pipeline.commands.annex.draft import make_draft
from pipeline.commands.annex.next_steps import Step, list_steps_after_accepting
from pipeline.commands.annex.project import Project
from pipeline.commands.review.annex_view import AnnexView, with_pictures, with_records
from pipeline.commands.review.served.changes import Change, Changed
from pipeline.commands.review.served.doubts import Doubts
from pipeline.commands.review.served.engine import Engine
from pipeline.commands.review.served.line_ends import change_line_ends
from pipeline.commands.review.served.refusals import ConflictError, RefusedError, UnknownError
from pipeline.commands.review.served.results import write_corrected, write_draft
from pipeline.commands.review.served.source import Source, read_source
from pipeline.commands.review.served.ticks import Tick, Ticks
from pipeline.curation.corrections_file import drop_correction, put_correction
from pipeline.errors import BesshiError, BusyError, CorrectionError
from pipeline.files import digest
from pipeline.files.atomic import lock_folder, remove_file, write_content
from pipeline.model import Correction, Normalized


class AnnexDesk:
    """One annex; its methods may be called by several threads at once."""

    def __init__(
        self,
        view: AnnexView,
        source: Source | str,
        project: Project,
        corrections: Path,
        ticks: Ticks,
        limits: Limits,
    ) -> None:
        """Open an annex.

        Args:
            view: As its results are, with pictures.
            source: What they were made from; a str says why nobody knows.
            ticks: Which of its records are checked.
            limits: Of reading its PDF again.
        """
        self._view, self._source = view, source
        self._project, self.file, self._ticks = project, corrections, ticks
        self._limits = limits
        self._lock, self._loading, self._writing = (threading.Lock() for _ in range(3))
        self._engine: Engine | None = None
        self._stale = self._unwritten = False
        """Whether the view, and the results in the folder, are not what the engine has made."""
        self._unseen = False
        """Whether the folder's results, which the page shows, were older than the corrections."""
        self.version = digest(self._read())

    # --- what is shown

    def view(self) -> AnnexView:
        """What the page shows: of the file of corrections as it is now."""
        with self._lock:
            content = self._read()
            if self._engine is not None and content != self._engine.corrections:
                with contextlib.suppress(RefusedError):  # the next save says why
                    self._engine.correct(content)
                    self._stale = self._unwritten = True
            if self._engine is not None and self._stale:
                self._view = with_pictures(self._engine.view(), self._view)
                self._stale = False
            self.version, self._unseen = digest(content), False
            return self._view

    def ticks(self) -> dict[str, Tick]:
        """Record id → who has checked it."""
        return self._ticks.valid(list(self._view.records))

    def details(self) -> tuple[dict[str, list[bool]], Doubts]:
        """Of each field its line ends and doubtful characters, as far as they differ from the page.

        Raises:
            RefusedError: The annex cannot be read again.
        """
        engine = self.load()
        with self._lock:
            ends: dict[str, list[bool]] = {}
            doubts: dict[str, Any] = {}
            for record in self._view.records:
                if "corrected" in record.flags:
                    ends |= engine.line_ends(record)
                if record.source != "text_layer":
                    doubts |= engine.doubts(record)
            return ends, doubts

    # --- what is done

    def load(self) -> Engine:
        """Read the annex into memory, once.

        Raises:
            RefusedError: It cannot be read again.
        """
        with self._loading:
            if self._engine is None:
                if isinstance(self._source, str):
                    raise RefusedError(f"nothing can be saved: {self._source}")
                try:
                    reading = read_source(self._source, self._limits)
                except (BesshiError, OSError) as error:
                    raise RefusedError(f"nothing can be saved: {error}") from error
                engine = Engine(reading, self.file, self._read())
                with self._lock:
                    before, self._view = self._view, with_pictures(engine.view(), self._view)
                    self._unseen = self._view.texts != before.texts
                    self._engine = engine
            return self._engine

    def save(self, change: Change) -> Changed:
        """Write a correction, and make the record anew.

        Raises:
            ConflictError: Somebody else has changed the field or the file.
            RefusedError: It cannot be saved.
        """
        engine = self.load()
        with self._lock:
            for key in ("who", "why"):
                if not getattr(change, key).strip():
                    raise RefusedError(f"{key} is empty; fill it in")
            content = self._read()
            if digest(content) != change.version:
                raise _conflict(self.file)
            if content != engine.corrections:  # somebody has edited it, and the page was told
                engine.correct(content)
            entry, text = engine.find_field(change.record, change.field)
            if text != change.shown:
                raise ConflictError(f"{change.record} has another text by now; load the page again")
            right = text if change.right is None else _without_blank_lines(change.right)
            if change.line_ends:
                right = change_line_ends(
                    entry,
                    right,
                    change.line_ends,
                    lambda ends: engine.writer.join_lines(entry, ends),
                )
            made = Correction(
                change.record, change.field, entry.text.value, right, change.why, change.who
            )
            before = engine.normalized
            self._write_file(engine, change.version, lambda content: _put(content, made))
            self._stale = self._unwritten = True
            return self._describe(engine, before)

    def tick(self, record: str, who: str, checked: bool) -> int:
        """Tick a record, or take its tick away.

        Returns:
            How many records are ticked now.

        Raises:
            RefusedError: It cannot be saved.
        """
        with self._lock:
            views = {view.record_id: view for view in self._view.records}
            if record not in views:
                raise UnknownError(f"there is no record {record}")
            try:
                self._ticks.put(views[record], who, checked)
            except BusyError as error:
                raise RefusedError("another person is saving now; try again") from error
            return len(self.ticks())

    def accept(self, version: str, who: str) -> list[Step]:
        """Accept what the page shows as the truth of the annex.

        Returns:
            What to do next.

        Raises:
            ConflictError: The corrections are not those that the page shows.
            RefusedError: It cannot be accepted.
        """
        engine = self.load()
        try:
            self.write()  # what is accepted is what the folder has
            with self._lock:
                if {digest(self._read()), digest(engine.corrections)} != {version}:
                    raise _conflict(self.file)
                if self._unseen:
                    raise ConflictError(
                        "the results were older than the corrections; load the page again to see "
                        "what is accepted"
                    )
                reading = make_draft(engine.segmented, engine.normalized, engine.corrections)
                accept_reading(self._project, reading, who)
        except (BesshiError, OSError) as error:
            raise RefusedError(str(error)) from error
        return list_steps_after_accepting(self._project, reading.annex)

    def write(self) -> None:
        """Write the results into their folder, if they have changed since they were written.

        Raises:
            BusyError: A run is writing into the folder.
            OSError: They cannot be written.
        """
        with self._writing:
            with self._lock:
                engine, source = self._engine, self._source
                if not self._unwritten or engine is None or isinstance(source, str):
                    return
                made, corrections = engine.normalized, engine.corrections
                self._unwritten = False
            try:  # without the lock: a save must not wait for the disk
                write_corrected(source, engine.reading.hashes, made, corrections)
                write_draft(self._project, engine.segmented, made, corrections)
            except BaseException:
                self._unwritten = True
                raise

    # --- helpers

    def _read(self) -> bytes:
        return self.file.read_bytes() if self.file.exists() else b""

    def _write_file(self, engine: Engine, version: str, change: Callable[[bytes], bytes]) -> None:
        """Change the file of corrections, if it is still what the page was told."""
        try:
            with lock_folder(self.file.parent):
                content = self._read()
                if digest(content) != version:
                    raise _conflict(self.file)
                made = change(content)
                engine.correct(made)
                if made:
                    write_content(self.file, made)
                else:
                    remove_file(self.file)
        except BusyError as error:
            raise RefusedError("another person is saving now; try again") from error
        except CorrectionError as error:
            raise RefusedError(f"{self.file}: {error}") from error
        self.version = digest(made)

    def _describe(self, engine: Engine, before: Normalized) -> Changed:
        records = engine.changed_since(before)
        self._view = with_records(self._view, records)
        ends: dict[str, list[bool]] = {}
        doubts: dict[str, Any] = {}
        for record in records:
            ends |= engine.line_ends(record)
            doubts |= engine.doubts(record)
        return Changed(self.version, records, ends, doubts)


def _put(content: bytes, made: Correction) -> bytes:
    if made.found == made.right:
        return drop_correction(content, made.record, made.field)
    return put_correction(content, made)


def _without_blank_lines(text: str) -> str:
    """The text as records keep it."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(line for line in lines if line.strip())


def _conflict(file: Path) -> ConflictError:
    return ConflictError(
        f"{file} has changed since this page was loaded, by another person or program; "
        "load the page again to see it"
    )
