-- Which units an incident is of: the one that leads it, and those that have or had a task in
-- it. Folded from the ledger like cases; those with a task are there after a rebuild.
CREATE TABLE involved (
    unit TEXT NOT NULL,
    case_id TEXT NOT NULL,
    PRIMARY KEY (unit, case_id)
);
CREATE INDEX involved_by_case ON involved (case_id);
INSERT INTO involved (unit, case_id)
    SELECT unit, case_id FROM cases WHERE kind = 'incident' AND unit IS NOT NULL;
