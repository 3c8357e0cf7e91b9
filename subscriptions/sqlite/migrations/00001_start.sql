-- Instants are Unix milliseconds; 0 is none. Masks are sets of bits, see masks.go.
-- Nothing here asks the clock.

-- +goose Up
CREATE TABLE platforms (
    no   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE topics (
    no    INTEGER PRIMARY KEY,
    topic TEXT NOT NULL UNIQUE,
    name  TEXT -- set for topics minted here
);

CREATE TABLE subscribers (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    platform      INTEGER NOT NULL,
    address       TEXT    NOT NULL,
    also          TEXT    NOT NULL, -- JSON
    shared        INTEGER NOT NULL,
    language      TEXT    NOT NULL,
    cadence       TEXT    NOT NULL,
    digest_minute INTEGER NOT NULL,
    digest_days   INTEGER NOT NULL,
    next_digest   INTEGER NOT NULL,
    quiet_from    INTEGER NOT NULL,
    quiet_to      INTEGER NOT NULL,
    spoilers      INTEGER NOT NULL,
    rest          TEXT    NOT NULL,
    rest_since    INTEGER NOT NULL,
    rest_until    INTEGER NOT NULL,
    muted_sources TEXT    NOT NULL, -- JSON
    created_at    INTEGER NOT NULL,
    silent_until  INTEGER NOT NULL,           -- when the rest ends; the largest integer if it has no end
    wakes_at      INTEGER NOT NULL DEFAULT 0, -- the queue waits until then; 0 if it does not
    defers_to     INTEGER NOT NULL DEFAULT 0  -- when the first deferred delivery is due again; others may pass
);
CREATE INDEX subscribers_wake ON subscribers (platform, wakes_at) WHERE wakes_at > 0;
CREATE INDEX subscribers_deferred ON subscribers (platform, defers_to) WHERE defers_to > 0;
CREATE INDEX subscribers_next_digest ON subscribers (next_digest) WHERE next_digest > 0;

-- Every address of a subscriber, so that one address is one subscriber.
CREATE TABLE addresses (
    platform      INTEGER NOT NULL,
    address       TEXT    NOT NULL,
    subscriber_id INTEGER NOT NULL,
    PRIMARY KEY (platform, address)
) WITHOUT ROWID;
CREATE INDEX addresses_subscriber ON addresses (subscriber_id);

CREATE TABLE muted_sources (
    source        TEXT    NOT NULL,
    subscriber_id INTEGER NOT NULL,
    PRIMARY KEY (source, subscriber_id)
) WITHOUT ROWID;
CREATE INDEX muted_sources_subscriber ON muted_sources (subscriber_id);

-- Platform, silence and the masks repeat what stands elsewhere, so that routing
-- reads this table alone.
CREATE TABLE subscriptions (
    topic         INTEGER NOT NULL,
    subscriber_id INTEGER NOT NULL,
    platform      INTEGER NOT NULL,
    alert_kinds   INTEGER NOT NULL,
    digest_kinds  INTEGER NOT NULL,
    languages     INTEGER NOT NULL,
    scopes        INTEGER NOT NULL,
    since         INTEGER NOT NULL, -- the newest article at the time: nothing older is owed
    silent_until  INTEGER NOT NULL, -- the later of the topic's mute and the subscriber's rest
    cadence       TEXT    NOT NULL,
    filter        TEXT    NOT NULL, -- JSON; empty for the zero Filter
    muted_until   INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (topic, subscriber_id)
) WITHOUT ROWID;
CREATE INDEX subscriptions_subscriber ON subscriptions (subscriber_id);
CREATE INDEX subscriptions_digest ON subscriptions (topic, subscriber_id) WHERE digest_kinds <> 0;

CREATE TABLE stories (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- What its pushed articles make it; 0 while none was pushed.
    kind       INTEGER NOT NULL DEFAULT 0,
    languages  INTEGER NOT NULL DEFAULT 0,
    pruning    INTEGER NOT NULL DEFAULT 0 -- its deliveries are being removed: nothing joins it any more
);
CREATE INDEX stories_updated ON stories (updated_at);

CREATE TABLE articles (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id  INTEGER NOT NULL,
    key       TEXT    NOT NULL UNIQUE,
    source    TEXT    NOT NULL,
    publisher TEXT    NOT NULL,
    url       TEXT    NOT NULL,
    title     TEXT    NOT NULL,
    lead      TEXT    NOT NULL,
    image     TEXT    NOT NULL,
    language  TEXT    NOT NULL,
    published INTEGER NOT NULL,
    seen      INTEGER NOT NULL,
    kind      TEXT    NOT NULL,
    result    INTEGER NOT NULL,
    reactions INTEGER NOT NULL,
    tags      TEXT    NOT NULL, -- JSON
    withheld  TEXT    NOT NULL,
    pushed    INTEGER NOT NULL,
    words     TEXT    NOT NULL  -- of title and lead, folded, for search
);
CREATE INDEX articles_story ON articles (story_id);
CREATE INDEX articles_url ON articles (url);

CREATE TABLE story_topics (
    story_id INTEGER NOT NULL,
    topic    INTEGER NOT NULL,
    about    INTEGER NOT NULL, -- some article is about it
    scopes   INTEGER NOT NULL, -- how pushed articles reach it
    since    INTEGER NOT NULL, -- the first pushed article with it; 0 while there is none
    PRIMARY KEY (story_id, topic)
) WITHOUT ROWID;
CREATE INDEX story_topics_topic ON story_topics (topic, story_id);

-- What is still to be routed, in the order of the key: alerts before digests.
CREATE TABLE routes (
    lane     INTEGER NOT NULL,
    story_id INTEGER NOT NULL,
    topic    INTEGER NOT NULL,
    position INTEGER NOT NULL, -- the last subscriber done
    PRIMARY KEY (lane, story_id, topic)
) WITHOUT ROWID;

-- A story owed to a subscriber, once in each lane: the key is the promise. A row
-- is one of
--   in line  queued is null, due_at is set: due since then. Its fan-out finds it
--   due      queued = 1, due_at > 0: due since then, found by its index
--   asleep   queued = 1, due_at < 0: due since -due_at, but the subscriber's queue is
--            closed. At least one row of a lane wakes when the queue opens, and a
--            claim takes the others along
--   held     queued = 1, due_at is null: it waits for the digest
--   out      it stands in a parcel: the fan-out has passed it, or queued = 0
--   ended    ended_at is set, queued and due_at are null
-- The key begins with the story, so that a fan-out appends to one B-tree however
-- long the history is, and writes no other: what is new is due in the order of the
-- key. Only what was taken out of that order, and digests, need the indexes.
CREATE TABLE deliveries (
    story_id      INTEGER NOT NULL,
    lane          INTEGER NOT NULL,
    subscriber_id INTEGER NOT NULL,
    platform      INTEGER NOT NULL,
    topic         INTEGER NOT NULL, -- the one that brought it
    queued        INTEGER,
    due_at        INTEGER,
    ended_at      INTEGER,
    outcome       TEXT,
    reason        TEXT,
    reference     TEXT,
    PRIMARY KEY (story_id, lane, subscriber_id)
) WITHOUT ROWID;
-- By story, so that a claim can be fair between stories.
CREATE INDEX deliveries_due ON deliveries (platform, lane, story_id, due_at) WHERE queued = 1 AND due_at > 0;
CREATE INDEX deliveries_queued ON deliveries (subscriber_id, lane, story_id) WHERE queued = 1;

-- Alerts in line: those of the story to subscribers of the platform after position.
-- Those up to it were handed out, or queued.
CREATE TABLE fanouts (
    platform INTEGER NOT NULL,
    story_id INTEGER NOT NULL,
    position INTEGER NOT NULL, -- the last subscriber passed
    due_at   INTEGER NOT NULL, -- of the first
    PRIMARY KEY (platform, story_id)
) WITHOUT ROWID;

-- What is out. One for each subscriber: his stories stay in order.
CREATE TABLE parcels (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    subscriber_id INTEGER NOT NULL UNIQUE,
    platform      INTEGER NOT NULL,
    lane          INTEGER NOT NULL,
    stories       TEXT    NOT NULL, -- JSON: those still out, oldest first
    lease_until   INTEGER NOT NULL,
    attempts      INTEGER NOT NULL,
    put_off       INTEGER NOT NULL DEFAULT 0, -- the lease ended in a rest and was stretched to its end
    plan          BLOB                        -- how it is being sent, where that matters to who sends it again
);
CREATE INDEX parcels_lease ON parcels (platform, lane, lease_until);

-- What is owed and not out.
CREATE VIEW owed AS
    SELECT subscriber_id, lane, story_id, platform, due_at FROM deliveries WHERE queued = 1
    UNION ALL
    SELECT d.subscriber_id, d.lane, d.story_id, d.platform, d.due_at FROM fanouts f
        CROSS JOIN deliveries d ON d.story_id = f.story_id AND d.lane = 0 AND d.subscriber_id > f.position
        WHERE d.platform = f.platform AND d.queued IS NULL AND d.due_at > 0;

-- What is out, story by story.
CREATE VIEW out AS
    SELECT p.subscriber_id, p.lane, j.value AS story_id, p.platform FROM parcels p CROSS JOIN json_each(p.stories) j;

CREATE TABLE digests (
    subscriber_id INTEGER NOT NULL,
    date          TEXT    NOT NULL, -- local civil date and hour
    released_at   INTEGER NOT NULL,
    PRIMARY KEY (subscriber_id, date)
) WITHOUT ROWID;

CREATE TABLE checkpoints (
    source        TEXT PRIMARY KEY,
    etag          TEXT    NOT NULL,
    last_modified TEXT    NOT NULL,
    highest       INTEGER NOT NULL,
    read_at       INTEGER NOT NULL,
    failures      INTEGER NOT NULL,
    reason        TEXT    NOT NULL,
    failing_since INTEGER NOT NULL,
    next_at       INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE positions (
    stream   TEXT PRIMARY KEY,
    position INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE marks (
    stream TEXT    NOT NULL,
    key    TEXT    NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (stream, key)
) WITHOUT ROWID;
CREATE INDEX marks_at ON marks (at);

CREATE TABLE leases (
    name   TEXT PRIMARY KEY,
    holder TEXT    NOT NULL,
    until  INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE facts (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
