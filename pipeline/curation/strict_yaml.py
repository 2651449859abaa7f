"""YAML as people write it by hand: every scalar is the text that stands there, no key comes twice.

YAML itself takes the header No for false, the page 010 for 8 and the date 2026-11-23 for a date.
"""

import re
from collections.abc import Hashable
from typing import Any

import yaml

_HALF = re.compile(r"[\ud800-\udfff]")


class NotYamlError(ValueError):
    """What stands there is no YAML; the message says where and what to do."""


def parse_yaml(content: bytes) -> Any:
    """Lists, dictionaries, texts, and None where nothing (or `null`) stands.

    Raises:
        NotYamlError: It is no UTF-8, no YAML or nested too deep, or a key stands twice.
    """
    try:
        return yaml.load(content.decode("utf-8-sig"), _Loader)
    except UnicodeDecodeError as error:
        raise NotYamlError("is not UTF-8; save it in that encoding") from error
    except yaml.YAMLError as error:
        raise NotYamlError(f"is no YAML ({_place(error)}); correct it there") from error
    except RecursionError as error:
        raise NotYamlError("is nested too deep to be read; see docs/data.md") from error


class _Loader(yaml.SafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        made: dict[Hashable, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(None, None, "a key is no text", key.start_mark)
            name = self.construct_scalar(key)
            if name in made:
                problem = f"the key {name!r} stands here again"
                raise yaml.MarkedYAMLError(None, None, problem, key.start_mark)
            made[name] = self.construct_object(value, deep=True)
        return made

    def construct_scalar(self, node: yaml.ScalarNode | yaml.MappingNode) -> str:
        text = str(super().construct_scalar(node))
        if not text.isascii() and _HALF.search(text):  # as "\ud800" spells it
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


def _place(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return f"line {error.problem_mark.line + 1}: {error.problem}"
    return " ".join(str(error).split())
