"""inspect: a picture of every decision. The model and the PDF's pages in, drawn pages out."""

from pipeline.inspect.picture import draw_page
from pipeline.inspect.read import read_views
from pipeline.inspect.rendering import render_pages

__all__ = ["draw_page", "read_views", "render_pages"]
