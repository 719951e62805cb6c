-- By what disputes are alike: the person, the place, the operator, the order. Values are
-- hashed: this finds what is the same and tells nothing of what it is. Folded from the
-- ledger like cases; a dispute's traits are those of its filing and do not change.
CREATE TABLE likeness (
    trait TEXT NOT NULL,
    value TEXT NOT NULL,
    -- YYYY-MM-DD of receipt.
    filed_on TEXT NOT NULL,
    case_id TEXT NOT NULL,
    PRIMARY KEY (trait, value, filed_on, case_id)
);
CREATE INDEX likeness_by_case ON likeness (case_id);
