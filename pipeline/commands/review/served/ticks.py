"""Keeps which records of an annex a person has checked: `checked/<annex>.json`.

A tick is for one text: if a field of the record changes, the record counts as unchecked.
"""

import json
from datetime import date
from pathlib import Path

from msgspec import Struct, to_builtins

from pipeline.commands.review.annex_view import RecordView
from pipeline.errors import DataError
from pipeline.files import digest
from pipeline.files.atomic import lock_folder, write_content
from pipeline.files.strict_json import NotJsonError, decode_json

CHECKED = "checked"
"""The folder of these files, beside that of corrections."""
_DIGITS = 16  # of a hash; judgement: no two texts of a record share them


class Tick(Struct, frozen=True):
    """A person has compared a record with its page."""

    who: str
    when: str
    """A date, such as 2026-11-23."""
    text: str
    """Hash of the texts that the record had."""


class Ticks:
    """The ticks of an annex, in its file. Several servers may use one file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, Tick]:
        """Record id → its tick, whether or not the record is still the same.

        Raises:
            DataError: The file is none of besshi.
        """
        if not self._path.exists():
            return {}
        try:
            return decode_json(self._path.read_bytes(), dict[str, Tick])
        except NotJsonError as error:
            raise DataError(f"{self._path}: is no file of ticks ({error}); remove it") from error

    def valid(self, records: list[RecordView]) -> dict[str, Tick]:
        """The ticks of records that are still what the person has seen."""
        ticks = self.read()
        return {
            record.record_id: tick
            for record in records
            if (tick := ticks.get(record.record_id)) and tick.text == digest_texts(record)
        }

    def put(self, record: RecordView, who: str, checked: bool) -> None:
        """Tick a record, or take its tick away.

        Raises:
            BusyError: Another server is writing in the folder.
        """
        with lock_folder(self._path.parent):
            ticks = self.read()
            ticks.pop(record.record_id, None)
            if checked:
                today = date.today().isoformat()
                ticks[record.record_id] = Tick(who, today, digest_texts(record))
            content = to_builtins(ticks)
            text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
            write_content(self._path, text)


def digest_texts(record: RecordView) -> str:
    """A hash of the texts of a record's fields."""
    return digest("", *(f"{field.name}\n{field.text}" for field in record.fields))[:_DIGITS]
