-- Officers with all posts they ever held; partners with their keys. JSON documents.
CREATE TABLE directory (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    document TEXT NOT NULL,
    -- Grows with every change: each is made on what was read, or not at all.
    revision BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (kind, id)
);

-- A token once carried its officer's unit. Now it names an officer, who is to be
-- entered with her posts before she is given a new one.
UPDATE tokens SET revoked_at = created_at
    WHERE revoked_at IS NULL AND principal LIKE '{"kind":"officer"%';

-- Filings that officers have begun: what was said so far, by whom it is held.
CREATE TABLE drafts (
    id TEXT NOT NULL PRIMARY KEY,
    unit TEXT NOT NULL,
    -- 1 until it is filed or discarded.
    is_open BIGINT NOT NULL,
    version BIGINT NOT NULL,
    document TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX open_drafts ON drafts (unit, updated_at) WHERE is_open = 1;

-- What partners filed, by their own references; kept for ever.
CREATE TABLE partner_filings (
    partner TEXT NOT NULL,
    reference TEXT NOT NULL,
    request TEXT NOT NULL,
    number TEXT NOT NULL,
    filed_at BIGINT NOT NULL,
    PRIMARY KEY (partner, reference)
);

-- Accounts whose identity was verified: of the number a keyed hash stays.
CREATE TABLE verifications (
    account TEXT NOT NULL PRIMARY KEY,
    token TEXT NOT NULL,
    method TEXT NOT NULL,
    verified_at BIGINT NOT NULL
);
