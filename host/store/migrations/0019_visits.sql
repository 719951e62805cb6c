-- What stands for the name that was verified with a number; nothing of older ones.
ALTER TABLE verifications ADD COLUMN name TEXT;

-- Draws of follow-up visits, each with the hash of the one before: a record of its own,
-- because a draw is of no case. It is never changed, not even by a rebuild.
CREATE TABLE visit_draws (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    unit TEXT NOT NULL,
    -- YYYY-MM-DD: what ended on these days.
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    -- 0: all were taken, so that nothing was drawn.
    sampled BIGINT NOT NULL,
    -- Canonical JSON (RFC 8785), exactly the bytes that were hashed.
    entry TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX visit_draws_by_unit ON visit_draws (unit, id);

-- All that a draw was made from, in its order: those that are asked come first.
CREATE TABLE visit_places (
    draw_id TEXT NOT NULL,
    place BIGINT NOT NULL,
    number TEXT NOT NULL,
    sample TEXT NOT NULL,
    drawn BIGINT NOT NULL,
    PRIMARY KEY (draw_id, place)
);
