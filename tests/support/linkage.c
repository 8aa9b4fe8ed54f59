/* linkage.c: traces, joins and what chance would do. */
#include "tests/support/linkage.h"

#include "tests/support/test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE_BYTES = 4096, FRAME_BYTES = PAGE_BYTES + 24, FILE_BYTES_MAX = 64 << 20 };

struct mark {
    unsigned char bytes[MARK_BYTES];
    enum mark_kind kind;
    int person;
    int page; /* where the database has it last */

    /* in the file at hand: offsets, -1 for none */
    int first;
    int first_spent; /* codes are there before they are spent */
    int last;
};

struct attack {
    int person_count;
    int mark_count;
    struct mark *marks;          /* sorted by their bytes */
    unsigned char filter[65536]; /* the first two bytes of some mark */
    unsigned char *file;
    int file_len;
    struct attack_result *result;
};

struct attack *attack_new(int person_count)
{
    struct attack *attack = calloc(1, sizeof *attack);
    attack->person_count = person_count;
    attack->marks = calloc((size_t)person_count * MARK_KIND_COUNT, sizeof(struct mark));
    attack->file = malloc(FILE_BYTES_MAX);
    return attack;
}

void attack_free(struct attack *attack)
{
    if (attack == NULL)
        return;
    free(attack->marks);
    free(attack->file);
    free(attack);
}

void attack_mark(struct attack *attack, enum mark_kind kind, int person,
    const unsigned char bytes[MARK_BYTES])
{
    struct mark *mark = &attack->marks[attack->mark_count++];
    mark->kind = kind;
    mark->person = person;
    memcpy(mark->bytes, bytes, MARK_BYTES);
    attack->filter[bytes[0] << 8 | bytes[1]] = 1;
}

/* ---- reading every byte ---- */

static int compare_marks(const void *a, const void *b)
{
    const struct mark *left = a;
    const struct mark *right = b;
    return memcmp(left->bytes, right->bytes, MARK_BYTES);
}

/* A file that is not there has no bytes. */
static void read_file(struct attack *attack, const char *folder, const char *name)
{
    char path[120];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    attack->file_len = 0;
    if (file == NULL)
        return;
    attack->file_len = (int)fread(attack->file, 1, FILE_BYTES_MAX, file);
    assert_true(attack->file_len < FILE_BYTES_MAX);
    (void)fclose(file);
}

/* In a row of a code the type of its state stands before the hash: 9 means the number 1.
   A rotating code has a row only once it is spent: there it is the type of a day, 2. */
static bool is_spent(const struct attack *attack, int at)
{
    return at > 0 && (attack->file[at - 1] == 9 || attack->file[at - 1] == 2);
}

static void note_sighting(struct attack *attack, int at)
{
    struct mark key = {.person = 0};
    memcpy(key.bytes, attack->file + at, MARK_BYTES);
    struct mark *mark = bsearch(&key, attack->marks, (size_t)attack->mark_count,
        sizeof *attack->marks, compare_marks);
    if (mark == NULL)
        return;
    attack->result->sightings++;
    if (mark->first < 0)
        mark->first = at;
    if (mark->first_spent < 0 && (mark->kind != MARK_CODE || is_spent(attack, at)))
        mark->first_spent = at;
    mark->last = at;
}

/* Finds the marks wherever they stand: in rows, in free space, in frames long copied. */
static void look_through(struct attack *attack)
{
    for (int i = 0; i < attack->mark_count; i++) {
        struct mark *mark = &attack->marks[i];
        mark->first = mark->first_spent = mark->last = -1;
    }
    for (int at = 0; at + MARK_BYTES <= attack->file_len; at++)
        if (attack->filter[attack->file[at] << 8 | attack->file[at + 1]])
            note_sighting(attack, at);
}

/* ---- traces; negative where a thing left none ---- */

static double first_place(const struct attack *attack, const struct mark *mark)
{
    (void)attack;
    return mark->first_spent;
}

static double last_place(const struct attack *attack, const struct mark *mark)
{
    (void)attack;
    return mark->last;
}

/* Cells are added from a page's end to its front: how many of its kind are behind it, of
   those in the page. */
static double place_in_page(const struct attack *attack, const struct mark *mark)
{
    int behind = 0;
    int all = 0;
    for (int i = 0; mark->last >= 0 && i < attack->mark_count; i++) {
        const struct mark *other = &attack->marks[i];
        if (other->kind != mark->kind || other->last < 0 ||
            other->last / PAGE_BYTES != mark->last / PAGE_BYTES)
            continue;
        all++;
        behind += other->last > mark->last ? 1 : 0;
    }
    return all == 0 ? -1 : (double)behind / all;
}

static double first_frame(const struct attack *attack, const struct mark *mark)
{
    (void)attack;
    return mark->first_spent < 0 ? -1 : mark->first_spent / FRAME_BYTES;
}

