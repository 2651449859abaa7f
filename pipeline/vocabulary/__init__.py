"""The words and characters besshi knows: data files that a user can extend, and their readers."""
