/* statements.c: the SQL of the product, one text for SQLite and PostgreSQL: `$n`
   parameters, BIGINT for whole numbers and truths, ON CONFLICT for what may be there, no
   function that only one engine has. A statement that reads a whole table on purpose says
   so with `scan ok`. */
#include "db/statements.h"

#include <stddef.h>

#define CODE_COLUMNS "hash, programme, wave, centre, channel, batch, is_open, state"
#define ROTATING_COLUMNS "hash, shown_on"
/* As submission_from_row reads them. */
#define SUBMISSION_COLUMNS                                                               \
    "id, programme, wave, centre, channel, mode, plan_version, period, answers,\n"       \
    "    import, late, digest, flags"
#define SET_KEY "programme, wave, period, node"
#define SEAL_COLUMNS                                                                     \
    "number, programme, wave, period, count, late, digest, previous, chain,\n"           \
    "    sealed_on, is_supplement"
#define WITHDRAWN_COLUMNS "import, programme, wave, period, late, seals, count, lanes"
#define BATCH_COLUMNS                                                                    \
    "id, programme, wave, centre, channel, count, made_on, voided_on, void_reason,\n"    \
    "    voided_count"
#define BATCH_COLUMNS_WHOLE BATCH_COLUMNS ", is_test, made_by"
#define OPERATOR_COLUMNS_WHOLE "id, name, folded, password, duties, is_disabled, made_on"
#define IMPORT_COLUMNS "id, digest, row_count, stored, imported_on, withdrawn_on, reason"
#define PUBLISHED_COLUMNS                                                                \
    "number, published_on, operator, plan_version, year, as_of, seal, digest"
#define AUDIT_COLUMNS "number, day, operator, action, subject, detail, chain"
#define COMMENT_COLUMNS "id, programme, wave, centre, overall, item, text, import"
#define COMMENT_COLUMNS_WHOLE COMMENT_COLUMNS ", state"
#define RAISE_COMMENT_COUNT                                                              \
    "ON CONFLICT (programme, wave, state) DO UPDATE\n"                                   \
    "SET count = comment_count.count + excluded.count"
#define TALLY_KEY "slice, programme, wave, period, centre, channel, mode, flags, node"
#define OPERATOR_COLUMNS                                                                 \
    "operator.id, operator.name, operator.folded, operator.password, operator.duties,\n" \
    "    operator.is_disabled, operator.made_on"

