"""The stage file of an annex: what the next stage relies on."""

from collections.abc import Iterator, Mapping

from pipeline.batch.manifest import Entry, data_files, entry_file
from pipeline.commands.verify.findings import Finding
from pipeline.errors import DataError
from pipeline.files.stage_json import decode_stage
from pipeline.model import Extracted, Segmented

STAGE_FILES: Mapping[str, type[Extracted] | type[Segmented]] = {
    "extract": Extracted,
    "segment": Segmented,
}
"""Stage → what its files hold."""


def find_in_stage_file(entry: Entry, contents: Mapping[str, bytes]) -> Iterator[Finding]:
    """What is wrong with the stage file of an entry.

    Args:
        entry: What the manifest says.
        contents: Name → content of its file, if it is there.
    """
    (name,) = data_files(entry.annex, entry.stage)
    if name not in entry.files:
        yield Finding(entry_file(entry.annex), "names no stage file")
    if name not in contents:
        return
    try:
        held = decode_stage(name, contents[name], STAGE_FILES[entry.stage])
    except DataError as error:
        yield Finding(name, str(error).removeprefix(f"{name}: "))
        return
    header = held.header
    due = (entry.annex, entry.source_sha256, entry.parameters_sha256, entry.issues)
    if (header.annex, header.source_sha256, header.parameters_sha256, header.issues) != due:
        yield Finding(name, "is of another annex, PDF or .yml than its entry, or has other issues")
