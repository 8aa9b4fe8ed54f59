-- 0014_submission_arrivals.sql: on a file, submissions lie where they came until a mixing
-- settles them among the others.
--
-- A submission's id is random, and so is its page: that page was most of what an answer cost
-- (db/arrivals.h). Here one lies behind the other, ten and more on a page. None of an import
-- and none that came late lies here: those go to where they stay at once, as all do on a
-- server, which keeps rows in the order of their arrival anyway.
--
-- What a column may hold is checked when its row is settled, by the table `submission`: here
-- it took a twentieth of an answer's time.

CREATE TABLE submission_arrival (
    place ARRIVING,
    id BYTEA NOT NULL,
    programme TEXT NOT NULL,
    wave TEXT NOT NULL,
    centre TEXT NOT NULL,
    channel BIGINT NOT NULL,
    mode BIGINT NOT NULL,
    plan_version BIGINT NOT NULL REFERENCES plan (version),
    period BIGINT NOT NULL,
    answers TEXT NOT NULL, -- 50 items × 4
    import BIGINT NOT NULL,
    late BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    flags BIGINT NOT NULL
) CHECKED;
