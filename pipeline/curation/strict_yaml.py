"""Parses YAML as people write it by hand: every scalar is a text, and no key may occur twice.

Standard YAML reads the header No as false, the page 010 as 8 and 2026-11-23 as a date.
"""

import re
from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import yaml
from msgspec import Struct

_SURROGATE = re.compile(r"[\ud800-\udfff]")


class NotYamlError(ValueError):
    """The content is no YAML; the message says where and what to do."""


def parse_yaml(content: bytes) -> Any:
    """Lists, dictionaries and texts; None for an empty value or `null`.

    Raises:
        NotYamlError: It is no UTF-8, no YAML or nested too deep, or a key occurs twice.
    """
    try:
        return yaml.load(content.decode("utf-8-sig"), _Loader)
    except UnicodeDecodeError as error:
        raise NotYamlError("is not UTF-8; save it in that encoding") from error
    except yaml.YAMLError as error:
        raise NotYamlError(f"is no YAML ({_locate(error)}); correct it there") from error
    except RecursionError as error:
        raise NotYamlError("is nested too deeply to be read; see docs/data.md") from error


class Span(Struct, frozen=True):
    """Where a value stands in a text: the indexes [start, end) of its characters."""

    start: int
    end: int
    indent: int
    """Column of the first key of its mapping."""
    inline: bool
    """Its mapping is written in braces, where no text of several lines can stand."""


class Entry(Struct, frozen=True):
    """Where an entry of a list of mappings stands in a text."""

    start: int
    """Index of its first character, behind the dash."""
    column: int
    """Of its dash; of no use in a list in brackets."""
    values: Mapping[str, Span]


def locate_entries(text: str) -> list[Entry]:
    """Where the entries of a list of mappings stand in a text that `parse_yaml` has taken."""
    root = yaml.compose(text, _Loader)
    if not isinstance(root, yaml.SequenceNode):
        return []
    column = root.start_mark.column
    return [
        Entry(node.start_mark.index, column, dict(_locate_values(node)))
        for node in root.value
        if isinstance(node, yaml.MappingNode)
    ]


def _locate_values(node: yaml.MappingNode) -> Iterator[tuple[str, Span]]:
    for key, value in node.value:
        start, end = value.start_mark.index, value.end_mark.index
        yield key.value, Span(start, end, node.start_mark.column, bool(node.flow_style))


class _Loader(yaml.SafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        mapping: dict[Hashable, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(None, None, "a key is no text", key.start_mark)
            name = self.construct_scalar(key)
            if name in mapping:
                problem = f"the key {name!r} occurs again here"
                raise yaml.MarkedYAMLError(None, None, problem, key.start_mark)
            mapping[name] = self.construct_object(value, deep=True)
        return mapping

    def construct_scalar(self, node: yaml.ScalarNode | yaml.MappingNode) -> str:
        text = str(super().construct_scalar(node))
        if not text.isascii() and _SURROGATE.search(text):  # for example written as "\ud800"
            raise yaml.MarkedYAMLError(None, None, "half a character", node.start_mark)
        return text


_Loader.yaml_constructors = {
    f"tag:yaml.org,2002:{kind}": yaml.SafeLoader.yaml_constructors[f"tag:yaml.org,2002:{kind}"]
    for kind in ("null", "str", "seq", "map")
} | {None: yaml.SafeLoader.yaml_constructors[None]}  # any other tag is an error
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _locate(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return f"line {error.problem_mark.line + 1}: {error.problem}"
    return " ".join(str(error).split())
