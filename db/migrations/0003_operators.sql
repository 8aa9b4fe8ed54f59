-- 0003_operators.sql: who may see the console: operators, their sessions, their links.
--
-- Operators are no answers: here, and only here, times are kept, in minutes since
-- 1970-01-01 (UTC). Nothing in these tables refers to an answer or a code.

-- A password is an argon2id text, empty until one was chosen through a link. Duties are a
-- bitmask.
CREATE TABLE operator (
    id BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 400),
    folded TEXT NOT NULL UNIQUE CHECK (length(folded) BETWEEN 1 AND 400),
    password TEXT NOT NULL CHECK (length(password) <= 128),
    duties BIGINT NOT NULL CHECK (duties >= 0),
    is_disabled BIGINT NOT NULL CHECK (is_disabled IN (0, 1)),
    made_on BIGINT NOT NULL
) CLUSTERED;

-- A link that lets its bearer choose a password once. Without an operator it is the link
-- that makes the first one. A used link is a deleted row.
CREATE TABLE invitation (
    hash BYTEA NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    operator BYTEA REFERENCES operator (id),
    expires BIGINT NOT NULL -- the last minute in which it works
) CLUSTERED;

CREATE INDEX invitation_of_operator ON invitation (operator);

-- A browser that is signed in: the hash of what its cookie says.
CREATE TABLE session (
    hash BYTEA NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    operator BYTEA NOT NULL REFERENCES operator (id),
    begun BIGINT NOT NULL,
    seen BIGINT NOT NULL CHECK (seen >= begun)
) CLUSTERED;

CREATE INDEX session_of_operator ON session (operator);
