-- 0011_published.sql: reports as they were published.
--
-- A row is never changed. The log has a line about each, with the digest of its report, so
-- that none can be changed, added or removed without a trace.

-- The report is the JSON text, byte for byte; its digest is BLAKE2b. The operator is the
-- id in hexadecimal digits, empty for the command line.
CREATE TABLE published (
    number BIGINT NOT NULL PRIMARY KEY CHECK (number >= 1),
    published_on BIGINT NOT NULL,
    operator TEXT NOT NULL CHECK (length(operator) IN (0, 32)),
    plan_version BIGINT NOT NULL CHECK (plan_version >= 1),
    year BIGINT NOT NULL,
    as_of BIGINT NOT NULL,
    seal BYTEA NOT NULL CHECK (length(seal) = 32),
    digest BYTEA NOT NULL UNIQUE CHECK (length(digest) = 32),
    report TEXT NOT NULL
) CLUSTERED;
