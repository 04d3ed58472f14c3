"""An article as a file: Markdown for people, JSON for programs. Pure: data in, text out."""
