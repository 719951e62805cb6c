-- What units are to do in files that others handle: only what is still awaited. Folded
-- from the ledger like cases.
CREATE TABLE parts (
    case_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    unit TEXT NOT NULL,
    -- YYYY-MM-DD: the last day to report.
    due_on TEXT NOT NULL,
    PRIMARY KEY (case_id, seq)
);
CREATE INDEX parts_by_unit ON parts (unit, due_on);
