"""Family `spaced`: values set flush right, letter-spaced and evenly spread type."""
