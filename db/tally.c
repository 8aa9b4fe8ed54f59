/* tally.c: the slices as one table: which dimensions a key has, and reading the cells. */
#include "db/tally_key.h"

#include <string.h>

/* The dimensions of the slices beside programme, wave, centre, channel and mode, which
   all have: a report counts by channel whatever else it asks. */
static const struct {
    bool has_period;
    bool has_flags; /* where reports look at them; more cells elsewhere cost time */
} slices[TALLY_SLICE_COUNT] = {
    [TALLY_BY_WAVE] = {.has_flags = true},
    [TALLY_BY_PERIOD] = {.has_period = true},
};

struct tally_key tally_key_of(enum tally_slice slice, const struct submission *submission)
{
    struct tally_key key = {.slice = slice,
        .programme = submission->programme,
        .wave = submission->wave,
        .centre = submission->centre,
        .channel = submission->channel,
        .mode = submission->mode};
    if (slices[slice].has_period)
        key.period = submission->period;
    if (slices[slice].has_flags)
        key.flags = submission->flags;
    return key;
}

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

int tally_key_compare(const struct tally_key *a, const struct tally_key *b)
{
    int order = compare_numbers(a->slice, b->slice);
    if (order == 0)
        order = text_compare(a->programme, b->programme);
    if (order == 0)
        order = text_compare(a->wave, b->wave);
    if (order == 0)
        order = compare_numbers(a->period, b->period);
    if (order == 0)
        order = text_compare(a->centre, b->centre);
    if (order == 0)
        order = compare_numbers(a->channel, b->channel);
    if (order == 0)
        order = compare_numbers(a->mode, b->mode);
    return order != 0 ? order : compare_numbers(a->flags, b->flags);
}

void tally_key_bind(
    struct sql_statement *statement, const struct tally_key *key, int64_t node)
{
    sql_bind_number(statement, 1, key->slice);
    sql_bind_text(statement, 2, key->programme);
    sql_bind_text(statement, 3, key->wave);
    sql_bind_number(statement, 4, key->period);
    sql_bind_text(statement, 5, key->centre);
    sql_bind_number(statement, 6, key->channel);
    sql_bind_number(statement, 7, key->mode);
    sql_bind_number(statement, 8, key->flags);
    sql_bind_number(statement, 9, node);
}

struct tally_key tally_key_from_row(struct sql_statement *row)
{
    return (struct tally_key){.slice = (enum tally_slice)sql_number(row, 0),
        .programme = sql_text(row, 1),
        .wave = sql_text(row, 2),
        .period = sql_number(row, 3),
        .centre = sql_text(row, 4),
        .channel = sql_number(row, 5),
        .mode = sql_number(row, 6),
        .flags = sql_number(row, 7)};
}

bool tally_cell_from_row(
    struct sql_statement *row, int column, int64_t *counters, size_t *count)
{
    struct text bytes = sql_blob(row, column);
    *count = bytes.len / 4;
    return *count >= 1 && *count <= TALLY_COUNTERS_MAX &&
           tally_unpack((const unsigned char *)bytes.ptr, bytes.len, counters, *count);
}

int64_t tally_received(struct text cell)
{
    int64_t received = 0;
    return cell.len >= 4 && tally_unpack((const unsigned char *)cell.ptr, 4, &received, 1)
               ? received
               : 0;
}

/* ---- listing ---- */

/* The cells found so far; the array grows in the arena. */
struct listing {
    struct arena *arena;
    enum tally_counts counts;
    struct tally_cell *cells;
    size_t count;
    size_t capacity;
    struct tally_key last; /* of the newest cell; texts in the arena */
    int64_t *counters;     /* of the row at hand */
};

static bool make_room(struct listing *listing)
{
    if (listing->count < listing->capacity)
        return true;
    size_t wanted = listing->capacity == 0 ? 16 : listing->capacity * 2;
    struct tally_cell *grown = arena_grow(listing->arena, listing->cells,
        listing->capacity * sizeof *grown, wanted * sizeof *grown);
    if (grown == NULL)
        return false;
    listing->cells = grown;
    listing->capacity = wanted;
    return true;
}

/* Neighbouring cells mostly have the same ids: then they share the text. */
static struct text keep_text(struct arena *arena, struct text last, struct text text)
{
    return text_equals(last, text) && last.ptr != NULL ? last : text_copy(arena, text);
}

