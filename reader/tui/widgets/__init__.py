"""The panes: each paints what it is given and tells the screen what happens in it."""
