"""Looks at a folder of results before a command reads it."""

from collections.abc import Mapping
from pathlib import Path

from pipeline.batch.issues_file import ISSUES_FILE
from pipeline.batch.manifest import ManifestEntry, find_incomplete, read_manifest
from pipeline.commands.run_summary import name_annexes
from pipeline.commands.terminal import print_message
from pipeline.errors import InputError, no_results
from pipeline.files import open_folder


def check_results(folder: Path, takes_parts: bool = True) -> Mapping[str, ManifestEntry]:
    """Warn of annexes that a folder does not hold completely: their files may be of two runs.

    Args:
        takes_parts: Whether the command can take what `besshi compact` wrote.

    Returns:
        Its manifest.

    Raises:
        InputError: No run has written the folder, or it holds parts.
    """
    results = open_folder(str(folder))
    entries = read_manifest(results)
    is_listed = any(entry.has_records for entry in entries.values())
    # A draft of `besshi annex add` has no manifest.
    if not is_listed and not (folder / ISSUES_FILE).exists() and not (folder / "records").is_dir():
        raise no_results(folder)
    if not takes_parts and any(entry.is_part for entry in entries.values()):
        raise InputError(f"{folder}: holds parts; name the folder that they were merged from")
    if names := find_incomplete(results, entries):
        print_message(
            f"besshi: warning: {folder}: incomplete results for: {name_annexes(names)}; "
            "do `besshi run` again"
        )
    elif is_listed and not (folder / ISSUES_FILE).exists():
        print_message(f"besshi: warning: {folder}: its run was stopped; do `besshi run` again")
    return entries
