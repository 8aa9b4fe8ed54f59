-- 0009_rotating.sql: one-time codes that tablets show one after another.
--
-- A code says itself, under the key, on which screen and when it was shown: there is no row
-- of it until it is spent. A screen is a programme at a centre, or (without a programme)
-- the centre itself, whose code opens the menu of several.

CREATE TABLE screen (
    number BIGINT NOT NULL PRIMARY KEY CHECK (number BETWEEN 1 AND 1048575),
    programme TEXT NOT NULL CHECK (length(programme) <= 40), -- empty: the centre's own
    centre TEXT NOT NULL CHECK (length(centre) BETWEEN 1 AND 40),
    UNIQUE (programme, centre)
) CLUSTERED;

INSERT INTO screen (number, programme, centre)
SELECT ROW_NUMBER() OVER (ORDER BY centre, programme), programme, centre
FROM open_code
WHERE centre <> '' AND (channel = 0 OR programme = '');

-- All that is left of a code: that it was used, and on which day it was shown.
CREATE TABLE rotating_spent (
    hash BYTEA NOT NULL PRIMARY KEY CHECK (length(hash) = 16),
    shown_on BIGINT NOT NULL
) CLUSTERED;
