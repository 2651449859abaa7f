"""inspect: a picture of every decision. The model and the PDF's pages in, drawn pages out."""

from pipeline.inspect.picture import draw_page
from pipeline.inspect.read import read_views
from pipeline.inspect.rendering import render_pages
from pipeline.inspect.view import PageView

__all__ = ["PageView", "draw_page", "read_views", "render_pages"]
