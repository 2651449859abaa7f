"""Report the tables that give no record."""

from pipeline.model import Grid, Issue, Severity, Stage


def report_left_out(grid: Grid, count: int) -> Issue:
    """Say that a ruled table was left out, and how to have it read.

    Args:
        grid: The table, or the piece of one.
        count: How many characters it has.
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
        characters=count,
    )
