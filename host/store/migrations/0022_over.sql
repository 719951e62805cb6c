-- Files that are over stay on the work list, in places beyond all that wait: those that are
-- due on no known day, which came last of all, make room. What is over by now is there after
-- a rebuild, as is what else files are found by since: the numbers of those who complain.
ALTER TABLE work ADD COLUMN over_on TEXT;
UPDATE work SET place = place - 4611686018427387904 WHERE place > 9223370937343148032;
UPDATE work_words SET place = place - 4611686018427387904 WHERE place > 9223370937343148032;

-- What waits in a file for another unit than its own is of several kinds, each with numbers
-- of its own. The disagreement on who handles a file had the number 0.
CREATE TABLE awaited (
    case_id TEXT NOT NULL,
    what TEXT NOT NULL,
    -- The number of the part, of the clock that is to be extended, or of the supervision.
    seq BIGINT NOT NULL,
    -- Who is to do it; of an answer, who waits for it.
    unit TEXT NOT NULL,
    -- YYYY-MM-DD.
    due_on TEXT NOT NULL,
    PRIMARY KEY (case_id, what, seq)
);
INSERT INTO awaited (case_id, what, seq, unit, due_on)
    SELECT case_id, CASE seq WHEN 0 THEN 'agreement' ELSE 'part' END, seq, unit, due_on
    FROM parts;
DROP TABLE parts;
ALTER TABLE awaited RENAME TO parts;
-- Each list by itself: a unit above waits for many answers, and is to do little.
CREATE INDEX parts_to_do ON parts (unit, due_on, case_id, what, seq) WHERE what <> 'answer';
CREATE INDEX parts_to_be_answered ON parts (unit, due_on, case_id, what, seq)
    WHERE what = 'answer';
