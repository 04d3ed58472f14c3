"""The full text of an article whose feed delivers a teaser: its page is fetched, read, and kept when it says more."""

from __future__ import annotations

from reader.errors import N_, LesartError, NotFoundError
from reader.feeds.address import host_name
from reader.feeds.fetch import Fetcher
from reader.library.analyst import Worker
from reader.library.pages import document_of
from reader.library.secrets import access_to
from reader.model.analysis import Completeness
from reader.model.article import Article, Document, Feed

_MISSING = {
    Completeness.CONSENT: N_("The page shows a request for consent instead of the article."),
    Completeness.PAYWALL: N_("The article continues behind a paywall."),
}


async def full_text(fetcher: Fetcher, worker: Worker, article: Article, feed: Feed) -> Document:
    """The document of the article's page; raises ``NotFoundError``, ``FetchError``, ``AnalysisError``.

    The address comes from the feed, nobody typed it: it may lead into a private network only where the feed itself
    comes from that same machine.
    """
    if not article.address:
        raise NotFoundError(N_("This article has no address on the web."))
    guarded = host_name(article.address) != host_name(feed.address)
    access = await access_to(feed.id, feed.address, feed.settings)
    page = await fetcher.get(article.address, guarded=guarded, access=access.towards(feed.address, article.address))
    hint = {"title": article.title, "authors": list(article.authors)}
    return await document_of(worker, page.body, address=page.address, content_type=page.content_type, hint=hint)


def refusal(
    how_much: Completeness, found: Document, stored: Document, *, corrected: bool = False
) -> LesartError | None:
    """Why the page's text is not taken in place of the stored one; nothing when it says more, or is the same page's
    ``corrected`` one.
    """
    hint = N_("The feed's text is kept. The page can be opened in the browser.")
    if how_much in _MISSING:
        return NotFoundError(_MISSING[how_much], hint=hint)
    if not corrected and len(found.text.split()) <= len(stored.text.split()):
        return NotFoundError(N_("The page holds no more text than the feed."), hint=hint)
    return None
