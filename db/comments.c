/* comments.c: rows of comments. */
#include "db/comments.h"

#include "db/settling.h"
#include "db/sql.h"
#include "kiosk/limits.h"

#include <string.h>

bool comment_id_parse(struct text text, struct comment_id *out)
{
    struct comment_id id = {{0}};
    if (!text_from_hex(text, id.bytes, sizeof id.bytes))
        return false;
    *out = id;
    return true;
}

struct text comment_id_format(struct arena *arena, const struct comment_id *id)
{
    return text_hex(arena, id->bytes, sizeof id->bytes);
}

/* ---- listing ---- */

static bool read_id(struct text bytes, unsigned char *out)
{
    if (bytes.len != COMMENT_ID_BYTES)
        return false;
    memcpy(out, bytes.ptr, COMMENT_ID_BYTES);
    return true;
}

static struct sql_statement *bind_query(
    struct sql *sql, const struct comments_query *query)
{
    struct sql_statement *rows = sql_use(sql, SQL_COMMENT_LIST);
    sql_bind_text(rows, 1, query->programme);
    sql_bind_text(rows, 2, query->wave);
    sql_bind_number(rows, 3, query->review);
    sql_bind_bytes(rows, 4, query->after.bytes, sizeof query->after.bytes);
    sql_bind_number(rows, 5, (int64_t)query->limit);
    return rows;
}

