-- Officers with all posts they ever held.
CREATE TABLE officers (
    id TEXT NOT NULL PRIMARY KEY,
    document TEXT NOT NULL,
    -- Grows with every change: each is made on what was read, or not at all.
    revision BIGINT NOT NULL DEFAULT 1
);

-- A token once carried its officer's unit. Now it names an officer, who is to be
-- entered with her posts before she is given a new one.
UPDATE tokens SET revoked_at = created_at
    WHERE revoked_at IS NULL AND principal LIKE '{"kind":"officer"%';
