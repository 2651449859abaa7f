"""Where a project keeps what belongs to an annex."""

import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch.discovery import Found, add_corrections, find_annexes
from pipeline.errors import InputError
from pipeline.files import find_files

_ID = re.compile(r"\w[\w-]*")


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with `raw_pdfs` in it."""

    root: Path

    @property
    def pdfs(self) -> Path:
        """The PDFs, and beside each what is known about it."""
        return self.root / "raw_pdfs"

    @property
    def truths(self) -> Path:
        """The truth files that the tests hold records against."""
        return self.root / "tests" / "golden"

    def pdf(self, annex: str) -> Path:
        """The PDF of an annex that is added."""
        return self.pdfs / f"{annex}.pdf"

    def known(self, annex: str) -> Path:
        """What is known about it."""
        return self.pdfs / f"{annex}.yml"

    def truth(self, annex: str) -> Path:
        """What its records should be, by the word of a person."""
        return self.truths / f"{annex}.json"

    def draft(self, annex: str) -> Path:
        """What besshi takes for its records: in a folder where nobody looks for truth."""
        return self.truths / "drafts" / f"{annex}.json"

    def new(self, annex: str) -> Path:
        """The records that the draft was made from."""
        return self.root / "parsed" / "new" / annex

    def shown(self, path: Path) -> str:
        """A path as a person in the project writes it."""
        return str(path.relative_to(self.root)) if self.root == Path() else str(path)

    def find(self) -> Found:
        """All annexes, each with the file of its corrections."""
        listed = find_files(str(self.pdfs))
        if not any(file.address.lower().endswith(".pdf") for file in listed):
            return Found([], ())
        corrections = self.root / "corrections"
        found = find_annexes([str(self.pdfs)])
        return add_corrections(found, str(corrections)) if corrections.is_dir() else found


def open_project(root: Path) -> Project:
    """The project in a folder.

    Raises:
        InputError: There is none.
    """
    project = Project(root)
    if not project.pdfs.is_dir():
        raise InputError(
            f"{project.pdfs}: there is no such folder; go to the top of the project, or name it "
            "with --project"
        )
    return project


def check_id(annex: str) -> str:
    """An annex's id, which is also the name of its files.

    Raises:
        InputError: It cannot be one.
    """
    if not _ID.fullmatch(annex):
        raise InputError(
            f"{annex}: is no id; name one with --id, of letters, figures, _ and -, "
            "such as ota_annex_2026"
        )
    return annex
