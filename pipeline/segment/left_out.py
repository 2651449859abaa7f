"""Say which tables give no record."""

from pipeline.model import Grid, Issue, Severity, Stage


def not_a_comment_table(grid: Grid, count: int) -> Issue:
    """Name a ruled table that gives no record.

    Args:
        grid: The table.
        count: Its characters.
    """
    first = [cell.text for cell in grid.cells if cell.row == 0 and cell.text]
    return Issue(
        Severity.WARNING,
        Stage.SEGMENT,
        "not_a_comment_table",
        f"a ruled table beginning {' | '.join(first)[:60]!r} was left out with its "
        f"{count} characters: its headers "
        "name no comment table; if it is one, say the roles of its headers in the .yml "
        "beside the PDF, or add its header words to pipeline/vocabulary/header_words.yml",
        page=grid.page,
    )
