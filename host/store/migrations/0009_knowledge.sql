-- Questions that were answered once, to be found again.
CREATE TABLE knowledge (
    id TEXT NOT NULL PRIMARY KEY,
    -- Counted from 1; a change raises it.
    revision BIGINT NOT NULL,
    document TEXT NOT NULL
);
