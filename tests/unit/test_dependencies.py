"""Every locked package is listed in docs/dependencies.md, with why and under which licence."""

import re
import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.documents import table
from tests.support.pdfs import ROOT

DOC = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
LOCKS = [
    ROOT / "requirements-dev.lock",
    ROOT / "requirements.lock",
    ROOT / "requirements-audit.lock",
    ROOT / "benchmarks" / "requirements.lock",
    ROOT / "tools" / "fuzz-requirements.lock",
    ROOT / "tools" / "recogniser" / "requirements.lock",
]
PINNED = re.compile(r"^([\w.-]+)==([^ \\;]+)", re.MULTILINE)
LOCKED = dict(PINNED.findall(LOCK))
DIRECT = {row[0]: row for row in table(DOC, "package | part")}
BROUGHT = {row[0]: row for row in table(DOC, "package | licence | brought by")}
FAMILIES = {
    "MIT": r"\bMIT\b",
    "BSD": r"BSD",
    "Apache": r"Apache",
    "MPL": r"MPL|Mozilla",
    "PSF": r"PSF|Python Software",
    "ZPL": r"ZPL|Zope",
    "EPL": r"EPL",
    "ISC": r"\bISC",
    "GPL": r"GPL|GNU General",
}
COPYLEFT = {"EPL", "GPL"}
RUNNING = ("core", "ocr", "pipeline", "query", "build")
"""The parts whose packages `make run` installs."""
ELSEWHERE = {"appnope", "pywin32", "pywinpty"}  # for other systems than the tests run on


def requirements(names: list[str]) -> dict[str, Requirement]:
    return {canonicalize_name(r.name): r for r in map(Requirement, names)}


def parts() -> dict[str, dict[str, Requirement]]:
    """Part of the project → what it requires by name."""
    project = PROJECT["project"]
    build = (ROOT / "requirements-build.in").read_text(encoding="utf-8").splitlines()
    named = [line.partition("#")[0].strip() for line in build]
    return {
        "core": requirements(project["dependencies"]),
        **{name: requirements(some) for name, some in project["optional-dependencies"].items()},
        "build": requirements([name for name in named if name]),
    }


def families(licence: str) -> set[str]:
    return {name for name, pattern in FAMILIES.items() if re.search(pattern, licence)}


def declared(package: str) -> str:
    """All that the installed package says of its licence."""
    said = metadata.metadata(package)
    lines = (said.get("License") or "").splitlines()[:1]
    classified = [c for c in said.get_all("Classifier", []) if c.startswith("License ::")]
    return " ".join([said.get("License-Expression") or "", *lines, *classified])


@cache
def reached(package: str, extras: frozenset[str] = frozenset()) -> frozenset[str]:
    """The package and all that it requires, on any system."""
    found: set[str] = set()
    waiting = [(package, extras)]
    seen = set()
    while waiting:
        name, wanted = waiting.pop()
        found.add(name)
        if (name, wanted) in seen or name in ELSEWHERE:
            continue
        seen.add((name, wanted))
        try:
            required = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        for requirement in map(Requirement, required):
            named = re.findall(r"extra == ['\"]([\w-]+)['\"]", str(requirement.marker))
            if not named or wanted.intersection(named):
                waiting.append((canonicalize_name(requirement.name), frozenset(requirement.extras)))
    return frozenset(found)


def test_every_locked_package_is_listed_and_no_other() -> None:
    assert {*DIRECT, *BROUGHT} == LOCKED.keys()
    assert not DIRECT.keys() & BROUGHT.keys()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_locked_package_has_a_hash(lock: Path) -> None:
    entries = re.split(r"^(?=[\w.-]+==)", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert len(entries) > 1
    assert all("--hash=sha256:" in entry for entry in entries[1:])


def test_what_running_needs_is_locked_alike_in_both_layers() -> None:
    """`make test` adds packages to those of `make run`; it must exchange none."""
    first = dict(PINNED.findall(LOCKS[1].read_text(encoding="utf-8")))
    assert first.items() <= LOCKED.items()
    required = {name: r for part in RUNNING for name, r in parts()[part].items()}
    assert required.keys() <= first.keys()
    needed = (reached(name, frozenset(r.extras)) for name, r in required.items())
    assert first.keys() <= frozenset().union(*needed)


@pytest.mark.parametrize("lock", LOCKS[2:], ids=lambda path: str(path.relative_to(ROOT)))
def test_a_program_beside_is_locked_and_listed(lock: Path) -> None:
    asked = re.findall(
        r"^([\w.-]+)==(\S+)", lock.with_suffix(".in").read_text(encoding="utf-8"), re.MULTILINE
    )
    locked = lock.read_text(encoding="utf-8")
    assert asked
    for name, version in asked:
        assert f"\n{name}=={version} " in locked
        assert f"\n| `{name}` |" in DOC


def test_what_the_project_requires_is_listed_by_part_with_a_reason() -> None:
    required = {(name, part) for part, some in parts().items() for name in some}
    listed = {(name, part) for name, row in DIRECT.items() for part in row[1].split(", ")}
    assert listed == required
    assert all(row[3] for row in DIRECT.values())


@pytest.mark.parametrize("package", sorted(LOCKED))
def test_the_licence_is_the_one_that_the_package_declares(package: str) -> None:
    listed = DIRECT[package][2] if package in DIRECT else BROUGHT[package][1]
    assert families(listed), f"{package}: {listed} is of no known family"
    if package not in ELSEWHERE:
        assert families(listed) == families(declared(package)), declared(package)


def test_what_brings_a_package_requires_it() -> None:
    own = {name: r for some in parts().values() for name, r in some.items()}
    for name, row in BROUGHT.items():
        for root in row[2].split(", "):
            required = reached(root, frozenset(own[root].extras))
            assert name in required, f"{root} does not require {name}"


def test_nothing_that_besshi_imports_is_copyleft() -> None:
    """DVC is a program of its own: besshi starts it from make and imports nothing of it."""
    for part in ("core", "ocr", "cluster", "query"):
        for root, requirement in parts()[part].items():
            for name in reached(root, frozenset(requirement.extras)) & LOCKED.keys():
                listed = DIRECT[name][2] if name in DIRECT else BROUGHT[name][1]
                assert not families(listed) & COPYLEFT or " OR " in listed, f"{root}: {name}"
    for name in BROUGHT:
        if families(BROUGHT[name][1]) & COPYLEFT:
            assert BROUGHT[name][2] in ("dvc", "import-linter"), name
