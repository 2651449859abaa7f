"""The pages of the docs: their sections and tables."""

from tests.support.pdfs import ROOT

DATA = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """What stands under a heading of the second level that begins so."""
    _, found, rest = text.partition(f"\n## {heading}")
    assert found, f"no section {heading}"
    return rest.partition("\n## ")[0]


def table(text: str, head: str) -> list[list[str]]:
    """The rows of the table whose first column has this header, backticks removed."""
    lines = iter(text.splitlines())
    assert any(line.startswith(f"| {head} |") for line in lines), f"no table of {head}"
    next(lines)
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append([cell.strip().replace("`", "") for cell in line.strip("|").split("|")])
    return rows
