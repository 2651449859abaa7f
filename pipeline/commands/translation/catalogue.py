"""Translate messages where they are printed.

The code and all data are in English: files must have the same bytes in every locale, and a worker
that makes a message does not know who reads it. `ja.yml` has the Japanese of each message, with
`{}` where a value stands: a message in itself, unless `{name}` says that it is a name (of an annex,
a file), or `{number}` that it is a number.
"""

import os
import re
from collections.abc import Mapping
from functools import cache
from string import Formatter

from msgspec import Struct, field

from pipeline.vocabulary.data_files import read_data

_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""Where a locale is named, the strongest first, as in GNU gettext's manual, section 2.3."""

_SEPARATORS = ("  ", ": ", "; ")
"""Between the parts of a message that consists of several. Two spaces part columns; of the others
the first in a message comes first."""

_KINDS = ("besshi", "error", "warning")
"""How a message begins before it names an annex or a file."""

_NUMBER = re.compile(r"[\d.,]+( ?%)?")


class Template(Struct, frozen=True):
    """A message with values in it."""

    literals: tuple[str, ...]
    """What stands before, between and behind the values."""
    values: tuple[str, ...]
    """The kind of each value: `name`, `number`, or `` for a message."""
    translation: str

    def find_values(self, message: str) -> list[str] | None:
        """The values in a message, in their order; None: the message is another one."""
        first, *middle, last = self.literals
        if not message.startswith(first):
            return None
        values, at = [], len(first)
        for literal in middle:
            end = message.find(literal, at)
            if end < 0:
                return None
            values.append(message[at:end])
            at = end + len(literal)
        end = len(message) - len(last)
        if end < at or not message.endswith(last):
            return None
        values.append(message[at:end])
        # `a: 3 records …` says something of `a`: there are not `a: 3` records.
        if not first and ": " in values[0]:
            return None
        # `list of tables` names a file: there are not `list of` tables.
        kinds = zip(self.values, values, strict=True)
        if any(kind == "number" and not _NUMBER.fullmatch(value) for kind, value in kinds):
            return None
        return values


class Catalogue(Struct):
    """The messages of one language."""

    fixed: dict[str, str] = field(default_factory=dict)
    """Messages without values, and their translations."""
    templates: list[Template] = field(default_factory=list)
    """Those with values. Where several fit, one that begins with words says what the whole is, and
    one that has more words says more: `{}: {}` would fit many."""

    def translate(self, message: str, is_named: bool = False) -> str:
        """A message in this language; what is not in the catalogue stays as it is.

        Args:
            is_named: What it is about stands before it; else a word before a colon may name that.
        """
        if whole := self._find(message):  # not read: a.pdf; …
            return whole
        kind, found, rest = message.partition(": ")
        if found and kind in _KINDS:  # error: …
            return f"{self.fixed.get(kind, kind)}: {self.translate(rest)}"
        return self._translate_about(message) or self._translate_parts(message, is_named)

    def _find(self, message: str) -> str | None:
        if fixed := self.fixed.get(message):
            return fixed
        for template in self.templates:
            if (values := template.find_values(message)) is not None:
                kinds = zip(template.values, values, strict=True)
                return template.translation.format(
                    *(value if kind == "name" else self.translate(value) for kind, value in kinds)
                )
        return None

    def _translate_parts(self, message: str, is_named: bool) -> str:
        places = [(message.find(separator), separator) for separator in _SEPARATORS]
        if found := [place for place in places if place[0] >= 0]:
            _, separator = found[0] if found[0][1] == _SEPARATORS[0] else min(found)
            first, _, rest = message.partition(separator)
            # The annex of comment.pdf is `comment`.
            is_name = separator == ": " and first in self.fixed and not is_named
            start = first if is_name else self.translate(first)
            return start + separator + self.translate(rest, is_named=True)
        return message

    def _translate_about(self, message: str) -> str | None:
        """What is said about a field: `revision ends in …`."""
        name, _, said = message.partition(" ")
        known, translation = self.fixed.get(name), self._find(said)
        return f"{known} {translation}" if known and translation else None


def read_catalogue(messages: Mapping[str, str]) -> Catalogue:
    """A catalogue of messages in English and their translations."""
    catalogue = Catalogue()
    for message, translation in messages.items():
        literals, values = split_template(message)
        if values:
            catalogue.templates.append(Template(literals, values, translation))
        else:
            catalogue.fixed[literals[0]] = translation.format()
    catalogue.templates.sort(
        key=lambda t: (t.literals[0] != "", sum(map(len, t.literals))), reverse=True
    )
    return catalogue


def split_template(message: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands before, between and behind the values of a message, and their kinds."""
    literals, values = [""], []
    for literal, value, *_ in Formatter().parse(message):
        literals[-1] += literal
        if value is not None:
            literals.append("")
            values.append(value)
    return tuple(literals), tuple(values)


def find_language() -> str:
    """The language that the environment asks for, such as `ja`; en: no other one is known."""
    asked = next(filter(None, map(os.environ.get, _VARIABLES)), "")
    return "ja" if asked.lower().startswith("ja") else "en"


@cache
def open_catalogue(language: str) -> Catalogue:
    """The catalogue of a language other than English."""
    return read_catalogue(read_data(__package__, f"{language}.yml"))


def translate(message: str) -> str:
    """A message in the user's language, indented as it was."""
    language = find_language()
    if language == "en":
        return message
    text = message.lstrip(" ")
    indent = message[: len(message) - len(text)]
    return indent + open_catalogue(language).translate(text)
