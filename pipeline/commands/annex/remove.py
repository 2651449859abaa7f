"""Takes an annex out of the project."""

import shutil
from pathlib import Path

from pipeline.commands.annex.project import Project, check_id
from pipeline.errors import InputError
from pipeline.files.atomic import remove_file


def remove_annex(project: Project, annex: str, force: bool) -> list[Path]:
    """Remove all files of an annex but its results in `parsed`, which the next run removes.

    Args:
        force: Whether a person's work is removed too: an accepted truth, and corrections.

    Returns:
        What was removed.

    Raises:
        InputError: There is no such annex; or there is a person's work, and not `force`.
    """
    work = _existing(project.truth(check_id(annex)), project.corrections(annex))
    files = _existing(*_inputs(project, annex), project.draft(annex), *work)
    results = project.draft_results(annex)
    if not files and not results.exists():
        raise InputError(
            f"{project.pdf(annex)}: there is no such annex; `besshi summary` lists all"
        )
    if work and not force:
        raise InputError(
            f"{' and '.join(map(str, work))}: a person's work, and nothing was removed; "
            f"`besshi annex remove {annex} --force` removes it with the annex"
        )
    for path in files:
        remove_file(path)
    if results.exists():
        shutil.rmtree(results)
        files.append(results)
    return files


def _inputs(project: Project, annex: str) -> list[Path]:
    """Its PDF, in whichever folder below `raw_pdfs` that is, and the `.yml` beside it."""
    found = [Path(f.main_file.address) for f in project.find().annexes if f.annex == annex]
    pdf = found[0] if found else project.pdf(annex)
    return [pdf, pdf.with_suffix(".yml")]


def _existing(*paths: Path) -> list[Path]:
    return [path for path in paths if path.exists()]
