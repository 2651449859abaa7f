"""All hostile files by name."""

import inspect
from collections.abc import Callable

from tools.hostile import bombs, locked, pages, structures

Maker = Callable[[], bytes]

MAKERS: dict[str, Maker] = {
    name: maker
    for module in (structures, pages, bombs, locked)
    for name, maker in inspect.getmembers(module, inspect.isfunction)
    if maker.__module__ == module.__name__ and not name.startswith("_")
}