/* The page of a frame as the shared memory beside the log has it, stale ones as well. */
static uint32_t page_of_frame(const struct attack *attack, int frame)
{
    enum { PART = 32768, FIRST = 4062, REST = 4096, HEADER = 136 };
    bool is_first = frame < FIRST;
    int part = is_first ? 0 : 1 + (frame - FIRST) / REST;
    int at = is_first ? HEADER + 4 * frame : 4 * ((frame - FIRST) % REST);
    uint32_t page = 0;
    if (part * PART + at + 4 <= attack->file_len)
        memcpy(&page, attack->file + part * PART + at, 4);
    return page;
}

static double frames_of_page(const struct attack *attack, const struct mark *mark)
{
    double sum = 0;
    int count = 0;
    for (int frame = 0; frame < attack->file_len / 8; frame++)
        if (mark->page > 0 && page_of_frame(attack, frame) == (uint32_t)mark->page) {
            sum += frame;
            count++;
        }
    return count == 0 ? -1 : sum / count;
}

static const struct trace {
    const char *name;
    const char *file;
    double (*of)(const struct attack *attack, const struct mark *mark);
} traces[] = {
    {"first place in the database", "manyi.db", first_place},
    {"last place in the database", "manyi.db", last_place},
    {"place in its page", "manyi.db", place_in_page},
    {"first place in the log", "manyi.db-wal", first_place},
    {"last place in the log", "manyi.db-wal", last_place},
    {"first frame of the log", "manyi.db-wal", first_frame},
    {"frames of its page", "manyi.db-shm", frames_of_page},
    {"first place in the backup", "backup.db", first_place},
    {"last place in the backup", "backup.db", last_place},
    {"place in its page of the backup", "backup.db", place_in_page},
    {"place in what was logged", "stderr.txt", first_place},
};

/* ---- joins ---- */

struct ranked {
    double trace;
    int person;
    int order; /* by the mark's bytes: nothing else parts equal traces */
};

static const struct {
    enum mark_kind from;
    enum mark_kind to;
    const char *name;
} pairs[] = {{MARK_CODE, MARK_SUBMISSION, "codes and submissions"},
    {MARK_CODE, MARK_COMMENT, "codes and comments"},
    {MARK_COMMENT, MARK_SUBMISSION, "comments and submissions"}};
enum { PAIR_COUNT = sizeof pairs / sizeof *pairs };

static void note_try(struct attack *attack, int right, const char *pair, const char *how)
{
    struct attack_result *result = attack->result;
    result->tries++;
    if (getenv("MANYI_VERBOSE") != NULL && right > 3)
        printf("%d %s: %s\n", right, pair, how);
    if (right <= result->most)
        return;
    result->most = right;
    (void)snprintf(result->best, sizeof result->best, "%s: %s", pair, how);
}

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *left = a;
    const struct ranked *right = b;
    if (left->trace < right->trace || left->trace > right->trace)
        return left->trace < right->trace ? -1 : 1;
    return left->order - right->order;
}

/* False if the trace tells nothing apart. */
static bool rank(struct attack *attack, enum mark_kind kind, const struct trace *trace,
    struct ranked *ranked)
{
    int count = 0;
    for (int i = 0; i < attack->mark_count; i++)
        if (attack->marks[i].kind == kind)
            ranked[count++] = (struct ranked){
                trace->of(attack, &attack->marks[i]), attack->marks[i].person, i};
    qsort(ranked, (size_t)count, sizeof *ranked, compare_ranked);
    return ranked[count - 1].trace > ranked[0].trace;
}

static int join_by_rank(
    const struct ranked *left, const struct ranked *right, int count, bool is_reversed)
{
    int found = 0;
    for (int i = 0; i < count; i++)
        found += left[i].person == right[is_reversed ? count - 1 - i : i].person ? 1 : 0;
    return found;
}

/* Each of the left with the one on the right whose trace is nearest. */
static int join_by_nearness(
    const struct ranked *left, const struct ranked *right, int count)
{
    int found = 0;
    int near = 0;
    for (int i = 0; i < count; i++) {
        while (near + 1 < count && fabs(right[near + 1].trace - left[i].trace) <
                                       fabs(right[near].trace - left[i].trace))
            near++;
        found += left[i].person == right[near].person ? 1 : 0;
    }
    return found;
}

/* ---- correlation with the order in which people came ---- */

/* Spearman's: the ranked are in the order of the trace, persons are ranks themselves. */
static double correlation(const struct ranked *ranked, int count)
{
    double sum = 0;
    for (int i = 0; i < count; i++) {
        double apart = i - ranked[i].person;
        sum += apart * apart;
    }
    double n = count;
    return 1 - 6 * sum / (n * (n * n - 1));
}

