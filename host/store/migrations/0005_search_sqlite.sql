-- The words of the files on the work list. The index is kept by triggers, so it
-- cannot part from its table. Row numbers are places on the list: FTS5 walks them
-- in order, so a search yields the most urgent first and stops when a page is full.
CREATE TABLE work_words (
    place INTEGER PRIMARY KEY,
    -- What a list is filtered by, each value a word that no text has.
    marks TEXT NOT NULL,
    -- The respondent's name, which may be asked for by itself.
    names TEXT NOT NULL,
    words TEXT NOT NULL
);

-- Words come cut and in small letters; this tokenizer splits at spaces and leaves
-- every character beyond ASCII as it is.
CREATE VIRTUAL TABLE work_index USING fts5 (
    marks, names, words,
    content = 'work_words', content_rowid = 'place', columnsize = 0,
    tokenize = "ascii tokenchars ':.'"
);

CREATE TRIGGER work_words_added AFTER INSERT ON work_words BEGIN
    INSERT INTO work_index (rowid, marks, names, words)
        VALUES (new.place, new.marks, new.names, new.words);
END;
CREATE TRIGGER work_words_removed AFTER DELETE ON work_words BEGIN
    INSERT INTO work_index (work_index, rowid, marks, names, words)
        VALUES ('delete', old.place, old.marks, old.names, old.words);
END;
CREATE TRIGGER work_words_changed AFTER UPDATE ON work_words BEGIN
    INSERT INTO work_index (work_index, rowid, marks, names, words)
        VALUES ('delete', old.place, old.marks, old.names, old.words);
    INSERT INTO work_index (rowid, marks, names, words)
        VALUES (new.place, new.marks, new.names, new.words);
END;
