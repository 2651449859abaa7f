"""YAML is read as data."""

import yaml


def test_yaml_is_read_by_a_safe_loader() -> None:
    from pipeline.curation.strict_yaml import _Loader

    assert issubclass(_Loader, yaml.SafeLoader)
