"""Pure drawing: data and a width in, lines of roles out."""
