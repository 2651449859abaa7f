"""Knows where a project keeps the files of an annex."""

import re
from pathlib import Path

from msgspec import Struct

from pipeline.batch.discovery import CORRECTIONS, FoundAnnexes, add_corrections, find_annexes
from pipeline.errors import InputError
from pipeline.files import find_files

_ID = re.compile(r"\w[\w-]*")


class Project(Struct, frozen=True):
    """A project: a folder with `raw_pdfs` in it."""

    root: Path

    @property
    def pdfs(self) -> Path:
        """The folder of PDFs, each with its spec beside it."""
        return self.root / "raw_pdfs"

    @property
    def truths(self) -> Path:
        """The folder of truth files, which the tests compare records with."""
        return self.root / "tests" / "golden"

    def pdf(self, annex: str) -> Path:
        """The PDF of an annex that is added."""
        return self.pdfs / f"{annex}.pdf"

    def spec(self, annex: str) -> Path:
        """What a person knows about it."""
        return self.pdfs / f"{annex}.yml"

    def truth(self, annex: str) -> Path:
        """What its records should be, as a person has accepted it."""
        return self.truths / f"{annex}.json"

    def draft(self, annex: str) -> Path:
        """What besshi reads as its records, in a folder that no test takes for truth."""
        return self.truths / "drafts" / f"{annex}.json"

    @property
    def all_corrections(self) -> Path:
        """The folder of corrections."""
        return self.root / CORRECTIONS

    def corrections(self, annex: str) -> Path:
        """What readers found wrong in its records."""
        return self.all_corrections / f"{annex}.yml"

    def read_corrections(self, annex: str) -> bytes:
        """The content of that file; b"": there is none."""
        file = self.corrections(annex)
        return file.read_bytes() if file.exists() else b""

    def draft_results(self, annex: str) -> Path:
        """The folder of results that the draft was made from."""
        return self.root / "parsed" / "new" / annex

    def display_path(self, path: Path) -> str:
        """A path as a person in the project would write it."""
        return str(path.relative_to(self.root)) if self.root == Path() else str(path)

    def find(self) -> FoundAnnexes:
        """Find all annexes, each with its file of corrections."""
        listed = find_files(str(self.pdfs))
        if not any(file.address.lower().endswith(".pdf") for file in listed):
            return FoundAnnexes([], ())
        corrections = self.all_corrections
        found = find_annexes([str(self.pdfs)])
        return add_corrections(found, str(corrections)) if corrections.is_dir() else found


def open_project(root: Path) -> Project:
    """The project in a folder.

    Raises:
        InputError: The folder holds no project.
    """
    project = Project(root)
    if not project.pdfs.is_dir():
        raise InputError(
            f"{project.pdfs}: there is no such folder; go to the top folder of the project, or "
            "name that with --project"
        )
    return project


def check_id(annex: str) -> str:
    """An annex's id, which also names its files.

    Raises:
        InputError: It cannot be an id.
    """
    if not _ID.fullmatch(annex):
        raise InputError(
            f"{annex}: is not an id, which has letters, digits, _ and - only, such as "
            "ota_annex_2026; `besshi annex add` takes one behind --id"
        )
    return annex
