"""Family `titled`: what may stand above a table, and which of it is its title and its caption."""
