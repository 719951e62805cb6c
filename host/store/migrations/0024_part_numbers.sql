-- What is awaited stands within a day by the file's number, which is drawn, and not by its key,
-- which tells when the file came.
ALTER TABLE parts ADD COLUMN number TEXT NOT NULL DEFAULT '';
UPDATE parts SET number =
    COALESCE((SELECT number FROM cases WHERE cases.case_id = parts.case_id), '');
DROP INDEX parts_to_do;
DROP INDEX parts_to_be_answered;
CREATE INDEX parts_to_do ON parts (unit, due_on, number, what, seq) WHERE what <> 'answer';
CREATE INDEX parts_to_be_answered ON parts (unit, due_on, number, what, seq)
    WHERE what = 'answer';
