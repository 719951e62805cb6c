-- What an answered question said before, and who wrote it.
CREATE TABLE knowledge_versions (
    id TEXT NOT NULL,
    revision BIGINT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (id, revision)
);
INSERT INTO knowledge_versions (id, revision, document)
    SELECT id, revision, document FROM knowledge;
