"""Messages in the user's language."""

from pipeline.commands.translation.catalogue import find_language, translate

__all__ = ["find_language", "translate"]
