"""Makes the records of one annex anew with other corrections, from what is kept in memory."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from pipeline.commands.review.annex_view import AnnexView, RecordView
from pipeline.commands.review.served.doubts import Doubts, find_doubts
from pipeline.commands.review.served.line_ends import find_line_ends
from pipeline.commands.review.served.refusals import ConflictError, RefusedError
from pipeline.commands.review.served.source import Reading
from pipeline.commands.review.views import make_view
from pipeline.curation.corrections import parse_corrections
from pipeline.model import Normalized
from pipeline.normalize import RecordWriter
from pipeline.normalize.record import RecordField
from pipeline.stages import normalize_segmented


class Engine:
    """An annex in memory, with the corrections that it was made with last."""

    def __init__(self, reading: Reading, file: Path, corrections: bytes) -> None:
        self.reading, self.segmented = reading, reading.segmented
        self.writer = RecordWriter(self.segmented)
        self._file = file
        self.corrections = corrections
        self.normalized = self._normalize(corrections)

    def _normalize(self, corrections: bytes) -> Normalized:
        return normalize_segmented(
            self.segmented, str(self._file), corrections or None, self.writer
        )

    def correct(self, corrections: bytes) -> None:
        """Make the records anew.

        Args:
            corrections: The content of the file of corrections.

        Raises:
            RefusedError: They cannot be applied; the records stay as they were.
        """
        normalized = self._normalize(corrections)
        _stop_if_failed(normalized)
        self.normalized, self.corrections = normalized, corrections

    def find_field(self, record: str, name: str) -> tuple[RecordField, str]:
        """A field without its correction, and the text that it has now.

        Raises:
            ConflictError: The annex has no such record or field any more.
            RefusedError: Its file of corrections is not as it should be.
        """
        _stop_if_failed(self.normalized)
        entry = self.writer.find_fields(record).get(name)
        if entry is None:
            raise ConflictError(f"{record} has no field {name!r} any more; load the page again")
        for correction in parse_corrections(self.corrections):
            if (correction.record, correction.field) == (record, name):
                return entry, correction.right
        return entry, entry.text.value

    def view(self) -> AnnexView:
        """What the page shows; without pictures."""
        made = self.normalized
        rows, pages, breaks, issues = map(
            msgspec.to_builtins, (made.records, made.pages, made.breaks, made.header.issues)
        )
        annex = made.header.annex
        return make_view(annex, rows, pages, breaks, [{"annex": annex, **row} for row in issues])

    def changed_since(self, before: Normalized) -> Sequence[RecordView]:
        """The records that are not as they were before."""
        pairs = zip(before.records, self.normalized.records, strict=True)
        changed = {new.record_id: new for old, new in pairs if old != new}
        breaks = [one for one in self.normalized.breaks if one.record_id in changed]
        rows = msgspec.to_builtins(list(changed.values()))
        annex = self.normalized.header.annex
        return make_view(annex, rows, [], msgspec.to_builtins(breaks), []).records

    def line_ends(self, record: RecordView) -> dict[str, list[bool]]:
        """Id of a field → for each of its line ends whether its text breaks there now."""
        entries = self.writer.find_fields(record.record_id)
        return {
            field.id: find_line_ends(entries[field.name], field.text)
            for field in record.fields
            if field.removed_breaks or field.kept_breaks
        }

    def doubts(self, record: RecordView) -> Doubts:
        """The doubtful characters of a record that was recognised on a picture."""
        entries = self.writer.find_fields(record.record_id)
        found = {
            field.id: find_doubts(entries[field.name], self.segmented.pages)
            for field in record.fields
            if field.text == entries[field.name].text.value
        }
        return {name: doubts for name, doubts in found.items() if doubts}


def _stop_if_failed(normalized: Normalized) -> None:
    for issue in normalized.header.issues:
        if issue.is_error:
            raise RefusedError(issue.message)
