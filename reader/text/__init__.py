"""Text at the border and inside it: sanitising, repair, documents from HTML and plain text, sentences, tokens."""
