"""The screens: one that mediates, and dialogs."""
