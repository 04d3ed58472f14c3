"""Feeds in: addresses, fetching, parsing. The only place that knows HTTP and feedparser."""
