"""What a stage depends on, as the imports say; DVC and the fingerprint must name all of it."""

from functools import cache

import grimp
import pytest
import yaml

from pipeline.batch.fingerprint import SHARED
from tests.support.pdfs import ROOT

STAGES = ("extract", "segment", "normalize")
PARTS = {*STAGES, "judge", "evaluate"}
"""What does the work of a stage, and is not shared by all; judge is the last step of normalize."""


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("pipeline")


def imported(package: str) -> set[str]:
    """The parts of `pipeline` that a package imports, itself included: `extract`, `errors.py` …"""
    upstream = graph().find_upstream_modules(f"pipeline.{package}", as_package=True)
    return {as_part(module) for module in upstream} | {as_part(f"pipeline.{package}")}


def as_part(module: str) -> str:
    name = module.split(".")[1] if "." in module else "__init__"
    return name if (ROOT / "pipeline" / name).is_dir() else f"{name}.py"


def test_the_fingerprint_names_what_the_stages_import() -> None:
    """A part that is missing there would leave outdated records in place."""
    parts = set().union(*(imported(stage) for stage in STAGES), imported("stages"))
    assert parts - {"evaluate"} <= {*SHARED, *STAGES, "judge"}
    assert all((ROOT / "pipeline" / part).exists() for part in SHARED)


@pytest.mark.parametrize("stage", [*STAGES, "evaluate"])
def test_dvc_runs_a_stage_again_when_its_code_changes(stage: str) -> None:
    document = yaml.safe_load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))
    named = {
        dep.removeprefix("pipeline/")
        for dep in document["stages"][stage]["deps"]
        if dep.startswith("pipeline/")
    }
    own = {stage, "judge"} if stage == "normalize" else {stage}
    runner = imported("batch") - PARTS
    assert imported(stage) | runner | own <= named
    assert not named & (PARTS - own)
