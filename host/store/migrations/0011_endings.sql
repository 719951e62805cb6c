-- The day a complaint was over: closed, or refused. Whom a follow-up visit asks is
-- chosen by it.
ALTER TABLE case_facts ADD COLUMN ended_on TEXT;
CREATE INDEX case_facts_by_end ON case_facts (ended_on, unit) WHERE ended_on IS NOT NULL;

-- The association that mediates in the authority's name.
ALTER TABLE cases ADD COLUMN delegated TEXT;
CREATE INDEX cases_by_delegate ON cases (delegated, case_id) WHERE delegated IS NOT NULL;
