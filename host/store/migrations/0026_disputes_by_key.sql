-- Disputes are listed by their keys, whatever the others are listed by: `all disputes` and those
-- of one phase.
CREATE INDEX disputes_by_key ON cases (kind, case_id);
CREATE INDEX disputes_by_phase ON cases (kind, phase, case_id);
