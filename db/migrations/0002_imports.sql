-- 0002_imports.sql: answers collected on paper, by phone or elsewhere.
--
-- What holds of rows that carry answers (0001_start.sql) holds here. The number of an import
-- counts upwards, but the answers of one import came as one file: it tells no more than
-- the file did.

-- One file. Its digest is of the text as UTF-8: the same table saved in another encoding is
-- the same file. An import that was taken back stays on record.
CREATE TABLE import (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id >= 1),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    row_count BIGINT NOT NULL CHECK (row_count >= 1),
    stored BIGINT NOT NULL CHECK (stored BETWEEN 0 AND row_count), -- before it was withdrawn
    imported_on BIGINT NOT NULL,
    withdrawn_on BIGINT,
    reason TEXT,
    CHECK ((withdrawn_on IS NULL) = (reason IS NULL))
) CLUSTERED;

-- A file is in force once at most: importing it again completes the same import.
CREATE UNIQUE INDEX import_in_force ON import (digest) WHERE withdrawn_on IS NULL;

ALTER TABLE submission ADD COLUMN import BIGINT NOT NULL DEFAULT 0 CHECK (import >= 0);
ALTER TABLE comment ADD COLUMN import BIGINT NOT NULL DEFAULT 0 CHECK (import >= 0);

-- For taking back. Answers that were not imported are not in it and cost nothing.
CREATE INDEX submission_of_import ON submission (import) WHERE import > 0;
CREATE INDEX comment_of_import ON comment (import) WHERE import > 0;
