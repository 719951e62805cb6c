-- Files of other kinds than disputes: what they are, and the unit that has them. The
-- columns by which parties find their disputes stay empty in them.
ALTER TABLE cases ADD COLUMN kind TEXT NOT NULL DEFAULT 'dispute';
ALTER TABLE cases ADD COLUMN unit TEXT;
CREATE INDEX cases_of_other_kinds
    ON cases (kind, unit, case_id, phase, number, category, updated_at)
    WHERE unit IS NOT NULL;
ALTER TABLE case_facts ADD COLUMN kind TEXT NOT NULL DEFAULT 'dispute';
ALTER TABLE work ADD COLUMN kind TEXT NOT NULL DEFAULT 'dispute';

-- Who stands behind a token of the ledger. Nothing else has a reporter's name, and the
-- person in a row can be erased (its columns but the keys set to NULL) without touching
-- the ledger.
CREATE TABLE identities (
    token TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    -- The account that may act as this person; nothing where there is none.
    owner TEXT,
    -- JSON: the name, and how to reach the person; nothing of an anonymous one.
    document TEXT
);
CREATE INDEX identities_by_owner ON identities (owner, case_id) WHERE owner IS NOT NULL;
CREATE INDEX identities_by_case ON identities (case_id);
