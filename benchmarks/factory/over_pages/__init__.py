"""Family `over_pages`: where a table goes on.

Marks of continuation, two sheets on a page, sheets printed in halves, paper of several sizes, and
tables that begin without their header.
"""