const struct statement_text statement_texts[SQL_STATEMENT_COUNT] = {
    /* ---- settings ---- */
    [SQL_SETTING_GET] = {"setting_get", "SELECT value\n"
                                        "FROM setting\n"
                                        "WHERE name = $1"},
    [SQL_SETTING_SET] = {"setting_set",
        "INSERT INTO setting (name, value)\n"
        "VALUES ($1, $2)\n"
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value"},

    /* ---- plans ---- */
    [SQL_PLAN_LIST] = {"plan_list", "SELECT version, text, applied_on\n"
                                    "FROM plan\n"
                                    "WHERE version > $1\n"
                                    "ORDER BY version"},
    [SQL_PLAN_LAST] = {"plan_last", "SELECT version, text\n"
                                    "FROM plan\n"
                                    "WHERE version = (SELECT MAX(version) FROM plan)"},
    [SQL_PLAN_ADD] = {"plan_add",
        "INSERT INTO plan (version, text, fingerprint, applied_on)\n"
        "VALUES ($1, $2, $3, $4)"},

    /* ---- codes ---- */
    [SQL_OPEN_CODE_ADD] = {"open_code_add",
        "INSERT INTO open_code (programme, centre, channel, counter)\n"
        "VALUES ($1, $2, $3, 0)\n"
        "ON CONFLICT (programme, centre, channel) DO NOTHING"},
    [SQL_OPEN_CODE_GET] = {"open_code_get",
        "SELECT counter\n"
        "FROM open_code\n"
        "WHERE programme = $1 AND centre = $2 AND channel = $3"},
    [SQL_OPEN_CODE_LIST] = {"open_code_list",
        "/* scan ok: a few for each programme and centre, once in a restoration */\n"
        "SELECT programme, centre, channel, counter\n"
        "FROM open_code\n"
        "ORDER BY programme, centre, channel"},
    [SQL_CODE_FIND] = {"code_find",
        "SELECT programme, wave, centre, channel, is_open, state, batch\n"
        "FROM code\n"
        "WHERE hash = $1"},
    [SQL_CODE_ADD] = {"code_add", "INSERT INTO code (" CODE_COLUMNS ")\n"
                                  "VALUES ($1, $2, $3, $4, $5, $6, $7, 0)\n"
                                  "ON CONFLICT (hash) DO NOTHING"},
    [SQL_CODE_REMOVE_OPEN] = {"code_remove_open", "DELETE FROM code\n"
                                                  "WHERE batch = 0"},
    [SQL_CODE_SPEND] = {"code_spend", "UPDATE code\n"
                                      "SET state = 1\n"
                                      "WHERE hash = $1 AND state = 0 AND is_open = 0"},
    [SQL_CODE_VOID_BATCH] = {"code_void_batch", "UPDATE code\n"
                                                "SET state = 2\n"
                                                "WHERE batch = $1 AND state = 0"},
    [SQL_BATCH_ADD] = {"batch_add",
        "INSERT INTO batch (id, programme, wave, centre, channel, count, made_on,\n"
        "    is_test, made_by)\n"
        "VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM batch), $1, $2, $3, $4, $5, $6,\n"
        "    $7, $8)\n"
        "RETURNING id"},
    [SQL_BATCH_GET] = {"batch_get",
        "SELECT CASE WHEN voided_on IS NULL THEN 0 ELSE 1 END\n"
        "FROM batch\n"
        "WHERE id = $1"},
    [SQL_BATCH_VOID] = {"batch_void",
        "UPDATE batch\n"
        "SET voided_on = $2, void_reason = $3, voided_count = $4\n"
        "WHERE id = $1"},
    [SQL_BATCH_ASKED] = {"batch_asked",
        "SELECT CAST(COALESCE(SUM(count - voided_count), -1) AS BIGINT)\n"
        "FROM batch\n"
        "WHERE programme = $1 AND wave = $2 AND is_test = 0"},
    [SQL_BATCH_IS_TEST] = {"batch_is_test", "SELECT is_test\n"
                                            "FROM batch\n"
                                            "WHERE id = $1"},
    [SQL_BATCH_LIST] = {"batch_list",
        "SELECT batch.id, batch.centre, batch.channel, batch.count, batch.made_on,\n"
        "    CASE WHEN batch.voided_on IS NULL THEN 0 ELSE 1 END, batch.voided_count,\n"
        "    COALESCE(batch.void_reason, ''), COALESCE(operator.name, '')\n"
        "FROM batch\n"
        "LEFT JOIN operator ON operator.id = batch.made_by\n"
        "WHERE batch.programme = $1 AND batch.wave = $2 AND batch.is_test = 0\n"
        "ORDER BY batch.id DESC"},
    [SQL_OPEN_CODE_RAISE] = {"open_code_raise",
        "UPDATE open_code\n"
        "SET counter = open_code.counter + 1\n"
        "WHERE programme = $1 AND centre = $2 AND channel = $3"},
    [SQL_CODE_VOID_OPEN] = {"code_void_open", "UPDATE code\n"
                                              "SET state = 2\n"
                                              "WHERE hash = $1 AND is_open = 1"},
    [SQL_HANDOUT_GET] = {"handout_get", "SELECT handed_out, refused\n"
                                        "FROM handout\n"
                                        "WHERE programme = $1 AND wave = $2"},
    [SQL_HANDOUT_SET] = {"handout_set",
        "INSERT INTO handout (programme, wave, handed_out, refused)\n"
        "VALUES ($1, $2, $3, $4)\n"
        "ON CONFLICT (programme, wave) DO UPDATE\n"
        "SET handed_out = excluded.handed_out, refused = excluded.refused"},
    [SQL_BATCH_AUDIT] = {"batch_audit",
        "/* scan ok: verify counts every code */\n"
        "SELECT batch.id, batch.count, batch.voided_count, COUNT(code.hash),\n"
        "    COUNT(code.hash) FILTER (WHERE code.state = 2)\n"
        "FROM batch\n"
        "LEFT JOIN code ON code.batch = batch.id\n"
        "GROUP BY batch.id, batch.count, batch.voided_count\n"
        "ORDER BY batch.id"},

    /* ---- what tablets show ---- */
    [SQL_SCREEN_ADD] = {"screen_add",
        "INSERT INTO screen (number, programme, centre)\n"
        "VALUES ((SELECT COALESCE(MAX(number), 0) + 1 FROM screen), $1, $2)\n"
        "ON CONFLICT (programme, centre) DO NOTHING"},
    [SQL_SCREEN_NUMBER] = {"screen_number", "SELECT number\n"
                                            "FROM screen\n"
                                            "WHERE programme = $1 AND centre = $2"},
    [SQL_SCREEN_FIND] = {"screen_find",
        "SELECT screen.programme, screen.centre, own.number\n"
        "FROM screen\n"
        "JOIN screen AS own ON own.programme = '' AND own.centre = screen.centre\n"
        "WHERE screen.number = $1"},
    [SQL_ROTATING_IS_SPENT] = {"rotating_is_spent", "SELECT shown_on\n"
                                                    "FROM rotating_spent\n"
                                                    "WHERE hash = $1"},
    [SQL_ROTATING_SPEND] = {"rotating_spend",
        "INSERT INTO rotating_spent (" ROTATING_COLUMNS ")\n"
        "VALUES ($1, $2)\n"
        "ON CONFLICT (hash) DO NOTHING"},

    /* ---- submissions ---- */
    [SQL_SUBMISSION_HAS] = {"submission_has", "SELECT 1\n"
                                              "FROM submission\n"
                                              "WHERE id = $1"},
    [SQL_SUBMISSION_ADD] = {"submission_add",
        "INSERT INTO submission (" SUBMISSION_COLUMNS ")\n"
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)\n"
        "ON CONFLICT (id) DO NOTHING"},
    /* Wherever they lie. */
    [SQL_SUBMISSION_RANGE] = {"submission_range",
        "/* scan ok: of what came since the last mixing */\n"
        "SELECT " SUBMISSION_COLUMNS "\n"
        "FROM submission\n"
        "WHERE id >= $1 AND id <= $2\n"
        "UNION ALL\n"
        "SELECT " SUBMISSION_COLUMNS "\n"
        "FROM submission_arrival\n"
        "WHERE id >= $1 AND id <= $2\n"
        "ORDER BY id"},
    [SQL_SUBMISSION_BEFORE_FLAGS] = {"submission_before_flags",
        "SELECT id, programme, wave, centre, channel, mode, plan_version, period,\n"
        "    answers, import, late, digest, 0\n"
        "FROM submission\n"
        "WHERE id >= $1 AND id <= $2\n"
        "ORDER BY id"},
    [SQL_SUBMISSION_LATE] = {"submission_late",
        "SELECT COUNT(*)\n"
        "FROM submission\n"
        "WHERE late > 0 AND programme = $1 AND wave = $2 AND period = $3\n"
        "    AND late = $4"},
    [SQL_SUBMISSION_SET_DIGEST] = {"submission_set_digest", "UPDATE submission\n"
                                                            "SET digest = $2\n"
                                                            "WHERE id = $1"},

    /* ---- from where submissions came to where they stay ---- */
    [SQL_ARRIVAL_ADD] = {"arrival_add",
        "INSERT INTO submission_arrival (" SUBMISSION_COLUMNS ", place)\n"
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"},
    [SQL_ARRIVAL_HAS] = {"arrival_has", "SELECT 1\n"
                                        "FROM submission_arrival\n"
                                        "WHERE place = $1 AND id = $2"},
    [SQL_ARRIVAL_IDS] = {"arrival_ids", "/* scan ok: once, when a server begins */\n"
                                        "SELECT place, id\n"
                                        "FROM submission_arrival\n"
                                        "ORDER BY place"},
    [SQL_ARRIVAL_FIRST] = {"arrival_first", "/* scan ok: no further than the first */\n"
                                            "SELECT COALESCE(MIN(place), 0)\n"
                                            "FROM submission_arrival"},
    [SQL_ARRIVAL_LAST] = {"arrival_last", "/* scan ok: no further than the last */\n"
                                          "SELECT COALESCE(MAX(place), 0)\n"
                                          "FROM submission_arrival"},
    /* The place of the last of so many behind a place; 0: there is none. */
    [SQL_ARRIVAL_CHUNK] = {"arrival_chunk", "/* scan ok: no further than so many */\n"
                                            "SELECT COALESCE(MAX(place), 0)\n"
                                            "FROM (SELECT place\n"
                                            "    FROM submission_arrival\n"
                                            "    WHERE place > $1\n"
                                            "    ORDER BY place\n"
                                            "    LIMIT $2) AS chunk"},
    [SQL_ARRIVAL_SETTLE] = {"arrival_settle",
        "INSERT INTO submission (" SUBMISSION_COLUMNS ")\n"
        "SELECT " SUBMISSION_COLUMNS "\n"
        "FROM submission_arrival\n"
        "WHERE place <= $1\n"
        "ORDER BY id"},
    [SQL_ARRIVAL_FORGET] = {"arrival_forget", "DELETE FROM submission_arrival\n"
                                              "WHERE place <= $1"},

    [SQL_COMMENT_ADD] = {"comment_add",
        "INSERT INTO comment_arrival (" COMMENT_COLUMNS ")\n"
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"},

    /* ---- from where comments came to where they stay ---- */
    [SQL_COMMENT_ARRIVAL_LAST] = {"comment_arrival_last",
        "/* scan ok: no further than the last */\n"
        "SELECT COALESCE(MAX(place), 0)\n"
        "FROM comment_arrival"},
    /* The place of the last of so many behind a place; 0: there is none. */
    [SQL_COMMENT_ARRIVAL_CHUNK] = {"comment_arrival_chunk",
        "/* scan ok: no further than so many */\n"
        "SELECT COALESCE(MAX(place), 0)\n"
        "FROM (SELECT place\n"
        "    FROM comment_arrival\n"
        "    WHERE place > $1\n"
        "    ORDER BY place\n"
        "    LIMIT $2) AS chunk"},
    [SQL_COMMENT_ARRIVAL_SETTLE] = {"comment_arrival_settle",
        "INSERT INTO comment (" COMMENT_COLUMNS ")\n"
        "SELECT " COMMENT_COLUMNS "\n"
        "FROM comment_arrival\n"
        "WHERE place <= $1\n"
        "ORDER BY id"},
    [SQL_COMMENT_ARRIVAL_FORGET] = {"comment_arrival_forget",
        "DELETE FROM comment_arrival\n"
        "WHERE place <= $1"},
    [SQL_COMMENT_ARRIVAL_SETTLE_WAVE] = {"comment_arrival_settle_wave",
        "INSERT INTO comment (" COMMENT_COLUMNS ")\n"
        "SELECT " COMMENT_COLUMNS "\n"
        "FROM comment_arrival\n"
        "WHERE programme = $1 AND wave = $2 AND place > $3 AND place <= $4\n"
        "ORDER BY id"},
    [SQL_COMMENT_ARRIVAL_FORGET_WAVE] = {"comment_arrival_forget_wave",
        "DELETE FROM comment_arrival\n"
        "WHERE programme = $1 AND wave = $2 AND place > $3 AND place <= $4"},

    /* ---- what becomes of comments ---- */
    /* The last of so many and one more, if there are so many. */
    [SQL_COMMENT_RELEASE_CHUNK] = {"comment_release_chunk",
        "SELECT id\n"
        "FROM comment\n"
        "WHERE programme = $1 AND wave = $2 AND state = 0 AND id > $3\n"
        "ORDER BY id\n"
        "LIMIT 1 OFFSET $4"},
    [SQL_COMMENT_RELEASE] = {"comment_release",
        "UPDATE comment\n"
        "SET state = 1\n"
        "WHERE programme = $1 AND wave = $2 AND state = 0 AND id > $3 AND id <= $4"},
    [SQL_COMMENT_COUNT] = {"comment_count", "/* scan ok: a few rows a wave */\n"
                                            "SELECT programme, wave, state, count\n"
                                            "FROM comment_count\n"
                                            "WHERE count <> 0\n"
                                            "ORDER BY programme, wave, state"},
    [SQL_COMMENT_COUNT_ADD] = {"comment_count_add",
        "INSERT INTO comment_count (programme, wave, state, count)\n"
        "VALUES ($1, $2, $3, $4)\n" RAISE_COMMENT_COUNT},
    /* That of the wave of a comment. */
    [SQL_COMMENT_COUNT_MOVE] = {"comment_count_move",
        "INSERT INTO comment_count (programme, wave, state, count)\n"
        "SELECT programme, wave, CAST($2 AS BIGINT), CAST($3 AS BIGINT)\n"
        "FROM comment\n"
        "WHERE id = $1\n" RAISE_COMMENT_COUNT},
    /* Where what is there and what was counted differ. */
    [SQL_COMMENT_COUNT_AUDIT] = {"comment_count_audit",
        "/* scan ok: verify looks at each */\n"
        "SELECT programme, wave, state, CAST(SUM(here) AS BIGINT),\n"
        "    CAST(SUM(told) AS BIGINT)\n"
        "FROM (SELECT programme, wave, state, 1 AS here, 0 AS told\n"
        "    FROM comment\n"
        "    WHERE state > 0\n"
        "    UNION ALL\n"
        "    SELECT programme, wave, state, 0, count\n"
        "    FROM comment_count) AS both_of_them\n"
        "GROUP BY programme, wave, state\n"
        "HAVING SUM(here) <> SUM(told)\n"
        "ORDER BY programme, wave, state"},
    [SQL_COMMENT_LIST] = {"comment_list",
        "SELECT id, item, text\n"
        "FROM comment\n"
        "WHERE programme = $1 AND wave = $2 AND state = $3 AND state > 0 AND id > $4\n"
        "ORDER BY id\n"
        "LIMIT $5"},
    [SQL_COMMENT_GET] = {"comment_get", "SELECT programme, wave, state\n"
                                        "FROM comment\n"
                                        "WHERE id = $1"},
    [SQL_COMMENT_DECIDE] = {"comment_decide", "UPDATE comment\n"
                                              "SET state = $3\n"
                                              "WHERE id = $1 AND state = $2"},
    [SQL_COMMENT_AUDIT] = {"comment_audit", "/* scan ok: verify looks at each */\n"
                                            "SELECT id, state\n"
                                            "FROM comment\n"
                                            "ORDER BY id"},

    /* ---- tallies ---- */
    [SQL_TALLY_GET] = {"tally_get",
        "SELECT cell\n"
        "FROM tally\n"
        "WHERE slice = $1 AND programme = $2 AND wave = $3 AND period = $4\n"
        "    AND centre = $5 AND channel = $6 AND mode = $7 AND flags = $8\n"
        "    AND node = $9"},
    [SQL_TALLY_HAS_WAVE] = {"tally_has_wave",
        "SELECT 1\n"
        "FROM tally\n"
        "WHERE slice = $1 AND programme = $2 AND wave = $3\n"
        "LIMIT 1"},
    [SQL_TALLY_SET] = {"tally_set",
        "INSERT INTO tally (" TALLY_KEY ", cell)\n"
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)\n"
        "ON CONFLICT (" TALLY_KEY ") DO UPDATE SET cell = excluded.cell"},
    [SQL_TALLY_LIST] = {"tally_list", "SELECT " TALLY_KEY ", cell, released\n"
                                      "FROM tally\n"
                                      "WHERE slice = $1 AND programme = $2\n"
                                      "ORDER BY " TALLY_KEY},
    [SQL_TALLY_AUDIT] = {"tally_audit", "/* scan ok: verify reads every cell */\n"
                                        "SELECT " TALLY_KEY ", cell, released\n"
                                        "FROM tally\n"
                                        "ORDER BY " TALLY_KEY},
    [SQL_TALLY_REMOVE] = {"tally_remove",
        "DELETE FROM tally\n"
        "WHERE slice = $1 AND programme = $2 AND wave = $3 AND period = $4\n"
        "    AND centre = $5 AND channel = $6 AND mode = $7 AND flags = $8\n"
        "    AND node = $9"},
    [SQL_TALLY_PASTE] = {"tally_paste",
        "INSERT INTO tally (" TALLY_KEY ", cell, released)\n"
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"},
    [SQL_TALLY_RELEASE] = {"tally_release",
        "UPDATE tally\n"
        "SET released = cell\n"
        "WHERE slice = $1 AND programme = $2 AND wave = $3"},
    [SQL_RELEASE_COUNTS] = {"release_counts",
        "SELECT cell, released\n"
        "FROM tally\n"
        "WHERE slice = $1 AND programme = $2 AND wave = $3"},
    [SQL_RELEASE_GET] = {"release_get", "SELECT made_on\n"
                                        "FROM release\n"
                                        "WHERE programme = $1 AND wave = $2"},
    [SQL_RELEASE_SET] = {"release_set",
        "INSERT INTO release (programme, wave, made_on)\n"
        "VALUES ($1, $2, $3)\n"
        "ON CONFLICT (programme, wave) DO UPDATE SET made_on = excluded.made_on"},
    [SQL_RELEASE_COPY] = {"release_copy", "/* scan ok: evidence holds every row */\n"
                                          "SELECT programme, wave, made_on\n"
                                          "FROM release\n"
                                          "ORDER BY programme, wave"},
    [SQL_FLAG_HOUR_ADD] = {"flag_hour_add",
        "INSERT INTO flag_hour (year, centre, flags, hour, count)\n"
        "VALUES ($1, $2, $3, $4, $5)\n"
        "ON CONFLICT (year, centre, flags, hour) DO UPDATE\n"
        "SET count = flag_hour.count + excluded.count"},
    [SQL_FLAG_HOUR_COPY] = {"flag_hour_copy", "/* scan ok: a copy has every row */\n"
                                              "SELECT year, centre, flags, hour, count\n"
                                              "FROM flag_hour\n"
                                              "ORDER BY year, centre, flags, hour"},
    [SQL_SCREEN_COPY] = {"screen_copy", "/* scan ok: a copy has every row */\n"
                                        "SELECT number, programme, centre\n"
                                        "FROM screen\n"
                                        "ORDER BY number"},
    [SQL_SCREEN_PASTE] = {"screen_paste",
        "INSERT INTO screen (number, programme, centre)\n"
        "VALUES ($1, $2, $3)"},
    [SQL_ROTATING_COPY] = {"rotating_copy", "/* scan ok: a copy has every row */\n"
                                            "SELECT " ROTATING_COLUMNS "\n"
                                            "FROM rotating_spent\n"
                                            "ORDER BY hash"},
    [SQL_FLAG_HOUR_LIST] = {"flag_hour_list", "SELECT centre, flags, hour, count\n"
                                              "FROM flag_hour\n"
                                              "WHERE year = $1\n"
                                              "ORDER BY centre, flags, hour"},
    [SQL_FLAG_HOUR_AUDIT] = {"flag_hour_audit",
        "/* scan ok: verify adds up every hour */\n"
        "SELECT centre, flags, CAST(SUM(count) AS BIGINT)\n"
        "FROM flag_hour\n"
        "GROUP BY centre, flags\n"
        "ORDER BY centre, flags"},

    /* ---- what evidence holds beside rows and sets, whole ---- */
    [SQL_PLAN_COPY] = {"plan_copy", "/* scan ok: evidence holds every version */\n"
                                    "SELECT version, text, fingerprint, applied_on\n"
                                    "FROM plan\n"
                                    "ORDER BY version"},
    [SQL_BATCH_COPY] = {"batch_copy", "/* scan ok: evidence holds every batch */\n"
                                      "SELECT " BATCH_COLUMNS "\n"
                                      "FROM batch\n"
                                      "ORDER BY id"},
    [SQL_BATCH_PASTE] = {"batch_paste",
        "INSERT INTO batch (" BATCH_COLUMNS ")\n"
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"},
    [SQL_IMPORT_COPY] = {"import_copy", "/* scan ok: evidence holds every import */\n"
                                        "SELECT " IMPORT_COLUMNS "\n"
                                        "FROM import\n"
                                        "ORDER BY id"},
    [SQL_IMPORT_PASTE] = {"import_paste", "INSERT INTO import (" IMPORT_COLUMNS ")\n"
                                          "VALUES ($1, $2, $3, $4, $5, $6, $7)"},

    /* ---- a store that moves to another place: what is not told above ---- */
    [SQL_SETTING_COPY] = {"setting_copy", "/* scan ok: a store that moves */\n"
                                          "SELECT name, value\n"
                                          "FROM setting\n"
                                          "ORDER BY name"},
    [SQL_OPEN_CODE_PASTE] = {"open_code_paste",
        "INSERT INTO open_code (programme, centre, channel, counter)\n"
        "VALUES ($1, $2, $3, $4)"},
    [SQL_CODE_COPY] = {"code_copy", "/* scan ok: a store that moves */\n"
                                    "SELECT " CODE_COLUMNS "\n"
                                    "FROM code\n"
                                    "ORDER BY hash"},
    [SQL_BATCH_COPY_WHOLE] = {"batch_copy_whole", "/* scan ok: a store that moves */\n"
                                                  "SELECT " BATCH_COLUMNS_WHOLE "\n"
                                                  "FROM batch\n"
                                                  "ORDER BY id"},
    [SQL_BATCH_PASTE_WHOLE] = {"batch_paste_whole",
        "INSERT INTO batch (" BATCH_COLUMNS_WHOLE ")\n"
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"},
    [SQL_HANDOUT_COPY] = {"handout_copy", "/* scan ok: a store that moves */\n"
                                          "SELECT programme, wave, handed_out, refused\n"
                                          "FROM handout\n"
                                          "ORDER BY programme, wave"},
    [SQL_COMMENT_COPY] = {"comment_copy", "/* scan ok: a store that moves */\n"
                                          "SELECT " COMMENT_COLUMNS_WHOLE "\n"
                                          "FROM comment\n"
                                          "ORDER BY id"},
    [SQL_COMMENT_ARRIVAL_COPY] = {"comment_arrival_copy",
        "/* scan ok: a store that moves */\n"
        "SELECT " COMMENT_COLUMNS "\n"
        "FROM comment_arrival\n"
        "ORDER BY id"},
    [SQL_OPERATOR_COPY] = {"operator_copy", "/* scan ok: a store that moves */\n"
                                            "SELECT " OPERATOR_COLUMNS_WHOLE "\n"
                                            "FROM operator\n"
                                            "ORDER BY id"},
    [SQL_OPERATOR_PASTE] = {"operator_paste",
        "INSERT INTO operator (" OPERATOR_COLUMNS_WHOLE ")\n"
        "VALUES ($1, $2, $3, $4, $5, $6, $7)"},
    [SQL_INVITATION_COPY] = {"invitation_copy", "/* scan ok: a store that moves */\n"
                                                "SELECT hash, operator, expires\n"
                                                "FROM invitation\n"
                                                "ORDER BY hash"},
    [SQL_INVITATION_PASTE] = {"invitation_paste",
        "INSERT INTO invitation (hash, operator, expires)\n"
        "VALUES ($1, $2, $3)"},
    [SQL_SESSION_COPY] = {"session_copy", "/* scan ok: a store that moves */\n"
                                          "SELECT hash, operator, begun, seen\n"
                                          "FROM session\n"
                                          "ORDER BY hash"},
    [SQL_SESSION_PASTE] = {"session_paste",
        "INSERT INTO session (hash, operator, begun, seen)\n"
        "VALUES ($1, $2, $3, $4)"},

    /* ---- seals ---- */
    [SQL_SET_GET] = {"set_get",
        "SELECT count, lanes\n"
        "FROM period_set\n"
        "WHERE programme = $1 AND wave = $2 AND period = $3 AND node = $4"},
    [SQL_SET_PUT] = {"set_put", "INSERT INTO period_set (" SET_KEY ", count, lanes)\n"
                                "VALUES ($1, $2, $3, $4, $5, $6)\n"
                                "ON CONFLICT (" SET_KEY ") DO UPDATE\n"
                                "SET count = excluded.count, lanes = excluded.lanes"},
    [SQL_SET_OF] = {"set_of", "SELECT " SET_KEY ", count, lanes\n"
                              "FROM period_set\n"
                              "WHERE programme = $1 AND wave = $2 AND period = $3\n"
                              "ORDER BY node"},
    [SQL_SET_KEYS] = {"set_keys", "/* scan ok: a row a period, once a day */\n"
                                  "SELECT DISTINCT programme, wave, period\n"
                                  "FROM period_set\n"
                                  "ORDER BY programme, wave, period"},
    [SQL_SET_LIST] = {"set_list", "SELECT " SET_KEY ", count, lanes\n"
                                  "FROM period_set\n"
                                  "WHERE programme = $1\n"
                                  "ORDER BY " SET_KEY},
    [SQL_SET_BY_PERIOD] = {"set_by_period",
        "/* scan ok: a row a period, for verify's progress */\n"
        "SELECT period, CAST(SUM(count) AS BIGINT)\n"
        "FROM period_set\n"
        "GROUP BY period\n"
        "ORDER BY period"},
    [SQL_SET_AUDIT] = {"set_audit", "/* scan ok: verify reads every period */\n"
                                    "SELECT " SET_KEY ", count, lanes\n"
                                    "FROM period_set\n"
                                    "ORDER BY " SET_KEY},
    [SQL_SEAL_ADD] = {"seal_add",
        "INSERT INTO seal (" SEAL_COLUMNS ")\n"
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"},
    [SQL_SEAL_LAST] = {"seal_last", "SELECT number, chain\n"
                                    "FROM seal\n"
                                    "WHERE number = (SELECT MAX(number) FROM seal)"},
    [SQL_SEAL_COUNT] = {"seal_count",
        "SELECT COUNT(*)\n"
        "FROM seal\n"
        "WHERE programme = $1 AND wave = $2 AND period = $3"},
    [SQL_SEAL_LAST_OF] = {"seal_last_of",
        "SELECT count, digest\n"
        "FROM seal\n"
        "WHERE programme = $1 AND wave = $2 AND period = $3\n"
        "ORDER BY number DESC\n"
        "LIMIT 1"},
    [SQL_SEAL_LIST] = {"seal_list", "SELECT " SEAL_COLUMNS "\n"
                                    "FROM seal\n"
                                    "WHERE programme = $1\n"
                                    "ORDER BY number"},
    [SQL_SEAL_AUDIT] = {"seal_audit", "/* scan ok: verify reads the whole chain */\n"
                                      "SELECT " SEAL_COLUMNS "\n"
                                      "FROM seal\n"
                                      "ORDER BY number"},
    [SQL_WITHDRAWN_ADD] = {"withdrawn_add",
        "INSERT INTO withdrawn_set (" WITHDRAWN_COLUMNS ")\n"
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"},
    [SQL_WITHDRAWN_AUDIT] = {"withdrawn_audit",
        "/* scan ok: verify reads what was taken out */\n"
        "SELECT " WITHDRAWN_COLUMNS "\n"
        "FROM withdrawn_set\n"
        "ORDER BY import, programme, wave, period, late"},

    /* ---- the audit log ---- */
    [SQL_AUDIT_ADD] = {"audit_add", "INSERT INTO audit (" AUDIT_COLUMNS ")\n"
                                    "VALUES ($1, $2, $3, $4, $5, $6, $7)"},
    [SQL_AUDIT_LAST] = {"audit_last", "SELECT number, chain\n"
                                      "FROM audit\n"
                                      "WHERE number = (SELECT MAX(number) FROM audit)"},
    [SQL_AUDIT_AUDIT] = {"audit_audit", "/* scan ok: verify reads the whole log */\n"
                                        "SELECT " AUDIT_COLUMNS "\n"
                                        "FROM audit\n"
                                        "ORDER BY number"},

    /* ---- imports: the index holds only rows with import > 0, and says so ---- */
    [SQL_IMPORT_IN_FORCE] = {"import_in_force",
        "SELECT id\n"
        "FROM import\n"
        "WHERE digest = $1 AND withdrawn_on IS NULL"},
    [SQL_IMPORT_NEXT] = {"import_next", "SELECT COALESCE(MAX(id), 0) + 1\n"
                                        "FROM import"},
    [SQL_IMPORT_ADD] = {"import_add",
        "INSERT INTO import (id, digest, row_count, stored, imported_on)\n"
        "VALUES ($1, $2, $3, 0, $4)"},
    [SQL_IMPORT_GET] = {"import_get",
        "SELECT CASE WHEN withdrawn_on IS NULL THEN 0 ELSE 1 END\n"
        "FROM import\n"
        "WHERE id = $1"},
    [SQL_IMPORT_COUNT] = {"import_count", "UPDATE import\n"
                                          "SET stored = import.stored + $2\n"
                                          "WHERE id = $1"},
    [SQL_IMPORT_WITHDRAW] = {"import_withdraw", "UPDATE import\n"
                                                "SET withdrawn_on = $2, reason = $3\n"
                                                "WHERE id = $1"},
    [SQL_IMPORT_SUBMISSIONS] = {"import_submissions", "SELECT " SUBMISSION_COLUMNS "\n"
                                                      "FROM submission\n"
                                                      "WHERE import > 0 AND import = $1"},
    [SQL_IMPORT_REMOVE_SUBMISSIONS] = {"import_remove_submissions",
        "DELETE FROM submission\n"
        "WHERE import > 0 AND import = $1"},
    [SQL_IMPORT_UNCOUNT_COMMENTS] = {"import_uncount_comments",
        "INSERT INTO comment_count (programme, wave, state, count)\n"
        "SELECT programme, wave, state, -COUNT(*)\n"
        "FROM comment\n"
        "WHERE import > 0 AND import = $1 AND state > 0\n"
        "GROUP BY programme, wave, state\n" RAISE_COMMENT_COUNT},
    [SQL_IMPORT_REMOVE_COMMENTS] = {"import_remove_comments",
        "DELETE FROM comment\n"
        "WHERE import > 0 AND import = $1"},
    [SQL_IMPORT_AUDIT] = {"import_audit",
        "/* scan ok: verify counts every import */\n"
        "SELECT id, CASE WHEN withdrawn_on IS NULL THEN 0 ELSE 1 END, stored,\n"
        "    (SELECT COUNT(*) FROM submission\n"
        "        WHERE submission.import > 0 AND submission.import = import.id),\n"
        "    (SELECT COUNT(*) FROM comment\n"
        "        WHERE comment.import > 0 AND comment.import = import.id)\n"
        "FROM import\n"
        "ORDER BY id"},
    [SQL_IMPORT_STRAYS] = {"import_strays",
        "/* scan ok: verify looks at every imported row */\n"
        "SELECT import, COUNT(*)\n"
        "FROM submission\n"
        "WHERE import > 0\n"
        "    AND NOT EXISTS (SELECT 1 FROM import WHERE import.id = submission.import)\n"
        "GROUP BY import\n"
        "ORDER BY import"},

    /* ---- operators ---- */
    [SQL_OPERATOR_COUNT] = {"operator_count", "/* scan ok: a page of them */\n"
                                              "SELECT COUNT(*)\n"
                                              "FROM operator"},
    [SQL_OPERATOR_LIST] = {"operator_list",
        "/* scan ok: a page of them */\n"
        "SELECT " OPERATOR_COLUMNS ",\n"
        "    (SELECT COALESCE(MAX(invitation.expires), -1)\n"
        "    FROM invitation\n"
        "    WHERE invitation.operator = operator.id)\n"
        "FROM operator\n"
        "ORDER BY operator.folded"},
    [SQL_OPERATOR_FIND] = {"operator_find", "SELECT " OPERATOR_COLUMNS "\n"
                                            "FROM operator\n"
                                            "WHERE operator.folded = $1"},
    [SQL_OPERATOR_GET] = {"operator_get", "SELECT " OPERATOR_COLUMNS "\n"
                                          "FROM operator\n"
                                          "WHERE operator.id = $1"},
    [SQL_OPERATOR_ADD] = {"operator_add", "INSERT INTO operator (id, name, folded, "
                                          "password, duties, is_disabled, made_on)\n"
                                          "VALUES ($1, $2, $3, $4, $5, 0, $6)"},
    [SQL_OPERATOR_SET_PASSWORD] = {"operator_set_password", "UPDATE operator\n"
                                                            "SET password = $2\n"
                                                            "WHERE id = $1"},
    [SQL_OPERATOR_ENABLE] = {"operator_enable", "UPDATE operator\n"
                                                "SET is_disabled = 0\n"
                                                "WHERE id = $1"},
    [SQL_OPERATOR_DISABLE] = {"operator_disable", "UPDATE operator\n"
                                                  "SET is_disabled = 1\n"
                                                  "WHERE id = $1"},
    [SQL_INVITATION_ADD] = {"invitation_add",
        "INSERT INTO invitation (hash, operator, expires)\n"
        "VALUES ($1, $2, $3)"},
    [SQL_INVITATION_ADD_FIRST] = {"invitation_add_first",
        "INSERT INTO invitation (hash, operator, expires)\n"
        "VALUES ($1, NULL, $2)"},
    [SQL_INVITATION_FIND] = {"invitation_find",
        "SELECT " OPERATOR_COLUMNS ",\n"
        "    CASE WHEN invitation.operator IS NULL THEN 1 ELSE 0 END\n"
        "FROM invitation\n"
        "LEFT JOIN operator ON operator.id = invitation.operator\n"
        "WHERE invitation.hash = $1 AND invitation.expires >= $2"},
    [SQL_INVITATION_END_OF] = {"invitation_end_of", "DELETE FROM invitation\n"
                                                    "WHERE operator = $1"},
    [SQL_INVITATION_END_FIRST] = {"invitation_end_first", "DELETE FROM invitation\n"
                                                          "WHERE operator IS NULL"},
    [SQL_INVITATION_SWEEP] = {"invitation_sweep",
        "/* scan ok: a few for each operator */\n"
        "DELETE FROM invitation\n"
        "WHERE expires < $1"},
    [SQL_SESSION_ADD] = {"session_add",
        "INSERT INTO session (hash, operator, begun, seen)\n"
        "VALUES ($1, $2, $3, $3)"},
    [SQL_SESSION_FIND] = {"session_find",
        "SELECT " OPERATOR_COLUMNS ", session.begun, session.seen\n"
        "FROM session\n"
        "JOIN operator ON operator.id = session.operator\n"
        "WHERE session.hash = $1 AND operator.is_disabled = 0\n"
        "    AND session.seen >= $2 AND session.begun >= $3"},
    [SQL_SESSION_TOUCH] = {"session_touch", "UPDATE session\n"
                                            "SET seen = $2\n"
                                            "WHERE hash = $1 AND seen < $2"},
    [SQL_SESSION_END] = {"session_end", "DELETE FROM session\n"
                                        "WHERE hash = $1"},
    [SQL_SESSION_END_OF] = {"session_end_of", "DELETE FROM session\n"
                                              "WHERE operator = $1"},
    [SQL_SESSION_SWEEP] = {"session_sweep", "/* scan ok: a few for each operator */\n"
                                            "DELETE FROM session\n"
                                            "WHERE seen < $1 OR begun < $2"},

    /* ---- published reports ---- */
    [SQL_PUBLISHED_ADD] = {"published_add",
        "INSERT INTO published (" PUBLISHED_COLUMNS ", report)\n"
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"},
    [SQL_PUBLISHED_NEXT] = {"published_next", "SELECT COALESCE(MAX(number), 0) + 1\n"
                                              "FROM published"},
    [SQL_PUBLISHED_OF_DIGEST] = {"published_of_digest", "SELECT number\n"
                                                        "FROM published\n"
                                                        "WHERE digest = $1"},
    [SQL_PUBLISHED_GET] = {"published_get", "SELECT " PUBLISHED_COLUMNS ", report\n"
                                            "FROM published\n"
                                            "WHERE number = $1"},
    [SQL_PUBLISHED_LIST] = {"published_list",
        "/* scan ok: at most PUBLISHED_MAX rows, all of them are shown */\n"
        "SELECT " PUBLISHED_COLUMNS "\n"
        "FROM published\n"
        "ORDER BY number DESC"},
    [SQL_PUBLISHED_AUDIT] = {"published_audit",
        "/* scan ok: verify reads every one, evidence holds them */\n"
        "SELECT " PUBLISHED_COLUMNS ", report\n"
        "FROM published\n"
        "ORDER BY number"},

    /* ---- mixing: what lies beside submissions, taken out and put back ---- */
    [SQL_MIX_CODE_COUNT] = {"mix_code_count", "/* scan ok: a job, now and then */\n"
                                              "SELECT COUNT(*)\n"
                                              "FROM code\n"
                                              "WHERE state = 1"},
    [SQL_MIX_CODE_LIST] = {"mix_code_list", "SELECT " CODE_COLUMNS "\n"
                                            "FROM code\n"
                                            "WHERE hash > $1\n"
                                            "ORDER BY hash\n"
                                            "LIMIT $2"},
    [SQL_MIX_CODE_REMOVE] = {"mix_code_remove", "DELETE FROM code\n"
                                                "WHERE hash >= $1 AND hash <= $2"},
    [SQL_MIX_CODE_ADD] = {"mix_code_add", "INSERT INTO code (" CODE_COLUMNS ")\n"
                                          "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"},
    [SQL_MIX_ROTATING_COUNT] = {"mix_rotating_count",
        "/* scan ok: a job, now and then */\n"
        "SELECT COUNT(*)\n"
        "FROM rotating_spent"},
    [SQL_MIX_ROTATING_LIST] = {"mix_rotating_list", "SELECT " ROTATING_COLUMNS "\n"
                                                    "FROM rotating_spent\n"
                                                    "WHERE hash > $1\n"
                                                    "ORDER BY hash\n"
                                                    "LIMIT $2"},
    [SQL_MIX_ROTATING_REMOVE] = {"mix_rotating_remove",
        "DELETE FROM rotating_spent\n"
        "WHERE hash >= $1 AND hash <= $2"},
    [SQL_MIX_ROTATING_ADD] = {"mix_rotating_add",
        "INSERT INTO rotating_spent (" ROTATING_COLUMNS ")\n"
        "VALUES ($1, $2)"},
    [SQL_MIX_COMMENT_COUNT] = {"mix_comment_count",
        "/* scan ok: a job, now and then */\n"
        "SELECT (SELECT COUNT(*) FROM comment)\n"
        "    + (SELECT COUNT(*) FROM comment_arrival)"},
    [SQL_MIX_COMMENT_LIST] = {"mix_comment_list", "SELECT " COMMENT_COLUMNS_WHOLE "\n"
                                                  "FROM comment\n"
                                                  "WHERE id > $1\n"
                                                  "ORDER BY id\n"
                                                  "LIMIT $2"},
    [SQL_MIX_COMMENT_REMOVE] = {"mix_comment_remove", "DELETE FROM comment\n"
                                                      "WHERE id >= $1 AND id <= $2"},
    [SQL_MIX_COMMENT_ADD] = {"mix_comment_add",
        "INSERT INTO comment (" COMMENT_COLUMNS_WHOLE ")\n"
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"},
    [SQL_MIX_SUBMISSION_COUNT] = {"mix_submission_count",
        "/* scan ok: a row a period */\n"
        "SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT)\n"
        "FROM period_set"},
    [SQL_MIX_SUBMISSION_LIST] = {"mix_submission_list", "SELECT " SUBMISSION_COLUMNS "\n"
                                                        "FROM submission\n"
                                                        "WHERE id > $1\n"
                                                        "ORDER BY id\n"
                                                        "LIMIT $2"},
    [SQL_MIX_SUBMISSION_REMOVE] = {"mix_submission_remove",
        "DELETE FROM submission\n"
        "WHERE id >= $1 AND id <= $2"},
};

bool statement_is_large(enum statement id)
{
    static const enum statement large[] = {SQL_SUBMISSION_RANGE, SQL_IMPORT_SUBMISSIONS,
        SQL_TALLY_AUDIT, SQL_SET_AUDIT, SQL_AUDIT_AUDIT, SQL_CODE_COPY, SQL_COMMENT_COPY,
        SQL_COMMENT_ARRIVAL_COPY, SQL_COMMENT_AUDIT, SQL_ROTATING_COPY};
    for (size_t i = 0; i < sizeof large / sizeof *large; i++)
        if (large[i] == id)
            return true;
    return false;
}
