"""The header of a table: its rows, and what each column means."""
