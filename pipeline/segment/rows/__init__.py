"""The rows of a grid: what a row says, its number, what goes on over the end of a page."""