static enum status list_rows(struct sql *sql, struct arena *arena,
    const struct comments_query *query, struct comment_row *list, size_t *count)
{
    struct sql_statement *rows = bind_query(sql, query);
    enum status rc = STATUS_OK;
    *count = 0;
    while (*count < query->limit && (rc = sql_step(rows)) == STATUS_OK) {
        struct comment_row *row = &list[(*count)++];
        row->item = text_copy(arena, sql_text(rows, 1));
        row->text = text_copy(arena, sql_text(rows, 2));
        if (!read_id(sql_blob(rows, 0), row->id.bytes) || row->item.ptr == NULL ||
            row->text.ptr == NULL) {
            rc = STATUS_NO_MEMORY;
            break;
        }
    }
    sql_reset(rows);
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

enum status comments_list_within(struct sql *sql, struct arena *arena,
    const struct comments_query *query, struct comment_row **out, size_t *count)
{
    *out = arena_take_array(arena, query->limit, sizeof **out);
    return *out == NULL ? STATUS_NO_MEMORY : list_rows(sql, arena, query, *out, count);
}

enum status comments_list(struct store *store, struct arena *arena,
    const struct comments_query *query, struct comment_row **out, size_t *count)
{
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_BUSY;
    enum status rc = comments_list_within(sql, arena, query, out, count);
    store_give_reader(store, sql);
    return rc;
}

/* ---- counting ---- */

struct waves {
    struct report_comment_wave *list;
    size_t count;
    size_t capacity;
};

/* The wave of the row: the last one, or a new one behind it. NULL when full. */
static struct report_comment_wave *wave_of(
    struct arena *arena, struct waves *waves, struct text programme, struct text wave)
{
    if (waves->count > 0) {
        struct report_comment_wave *last = &waves->list[waves->count - 1];
        if (text_equals(last->programme, programme) && text_equals(last->wave, wave))
            return last;
    }
    if (waves->count == waves->capacity) {
        size_t wanted = waves->capacity == 0 ? 64 : waves->capacity * 2;
        struct report_comment_wave *grown = arena_grow(
            arena, waves->list, waves->capacity * sizeof *grown, wanted * sizeof *grown);
        if (grown == NULL)
            return NULL;
        waves->list = grown;
        waves->capacity = wanted;
    }
    struct report_comment_wave *added = &waves->list[waves->count];
    *added = (struct report_comment_wave){
        .programme = text_copy(arena, programme), .wave = text_copy(arena, wave)};
    if (added->programme.ptr == NULL || added->wave.ptr == NULL)
        return NULL;
    waves->count++;
    return added;
}

static enum status count_waves(struct sql *sql, struct arena *arena, struct waves *waves)
{
    struct sql_statement *rows = sql_use(sql, SQL_COMMENT_COUNT);
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK) {
        int64_t review = sql_number(rows, 2);
        struct report_comment_wave *wave =
            wave_of(arena, waves, sql_text(rows, 0), sql_text(rows, 1));
        if (wave == NULL) {
            sql_reset(rows);
            return STATUS_NO_MEMORY;
        }
        if (review > REVIEW_NEW && review < REVIEW_COUNT)
            wave->counts[review] = sql_number(rows, 3);
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

enum status comments_count(struct store *store, struct arena *arena,
    struct report_comment_wave **out, size_t *count)
{
    struct waves waves = {0};
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_BUSY;
    enum status rc = count_waves(sql, arena, &waves);
    store_give_reader(store, sql);
    *out = waves.list;
    *count = waves.count;
    return rc;
}

/* ---- from where they came to where they stay ---- */

static const struct settling settling = {.settle = SQL_COMMENT_ARRIVAL_SETTLE,
    .forget = SQL_COMMENT_ARRIVAL_FORGET,
    .chunk = SQL_COMMENT_ARRIVAL_CHUNK,
    .newest = SQL_COMMENT_ARRIVAL_LAST};

enum status comments_settle(struct sql *sql, int64_t max, int64_t *settled)
{
    return settle_chunk(sql, &settling, max, settled);
}

void comments_settle_most(struct store *store)
{
    settle_most(store, &settling);
}

/* New comments of a wave whose ids are behind the first one and not behind the last. */
struct release_chunk {
    struct text programme;
    struct text wave;
    unsigned char from[COMMENT_ID_BYTES];
    unsigned char to[COMMENT_ID_BYTES];
    bool is_last;
};

static enum status find_chunk(struct sql *sql, struct release_chunk *chunk)
{
    enum { AT_ONCE = 1000 }; /* the engine keeps their pages in memory as they were */
    struct sql_statement *find = sql_use(sql, SQL_COMMENT_RELEASE_CHUNK);
    sql_bind_text(find, 1, chunk->programme);
    sql_bind_text(find, 2, chunk->wave);
    sql_bind_bytes(find, 3, chunk->from, sizeof chunk->from);
    sql_bind_number(find, 4, AT_ONCE);
    memset(chunk->to, 0xFF, sizeof chunk->to);
    enum status rc = sql_step(find);
    chunk->is_last = rc == STATUS_NOT_FOUND;
    if (rc != STATUS_OK)
        return chunk->is_last ? STATUS_OK : rc;
    bool is_id = read_id(sql_blob(find, 0), chunk->to);
    sql_reset(find);
    return is_id ? STATUS_OK : STATUS_INTERNAL;
}

static enum status release_chunk(
    struct sql *sql, const struct release_chunk *chunk, int64_t *count)
{
    struct sql_statement *release = sql_use(sql, SQL_COMMENT_RELEASE);
    sql_bind_text(release, 1, chunk->programme);
    sql_bind_text(release, 2, chunk->wave);
    sql_bind_bytes(release, 3, chunk->from, sizeof chunk->from);
    sql_bind_bytes(release, 4, chunk->to, sizeof chunk->to);
    enum status rc = sql_run(release);
    if (rc == STATUS_OK)
        *count += sql_changes(sql);
    return rc;
}

static enum status release_all(
    struct sql *sql, struct text programme, struct text wave, int64_t *count)
{
    struct release_chunk chunk = {.programme = programme, .wave = wave};
    enum status rc = STATUS_OK;
    *count = 0;
    while (rc == STATUS_OK && !chunk.is_last) {
        rc = find_chunk(sql, &chunk);
        if (rc == STATUS_OK)
            rc = release_chunk(sql, &chunk, count);
        memcpy(chunk.from, chunk.to, sizeof chunk.from);
    }
    return rc;
}

enum status comments_release(struct sql *sql, struct text programme, struct text wave)
{
    const struct settling of_wave = {.settle = SQL_COMMENT_ARRIVAL_SETTLE_WAVE,
        .forget = SQL_COMMENT_ARRIVAL_FORGET_WAVE,
        .chunk = SQL_COMMENT_ARRIVAL_CHUNK,
        .programme = programme,
        .wave = wave};
    int64_t count = 0;
    enum status rc = settle_wave(sql, &of_wave);
    if (rc == STATUS_OK)
        rc = release_all(sql, programme, wave, &count);
    if (rc != STATUS_OK || count == 0)
        return rc;
    struct sql_statement *add = sql_use(sql, SQL_COMMENT_COUNT_ADD);
    sql_bind_text(add, 1, programme);
    sql_bind_text(add, 2, wave);
    sql_bind_number(add, 3, REVIEW_WAITS);
    sql_bind_number(add, 4, count);
    return sql_run(add);
}

/* ---- one ---- */

static enum status read_place(struct sql *sql, const struct comment_id *id,
    struct arena *arena, struct comment_place *out)
{
    struct sql_statement *get = sql_use(sql, SQL_COMMENT_GET);
    sql_bind_bytes(get, 1, id->bytes, sizeof id->bytes);
    enum status rc = sql_step(get);
    if (rc != STATUS_OK)
        return rc;
    int64_t review = sql_number(get, 2);
    *out = (struct comment_place){.review = REVIEW_NEW};
    if (arena != NULL) {
        out->programme = text_copy(arena, sql_text(get, 0));
        out->wave = text_copy(arena, sql_text(get, 1));
        if (out->programme.ptr == NULL || out->wave.ptr == NULL)
            rc = STATUS_NO_MEMORY;
    }
    sql_reset(get);
    if (rc == STATUS_OK && (review <= REVIEW_NEW || review >= REVIEW_COUNT))
        return STATUS_NOT_FOUND;
    out->review = (enum review)review;
    return rc;
}

enum status comments_get(struct store *store, const struct comment_id *id,
    struct arena *arena, struct comment_place *out)
{
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_BUSY;
    enum status rc = read_place(sql, id, arena, out);
    store_give_reader(store, sql);
    return rc;
}

/* ---- deciding ---- */

static enum status log_it(
    struct sql *sql, const struct actor *actor, const struct comment_decision *order)
{
    enum { SUBJECT_BYTES = 128 };
    struct arena *arena = arena_new(SUBJECT_BYTES);
    if (arena == NULL)
        return STATUS_NO_MEMORY;
    struct text digits = comment_id_format(arena, &order->id);
    struct text subject = text_format(arena, "comment %.*s", TEXT_ARG(digits));
    enum status rc = subject.ptr == NULL ? STATUS_NO_MEMORY
                                         : audit_add(sql, actor, AUDIT_COMMENT_REVIEW,
                                               subject, review_word(order->to));
    arena_free(arena);
    return rc;
}

static enum status move_count(
    struct sql *sql, const struct comment_id *id, enum review review, int64_t by)
{
    struct sql_statement *move = sql_use(sql, SQL_COMMENT_COUNT_MOVE);
    sql_bind_bytes(move, 1, id->bytes, sizeof id->bytes);
    sql_bind_number(move, 2, review);
    sql_bind_number(move, 3, by);
    return sql_run(move);
}

/* Nobody comes between. */
enum status comments_decide_within(
    struct sql *sql, const struct actor *actor, const struct comment_decision *order)
{
    struct comment_place place;
    if (!review_is_decision(order->to))
        return STATUS_INVALID;
    enum status rc = read_place(sql, &order->id, NULL, &place);
    if (rc != STATUS_OK || place.review == order->to)
        return rc;
    if (place.review != order->from)
        return STATUS_CONFLICT;
    struct sql_statement *change = sql_use(sql, SQL_COMMENT_DECIDE);
    sql_bind_bytes(change, 1, order->id.bytes, sizeof order->id.bytes);
    sql_bind_number(change, 2, order->from);
    sql_bind_number(change, 3, order->to);
    rc = sql_run(change);
    if (rc == STATUS_OK)
        rc = move_count(sql, &order->id, order->from, -1);
    if (rc == STATUS_OK)
        rc = move_count(sql, &order->id, order->to, 1);
    return rc == STATUS_OK ? log_it(sql, actor, order) : rc;
}

enum status comments_decide(
    struct store *store, const struct actor *actor, const struct comment_decision *order)
{
    struct sql *sql = NULL;
    enum status rc = store_begin(store, &sql);
    if (rc != STATUS_OK)
        return rc;
    return store_end(store, sql, comments_decide_within(sql, actor, order));
}

/* ---- for reports ---- */

/* What all texts of a programme may take: a quarter of a report's arena is for them. */
static size_t share_of_bytes(const struct waves *waves)
{
    size_t programmes = 1;
    for (size_t i = 1; i < waves->count; i++)
        programmes +=
            !text_equals(waves->list[i].programme, waves->list[i - 1].programme);
    return REPORT_ARENA_BYTES / 4 / programmes;
}

static enum status load_texts(
    struct sql *sql, struct arena *arena, struct report_comment_wave *wave, size_t *room)
{
    const struct comments_query query = {.programme = wave->programme,
        .wave = wave->wave,
        .review = REVIEW_SHOWN,
        .limit = REPORT_COMMENTS_MAX};
    struct comment_row list[REPORT_COMMENTS_MAX];
    size_t count = 0;
    enum status rc = list_rows(sql, arena, &query, list, &count);
    struct report_comment *texts = arena_take_array(arena, count, sizeof *texts);
    if (rc != STATUS_OK || texts == NULL)
        return rc != STATUS_OK ? rc : STATUS_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        texts[i].text = list[i].text;
        memcpy(texts[i].id, list[i].id.bytes, sizeof texts[i].id);
        *room -= list[i].text.len < *room ? list[i].text.len : *room;
    }
    wave->texts = texts;
    wave->text_count = count;
    return STATUS_OK;
}

enum status comments_load(
    struct sql *sql, struct arena *arena, struct report_comments_input *out)
{
    struct waves waves = {0};
    enum status rc = count_waves(sql, arena, &waves);
    size_t share = share_of_bytes(&waves);
    size_t room = share;
    for (size_t i = 0; i < waves.count && rc == STATUS_OK; i++) {
        struct report_comment_wave *wave = &waves.list[i];
        if (i > 0 && !text_equals(wave->programme, waves.list[i - 1].programme))
            room = share;
        if (wave->counts[REVIEW_SHOWN] > 0 && room > 0)
            rc = load_texts(sql, arena, wave, &room);
    }
    *out = (struct report_comments_input){waves.list, waves.count};
    return rc;
}
