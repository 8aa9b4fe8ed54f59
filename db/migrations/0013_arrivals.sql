-- 0013_arrivals.sql: comments lie where they came until they are settled among the others.
--
-- A comment's id is random, and so is its place among the others: two pages for each, of the
-- table and of its index, cost an answer as much as the answer itself. Here one lies behind
-- the other. A release settles those of its wave (an import those of its own, in the same
-- transaction), a mixing all (db/comments.c).

CREATE TABLE comment_arrival (
    place ARRIVING,
    id BYTEA NOT NULL CHECK (length(id) = 16),
    programme TEXT NOT NULL CHECK (length(programme) BETWEEN 1 AND 40),
    wave TEXT NOT NULL CHECK (length(wave) BETWEEN 1 AND 40),
    centre TEXT NOT NULL CHECK (length(centre) <= 40),
    overall BIGINT NOT NULL CHECK (overall BETWEEN -1 AND 5), -- -1 blank, 0 unknown
    item TEXT NOT NULL CHECK (length(item) BETWEEN 1 AND 40),
    text TEXT NOT NULL CHECK (length(text) > 0),
    import BIGINT NOT NULL CHECK (import >= 0)
) CHECKED;
