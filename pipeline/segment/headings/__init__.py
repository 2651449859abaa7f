"""What heads a table or a part of it: titles, captions, section rows."""
