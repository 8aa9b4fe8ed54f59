-- 0007_audit.sql: who did what, as a chain of lines.
--
-- Lines carry the day, never the time of day, and nothing of answers or codes. Each chain
-- value is of the line and of the chain value before it (kiosk/seal.h), so that no line
-- can be changed, moved or taken out without all after it.

-- The operator is the id in hexadecimal digits, empty for the command line and for jobs.
CREATE TABLE audit (
    number BIGINT NOT NULL PRIMARY KEY CHECK (number >= 1),
    day BIGINT NOT NULL,
    operator TEXT NOT NULL CHECK (length(operator) IN (0, 32)),
    action TEXT NOT NULL CHECK (length(action) BETWEEN 1 AND 40),
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    chain BYTEA NOT NULL CHECK (length(chain) = 32)
) CLUSTERED;
