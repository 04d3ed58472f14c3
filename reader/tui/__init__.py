"""The terminal interface: the only place that knows textual."""