static void note_order(struct attack *attack, const struct ranked *ranked,
    enum mark_kind kind, const char *name)
{
    struct attack_result *result = attack->result;
    double found = fabs(correlation(ranked, attack->person_count));
    if (found <= result->order)
        return;
    result->order = found;
    (void)snprintf(result->order_by, sizeof result->order_by, "%s by %s",
        kind == MARK_CODE ? "codes" : "comments", name);
}

static void try_trace(struct attack *attack, const struct trace *trace)
{
    int count = attack->person_count;
    bool tells[MARK_KIND_COUNT];
    struct ranked *ranked[MARK_KIND_COUNT];
    for (int kind = 0; kind < MARK_KIND_COUNT; kind++) {
        ranked[kind] = calloc((size_t)count, sizeof **ranked);
        tells[kind] = rank(attack, (enum mark_kind)kind, trace, ranked[kind]);
        if (tells[kind] && kind != MARK_SUBMISSION)
            note_order(attack, ranked[kind], (enum mark_kind)kind, trace->name);
    }
    for (size_t i = 0; i < PAIR_COUNT; i++) {
        const struct ranked *left = ranked[pairs[i].from];
        const struct ranked *right = ranked[pairs[i].to];
        if (!tells[pairs[i].from] || !tells[pairs[i].to])
            continue;
        note_try(
            attack, join_by_rank(left, right, count, false), pairs[i].name, trace->name);
        note_try(
            attack, join_by_rank(left, right, count, true), pairs[i].name, trace->name);
        note_try(
            attack, join_by_nearness(left, right, count), pairs[i].name, trace->name);
    }
    for (int kind = 0; kind < MARK_KIND_COUNT; kind++)
        free(ranked[kind]);
}

/* ---- values ---- */

static int bytes_in_common(const unsigned char *a, const unsigned char *b)
{
    int common = 0;
    for (int i = 0; i + 1 < MARK_BYTES; i++)
        for (int k = 0; k + 1 < MARK_BYTES; k++)
            common += a[i] == b[k] && a[i + 1] == b[k + 1] ? 1 : 0;
    return common;
}

/* The person whose mark of that kind is most like this one. */
static int most_alike(
    const struct attack *attack, const struct mark *mark, enum mark_kind kind)
{
    int person = -1;
    int most = -1;
    for (int i = 0; i < attack->mark_count; i++) {
        const struct mark *other = &attack->marks[i];
        int common =
            other->kind == kind ? bytes_in_common(mark->bytes, other->bytes) : -1;
        if (common > most) {
            most = common;
            person = other->person;
        }
    }
    return person;
}

static void try_values(struct attack *attack, size_t pair)
{
    int right = 0;
    for (int i = 0; i < attack->mark_count; i++) {
        const struct mark *mark = &attack->marks[i];
        if (mark->kind == pairs[pair].from)
            right += most_alike(attack, mark, pairs[pair].to) == mark->person ? 1 : 0;
    }
    note_try(attack, right, pairs[pair].name, "values");
}

/* ---- chance ---- */

/* The number of right pairs of one random try is Poisson's with mean 1: the least bound
   that all tries together exceed with at most one in a thousand. */
static int bound_of(int tries)
{
    double tail = 1;
    double term = exp(-1);
    for (int bound = 0;; bound++) {
        tail -= term;
        if (tries * tail <= 0.001)
            return bound;
        term /= bound + 1;
    }
}

/* Spearman's correlation of chance is about normal with deviation 1/√(n-1). */
static double order_bound_of(int person_count, int count)
{
    double z = 3;
    while (count * erfc(z / sqrt(2)) > 0.001)
        z += 0.01;
    return z / sqrt(person_count - 1);
}

static void note_page(struct attack *attack)
{
    for (int i = 0; i < attack->mark_count; i++) {
        struct mark *mark = &attack->marks[i];
        mark->page = mark->last < 0 ? 0 : 1 + mark->last / PAGE_BYTES;
    }
}

void attack_run(struct attack *attack, const char *folder, struct attack_result *out)
{
    const char *file = "";
    int count = sizeof traces / sizeof *traces;
    *out = (struct attack_result){0};
    attack->result = out;
    qsort(
        attack->marks, (size_t)attack->mark_count, sizeof *attack->marks, compare_marks);
    for (int i = 0; i < count; i++) {
        if (strcmp(file, traces[i].file) != 0) {
            file = traces[i].file;
            read_file(attack, folder, file);
            look_through(attack);
            if (strcmp(file, "manyi.db") == 0)
                note_page(attack);
        }
        try_trace(attack, &traces[i]);
    }
    for (size_t i = 0; i < PAIR_COUNT; i++)
        try_values(attack, i);
    out->bound = bound_of(out->tries);
    out->order_bound = order_bound_of(attack->person_count, 2 * count);
}
