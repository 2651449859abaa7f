"""Checks the stage file of an annex, on which the next stage relies."""

from collections.abc import Iterator, Mapping

from pipeline.batch.manifest import ManifestEntry, data_files, entry_file
from pipeline.commands.verify.findings import Finding
from pipeline.errors import DataError
from pipeline.files.stage_json import decode_stage
from pipeline.model import Extracted, Segmented

STAGE_FILES: Mapping[str, type[Extracted] | type[Segmented]] = {
    "extract": Extracted,
    "segment": Segmented,
}
"""Stage → the type in its files."""


def check_stage_file(entry: ManifestEntry, contents: Mapping[str, bytes]) -> Iterator[Finding]:
    """Check the stage file of a manifest entry.

    Args:
        contents: Name → content of its file, if it is there.
    """
    (name,) = data_files(entry.annex, entry.stage)
    if name not in entry.files:
        yield Finding(entry_file(entry.annex), "names no stage file")
    if name not in contents:
        return
    try:
        content = decode_stage(name, contents[name], STAGE_FILES[entry.stage])
    except DataError as error:
        yield Finding(name, str(error).removeprefix(f"{name}: "))
        return
    header = content.header
    expected = (entry.annex, entry.source_sha256, entry.parameters_sha256, entry.issues)
    if (header.annex, header.source_sha256, header.parameters_sha256, header.issues) != expected:
        yield Finding(name, "differs from its entry in annex, PDF, .yml or issues")