static enum status add_cell(
    struct listing *listing, const struct tally_key *key, size_t counter_count)
{
    struct arena *arena = listing->arena;
    const struct tally_key *last = &listing->last;
    struct tally_cell cell = {
        .programme = keep_text(arena, last->programme, key->programme),
        .wave = keep_text(arena, last->wave, key->wave),
        .period = slices[key->slice].has_period ? (day_t)key->period : DAY_NONE,
        .centre = keep_text(arena, last->centre, key->centre),
        .channel = (enum channel)key->channel,
        .mode = (enum mode)key->mode,
        .flags = (unsigned)key->flags,
        .counters = arena_take_array(arena, counter_count, sizeof(int64_t)),
        .counter_count = counter_count,
    };
    if (cell.programme.ptr == NULL || cell.wave.ptr == NULL || cell.centre.ptr == NULL ||
        cell.counters == NULL || !make_room(listing))
        return STATUS_NO_MEMORY;
    memset(cell.counters, 0, counter_count * sizeof(int64_t));
    listing->cells[listing->count++] = cell;
    listing->last = *key;
    listing->last.programme = cell.programme;
    listing->last.wave = cell.wave;
    listing->last.centre = cell.centre;
    return STATUS_OK;
}

/* The counters that are asked for; false if they can't be a cell's. */
static bool read_counters(
    struct listing *listing, struct sql_statement *row, size_t *count)
{
    if (!tally_cell_from_row(row, TALLY_CELL_COLUMN, listing->counters, count))
        return false;
    size_t live_count = *count;
    if (listing->counts == TALLY_LIVE)
        return true;
    memset(listing->counters, 0, live_count * sizeof *listing->counters);
    return sql_blob(row, TALLY_RELEASED_COLUMN).len == 0 ||
           (tally_cell_from_row(row, TALLY_RELEASED_COLUMN, listing->counters, count) &&
               *count == live_count);
}

/* Rows of several nodes follow each other and are added up into one cell. */
static enum status take_row(struct listing *listing, struct sql_statement *row)
{
    size_t count = 0;
    if (!read_counters(listing, row, &count))
        return STATUS_INTERNAL;
    struct tally_key key = tally_key_from_row(row);
    bool is_same = listing->count > 0 && tally_key_compare(&key, &listing->last) == 0;
    enum status rc = is_same ? STATUS_OK : add_cell(listing, &key, count);
    if (rc != STATUS_OK)
        return rc;
    struct tally_cell *cell = &listing->cells[listing->count - 1];
    if (cell->counter_count != count)
        return STATUS_INTERNAL;
    cell->received += tally_received(sql_blob(row, TALLY_CELL_COLUMN));
    for (size_t i = 0; i < count; i++)
        cell->counters[i] += listing->counters[i];
    return STATUS_OK;
}

static enum status list_rows(struct listing *listing, struct sql_statement *rows)
{
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK) {
        rc = take_row(listing, rows);
        if (rc != STATUS_OK) {
            sql_reset(rows);
            return rc;
        }
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

/* NOLINTNEXTLINE(readability-function-size): two of the parameters are results */
enum status tally_read(struct sql *sql, struct arena *arena, enum tally_slice slice,
    enum tally_counts counts, struct text programme, struct tally_cell **out,
    size_t *out_count)
{
    struct listing listing = {.arena = arena,
        .counts = counts,
        .counters = arena_take_array(arena, TALLY_COUNTERS_MAX, sizeof(int64_t))};
    if (listing.counters == NULL)
        return STATUS_NO_MEMORY;
    struct sql_statement *rows = sql_use(sql, SQL_TALLY_LIST);
    sql_bind_number(rows, 1, slice);
    sql_bind_text(rows, 2, programme);
    enum status rc = list_rows(&listing, rows);
    if (rc != STATUS_OK)
        return rc;
    *out = listing.cells;
    *out_count = listing.count;
    return STATUS_OK;
}

enum status tally_list(struct store *store, struct arena *arena, enum tally_slice slice,
    struct text programme, struct tally_cell **out, size_t *out_count)
{
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_BUSY;
    enum status rc = tally_read(sql, arena, slice, TALLY_LIVE, programme, out, out_count);
    store_give_reader(store, sql);
    return rc;
}
