-- 0014_submission_arrivals.sql: on a file, submissions lie where they came until a mixing
-- settles them among the others.
--
-- A submission's id is random, and so is its page: that page was most of what an answer cost
-- (db/arrivals.h). Here one lies behind the other, ten and more on a page. None of an import
-- and none that came late lies here: those go to where they stay at once, as all do on a
-- server, which keeps rows in the order of their arrival anyway.

CREATE TABLE submission_arrival (
    place ARRIVING,
    id BYTEA NOT NULL CHECK (length(id) = 16),
    programme TEXT NOT NULL CHECK (length(programme) BETWEEN 1 AND 40),
    wave TEXT NOT NULL CHECK (length(wave) BETWEEN 1 AND 40),
    centre TEXT NOT NULL CHECK (length(centre) <= 40),
    channel BIGINT NOT NULL CHECK (channel BETWEEN 0 AND 5),
    mode BIGINT NOT NULL CHECK (mode IN (0, 1)),
    plan_version BIGINT NOT NULL REFERENCES plan (version),
    period BIGINT NOT NULL,
    answers TEXT NOT NULL CHECK (length(answers) BETWEEN 1 AND 200), -- 50 items × 4
    import BIGINT NOT NULL CHECK (import = 0),
    late BIGINT NOT NULL CHECK (late = 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 16),
    flags BIGINT NOT NULL CHECK (flags BETWEEN 0 AND 15)
) CHECKED;
