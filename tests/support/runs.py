"""Runs again over an archive."""

from tests.support.annexes import besshi


def again(done: list[str], *arguments: object) -> list[str]:
    """What a run does."""
    done.clear()
    assert besshi("run", *arguments).exit_code == 0
    return sorted(done)
