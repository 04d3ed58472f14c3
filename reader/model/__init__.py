"""The data of the reader: frozen, without behaviour that needs anything outside the standard library."""
