"""Tables whose records have another shape than rows under a header: cards, questions."""
