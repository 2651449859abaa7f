"""The pieces of a table on its pages: their columns, rows and headings."""
