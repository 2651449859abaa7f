"""besshi: the annex tables of Japanese public administration as data."""

__version__ = "0.1.0"
