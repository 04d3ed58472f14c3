"""The tables, as numbered migrations; each tuple of statements runs in one transaction and is never edited
after a release.

``position`` is the place of an article in every list: its date in microseconds since the epoch (never later
than the time it was fetched), moved down to a step of ``times.STEP_US`` that is free. It never changes, counted in
steps it is the row id of the search index as well, and so every list and every search is read newest first by
key alone.
"""

from __future__ import annotations

from sqlite3 import Connection

from reader.store.folding import fold

APPLICATION_ID = 0x4C657361
"""ASCII "Lesa" in the database header, by which our files are told from others."""

_FIRST = (
    "CREATE TABLE folders (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    """CREATE TABLE feeds (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        address TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        own_title INTEGER NOT NULL DEFAULT 0,
        folder_id INTEGER NOT NULL REFERENCES folders (id),
        site TEXT NOT NULL DEFAULT '',
        subscribed INTEGER NOT NULL DEFAULT 1,
        etag TEXT,
        last_modified TEXT,
        body_digest BLOB,
        moved_to TEXT NOT NULL DEFAULT '',
        last_success_us INTEGER,
        last_attempt_us INTEGER,
        next_due_us INTEGER NOT NULL DEFAULT 0,
        failures INTEGER NOT NULL DEFAULT 0,
        error TEXT NOT NULL DEFAULT '',
        unread INTEGER NOT NULL DEFAULT 0,
        total INTEGER NOT NULL DEFAULT 0
    )""",
    # What one row of a list paints; the texts are elsewhere, so that a window of rows lies on few pages.
    """CREATE TABLE articles (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        position INTEGER NOT NULL UNIQUE,
        feed_id INTEGER NOT NULL REFERENCES feeds (id),
        published_us INTEGER,
        fetched_us INTEGER NOT NULL,
        updated_us INTEGER,
        read INTEGER NOT NULL DEFAULT 0,
        starred INTEGER NOT NULL DEFAULT 0,
        sources INTEGER NOT NULL DEFAULT 0,
        anonymous INTEGER NOT NULL DEFAULT 0,
        analysed INTEGER NOT NULL DEFAULT 0,
        indexed INTEGER NOT NULL DEFAULT 0,
        link_key INTEGER,
        genre TEXT NOT NULL DEFAULT '',
        completeness TEXT NOT NULL DEFAULT '',
        title TEXT NOT NULL,
        outlet TEXT NOT NULL DEFAULT '',
        first_point TEXT NOT NULL DEFAULT ''
    )""",
    "CREATE INDEX articles_unread ON articles (position) WHERE read = 0",
    "CREATE INDEX articles_starred ON articles (position) WHERE starred = 1",
    "CREATE INDEX articles_to_analyse ON articles (position) WHERE analysed = 0",
    "CREATE INDEX articles_to_index ON articles (position) WHERE indexed = 0",
    "CREATE INDEX articles_link ON articles (link_key) WHERE link_key IS NOT NULL",
    # Which feeds an article stands in; one article may stand in several feeds of an outlet.
    """CREATE TABLE entries (
        feed_id INTEGER NOT NULL REFERENCES feeds (id),
        position INTEGER NOT NULL,
        article_id INTEGER NOT NULL REFERENCES articles (id),
        folder_id INTEGER NOT NULL REFERENCES folders (id),
        guid_key INTEGER NOT NULL,
        state INTEGER NOT NULL,
        PRIMARY KEY (feed_id, position)
    ) WITHOUT ROWID""",
    "CREATE INDEX entries_folder ON entries (folder_id, position, article_id)",
    "CREATE INDEX entries_article ON entries (article_id)",
    "CREATE INDEX entries_guid ON entries (feed_id, guid_key)",
    """CREATE TABLE documents (
        article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
        guid TEXT NOT NULL,
        address TEXT NOT NULL,
        authors TEXT NOT NULL DEFAULT '[]',
        digest BLOB NOT NULL,
        body BLOB NOT NULL
    )""",
    "CREATE INDEX documents_digest ON documents (digest)",
    # What an edited entry said before.
    """CREATE TABLE versions (
        id INTEGER PRIMARY KEY,
        article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        replaced_us INTEGER NOT NULL,
        title TEXT NOT NULL,
        digest BLOB NOT NULL,
        body BLOB NOT NULL
    )""",
    "CREATE INDEX versions_article ON versions (article_id)",
    """CREATE TABLE analyses (
        digest BLOB NOT NULL,
        version INTEGER NOT NULL,
        body BLOB NOT NULL,
        PRIMARY KEY (digest, version)
    )""",
    """CREATE VIRTUAL TABLE search USING fts5 (
        title, text, content = '', tokenize = 'unicode61 remove_diacritics 2'
    )""",
    "CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # Counters kept with the writes: no list needs a count over the archive.
    """CREATE TABLE totals (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        unread INTEGER NOT NULL,
        starred INTEGER NOT NULL,
        total INTEGER NOT NULL
    )""",
    "INSERT INTO totals VALUES (1, 0, 0, 0)",
    """CREATE TRIGGER article_added AFTER INSERT ON articles BEGIN
        UPDATE totals SET total = total + 1, unread = unread + 1 - NEW.read, starred = starred + NEW.starred;
    END""",
    """CREATE TRIGGER article_removed AFTER DELETE ON articles BEGIN
        UPDATE totals SET total = total - 1, unread = unread - 1 + OLD.read, starred = starred - OLD.starred;
    END""",
    """CREATE TRIGGER article_read AFTER UPDATE OF read ON articles WHEN OLD.read <> NEW.read BEGIN
        UPDATE totals SET unread = unread + OLD.read - NEW.read;
        UPDATE feeds SET unread = unread + OLD.read - NEW.read
            WHERE id IN (SELECT feed_id FROM entries WHERE article_id = NEW.id);
    END""",
    """CREATE TRIGGER article_starred AFTER UPDATE OF starred ON articles
    WHEN OLD.starred <> NEW.starred BEGIN
        UPDATE totals SET starred = starred - OLD.starred + NEW.starred;
    END""",
    """CREATE TRIGGER entry_added AFTER INSERT ON entries BEGIN
        UPDATE feeds SET total = total + 1,
            unread = unread + 1 - (SELECT read FROM articles WHERE id = NEW.article_id)
            WHERE id = NEW.feed_id;
    END""",
    """CREATE TRIGGER entry_removed AFTER DELETE ON entries BEGIN
        UPDATE feeds SET total = total - 1,
            unread = unread - 1 + (SELECT read FROM articles WHERE id = OLD.article_id)
            WHERE id = OLD.feed_id;
    END""",
)

_SCHEDULE_AND_ORIGIN = (
    # When the feed is asked next by itself, after how many seconds, and what its last document said about that.
    "ALTER TABLE feeds ADD COLUMN due_us INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE feeds ADD COLUMN interval_s INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE feeds ADD COLUMN ttl_s INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE feeds ADD COLUMN skip_hours INTEGER NOT NULL DEFAULT 0",
    # Whether a person typed the address, and what another reader's list said of it besides.
    "ALTER TABLE feeds ADD COLUMN typed INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE feeds ADD COLUMN outline TEXT NOT NULL DEFAULT '[]'",
)

_ACCESS = (
    # How one feed is asked, where it differs from all others; secrets are never here.
    "ALTER TABLE feeds ADD COLUMN proxy TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE feeds ADD COLUMN login TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE feeds ADD COLUMN headers TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE feeds ADD COLUMN skip_days INTEGER NOT NULL DEFAULT 0",
)

_PAGES = (
    # Whether the articles' own pages are fetched: "automatic", "always", "never"; and where each article stands in
    # that: 0 not looked at, 1 wanted, 2 taken, 3 the page says no more (model/settings.py names them).
    "ALTER TABLE feeds ADD COLUMN full_text TEXT NOT NULL DEFAULT 'automatic'",
    "ALTER TABLE articles ADD COLUMN page INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE articles ADD COLUMN page_due_us INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE articles ADD COLUMN page_failures INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX articles_page ON articles (position) WHERE page = 1",
    # The digest of what the feed itself says, where the stored document is another: its page's, or a marked one.
    "ALTER TABLE documents ADD COLUMN feed_digest BLOB",
)

_STORIES = (
    # What belongs together: the story an article tells, and the text it shares with others word for word.
    "ALTER TABLE articles ADD COLUMN minutes INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE articles ADD COLUMN badges TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE articles ADD COLUMN clustered INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE articles ADD COLUMN story_id INTEGER",
    "ALTER TABLE articles ADD COLUMN copy_id INTEGER",
    "CREATE INDEX articles_story ON articles (story_id, position) WHERE story_id IS NOT NULL",
    "CREATE INDEX articles_copy ON articles (copy_id, position) WHERE copy_id IS NOT NULL",
    "CREATE INDEX articles_to_cluster ON articles (position) WHERE clustered = 0",
    # The agency whose text an article prints word for word with others.
    "ALTER TABLE articles ADD COLUMN agency TEXT NOT NULL DEFAULT ''",
    # What new articles are compared with: the last days' openings and text sketches (analysis/stories.py, copies.py).
    """CREATE TABLE tellings (
        article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        opening TEXT NOT NULL,
        sketch BLOB NOT NULL,
        agency TEXT NOT NULL
    )""",
    "CREATE INDEX tellings_position ON tellings (position)",
    # Pairs that a person has told apart; never put together again.
    """CREATE TABLE told_apart (
        article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        other_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        PRIMARY KEY (article_id, other_id)
    ) WITHOUT ROWID""",
)

_UPKEEP = (
    # When a person has read an article last: read ones are kept for a time from then on, not from their arrival.
    "ALTER TABLE articles ADD COLUMN read_us INTEGER NOT NULL DEFAULT 0",
    """CREATE TRIGGER article_read_at AFTER UPDATE OF read ON articles WHEN NEW.read > OLD.read BEGIN
        UPDATE articles SET read_us = CAST(strftime('%s', 'now') AS INTEGER) * 1000000 WHERE id = NEW.id;
    END""",
    # Entries whose articles have been let go, and when their feed listed them last; it does not bring them back.
    """CREATE TABLE let_go (
        feed_id INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
        guid_key INTEGER NOT NULL,
        listed_us INTEGER NOT NULL,
        PRIMARY KEY (feed_id, guid_key)
    ) WITHOUT ROWID""",
    # An article that goes takes its pairs along, found from either side.
    "CREATE INDEX told_apart_other ON told_apart (other_id)",
)

_ENGINE = (
    # The words of the search index, and in how many articles they came; the longer ones also spelt backwards, so that
    # the compounds that end in a word lie side by side. Words of articles that are gone stay; they find nothing.
    "CREATE TABLE word_starts (word TEXT PRIMARY KEY, articles INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE word_ends (reversed TEXT PRIMARY KEY, articles INTEGER NOT NULL) WITHOUT ROWID",
    # Of what is indexed already they are read out of the index, so that nothing is unfindable for a time.
    "CREATE VIRTUAL TABLE known_words USING fts5vocab (search, 'row')",
    "INSERT INTO word_starts SELECT term, doc FROM known_words WHERE length(term) BETWEEN 3 AND 60",
    "INSERT INTO word_ends SELECT backwards(term), doc FROM known_words WHERE length(term) BETWEEN 7 AND 60",
    "DROP TABLE known_words",
)

_LATER = (
    # A new feed's entries are stored as they came; 1 until the document is made.
    "ALTER TABLE documents ADD COLUMN pending INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX documents_pending ON documents (article_id) WHERE pending = 1",
)

STEPS = (
    # Places on steps, each at its own or, where newer articles have taken it, at the first one below: the order stays.
    # On their way they stand far aside, so that none meets one that is still taken.
    # Of rows numbered from the newest on, place + number never grows when each place is taken once; so it is the least
    # that any newer one had. (SQLite's division rounds towards zero.)
    """CREATE TABLE moves AS SELECT id, least - number AS step FROM (
        SELECT id, position, number, min(step + number) OVER (ORDER BY number) AS least FROM (
            SELECT id, position, row_number() OVER (ORDER BY position DESC) AS number,
                (position - (position % 62500 + 62500) % 62500) / 62500 AS step FROM articles
        )
    ) WHERE position <> (least - number) * 62500""",
    "CREATE UNIQUE INDEX moves_id ON moves (id)",
    """UPDATE articles SET position = (SELECT step * 62500 - 2000000000000000000 FROM moves m WHERE m.id = articles.id)
        WHERE id IN (SELECT id FROM moves)""",
    "UPDATE articles SET position = position + 2000000000000000000 WHERE position < -1000000000000000000",
    """UPDATE entries SET position = (SELECT step * 62500 - 2000000000000000000 FROM moves m WHERE m.id = article_id)
        WHERE article_id IN (SELECT id FROM moves)""",
    "UPDATE entries SET position = position + 2000000000000000000 WHERE position < -1000000000000000000",
    """UPDATE tellings SET position = (SELECT step * 62500 FROM moves m WHERE m.id = article_id)
        WHERE article_id IN (SELECT id FROM moves)""",
    "DROP TABLE moves",
)
"""Also for what ``salvage`` has read out of an older store."""

_SMALL_INDEX = (
    *STEPS,
    # Less than a third of the size: without the places of words in their texts, and with short distances.
    "DROP TABLE search",
    """CREATE VIRTUAL TABLE search USING fts5 (
        title, text, content = '', detail = none, tokenize = 'unicode61 remove_diacritics 2'
    )""",
    # The newest articles are in it before an old store is opened: a second's work. The others follow with the next
    # refresh, like articles that are new.
    """UPDATE articles SET indexed = 0 WHERE indexed <> 0 AND position <= (
        SELECT position FROM articles WHERE indexed <> 0 ORDER BY position DESC LIMIT 1 OFFSET 20000
    )""",
    """INSERT INTO search (rowid, title, text) SELECT a.position / 62500, folded(a.title), text_of(d.body)
        FROM articles a JOIN documents d ON d.article_id = a.id WHERE a.indexed <> 0 ORDER BY a.position""",
)

_LEAN = (
    # A guid that is the address is stored as "=" (codec.pack_guid), words that came once are in word_ends alone. The
    # documents count as made in the place of their entries: compaction.py goes through them with the next refreshes.
    "UPDATE documents SET guid = '=' || guid WHERE guid LIKE '=%'",
    "DELETE FROM word_starts WHERE articles = 1 AND length(word) >= 7",
    """INSERT INTO notes SELECT 'loose', low || ' ' || high
        FROM (SELECT min(article_id) AS low, max(article_id) AS high FROM documents) WHERE low IS NOT NULL""",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    _FIRST,
    _SCHEDULE_AND_ORIGIN,
    _ACCESS,
    _PAGES,
    _STORIES,
    _UPKEEP,
    _ENGINE,
    _LATER,
    _SMALL_INDEX,
    _LEAN,
)
"""``MIGRATIONS[n]`` brings ``user_version`` n to n + 1."""


def migrate(connection: Connection, statements: tuple[str, ...]) -> None:
    """Execute one of ``MIGRATIONS`` in the caller's transaction."""
    connection.create_function("backwards", 1, lambda word: word[::-1], deterministic=True)
    connection.create_function("folded", 1, fold, deterministic=True)
    connection.create_function("text_of", 1, _folded_text, deterministic=True)
    for statement in statements:
        connection.execute(statement)


def _folded_text(body: bytes) -> str:
    """What the index is given of a document; nothing of a damaged one: it must not keep a store from being opened."""
    try:
        from reader.store.codec import text_of  # few migrations need it

        return fold(text_of(body))
    except ValueError:
        return ""
