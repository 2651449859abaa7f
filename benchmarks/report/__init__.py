"""The docs' tables and chart, written from the results file."""

from benchmarks.report.pages import PAGES, render_pages, write_report

__all__ = ["PAGES", "render_pages", "write_report"]
