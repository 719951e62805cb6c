-- The words of the files on the work list, by the place of each: marks, names (of
-- weight A) and words as one vector. Words come cut and in small letters, so the
-- vector is written as it is to be: the parser of a text search configuration
-- would cut them by its own rules, which hang on the cluster's language.
CREATE TABLE work_words (
    place BIGINT PRIMARY KEY,
    terms TSVECTOR NOT NULL
);

-- Without a list of pending entries, which every search would have to read.
CREATE INDEX work_index ON work_words USING gin (terms) WITH (fastupdate = off);

-- How common a word is decides whether the list or the index is walked: know it
-- of many words, and again after every fiftieth part of the list has changed.
ALTER TABLE work_words ALTER COLUMN terms SET STATISTICS 1000;
ALTER TABLE work_words SET (autovacuum_analyze_scale_factor = 0.02);
