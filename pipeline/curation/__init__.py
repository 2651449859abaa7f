"""Reads what people say about an annex: the spec beside its PDF, and corrections of its records.

In: YAML files that people write. Out: frozen structs, or an error that says what to change. It
must not know any stage.
"""
