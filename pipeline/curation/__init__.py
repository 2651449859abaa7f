"""What people say about an annex: its spec beside the PDF, and corrections of its records.

In: YAML files that people write. Out: frozen dataclasses, or an error that says what to change. It
knows no stage.
"""
