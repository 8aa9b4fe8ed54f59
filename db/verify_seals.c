/* verify_seals.c: the sets of periods, the chain of seals and the log, held against the
   rows and against each other.

   Of a period, the seal of number k (its first is 1) was made of the rows that had come
   before it, those of lateness below k, and of what withdrawn imports took out after it.
 */
#include "db/verify_parts.h"

#include "db/audit.h"
#include "db/seals.h"
#include "db/sql.h"
#include "kiosk/language.h"

#include <string.h>

static struct text name_set(
    struct verification *verification, const struct tally_key *key)
{
    return verify_name_period(
        verification->problems, key->programme, key->wave, key->period);
}

/* A copy of the key's texts that outlives its row; ptr NULL where the arena is full. */
static struct tally_key lasting_key(
    struct verification *verification, const struct set_key *key, int64_t late)
{
    struct arena *arena = verification->problems->arena;
    return cells_set_key(
        text_copy(arena, key->programme), text_copy(arena, key->wave), key->period, late);
}

static bool is_same_period(const struct tally_key *a, const struct tally_key *b)
{
    return a->period == b->period && text_equals(a->programme, b->programme) &&
           text_equals(a->wave, b->wave);
}

/* ---- sets ---- */

/* The stored sets, added up over their nodes. */
static enum status read_sets(struct verification *verification, struct cells *stored)
{
    struct sql_statement *rows = sql_use(verification->sql, SQL_SET_AUDIT);
    struct set_key key;
    struct period_set set;
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK) {
        if (!set_from_row(rows, &key, &set)) {
            verify_tell(verification->problems, N_("The set of {1} is not readable."),
                verify_name_period(
                    verification->problems, key.programme, key.wave, key.period),
                TEXT(""), TEXT(""));
            continue;
        }
        const struct cell one = {.key = lasting_key(verification, &key, 0),
            .counters = &set.count,
            .counter_count = 1,
            .lanes = &set.lanes};
        if (one.key.wave.ptr == NULL || !cells_join(stored, &one)) {
            sql_reset(rows);
            return STATUS_NO_MEMORY;
        }
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

/* The rows' sets, late ones and all, by period alone. */
static bool add_up(struct cells *sets, struct cells *whole)
{
    for (size_t i = 0; i < cells_count(sets); i++) {
        struct cell set = *cells_get(sets, i);
        set.key.channel = 0;
        if (!cells_join(whole, &set))
            return false;
    }
    return true;
}

static void compare_set(struct verification *verification, const struct cell *stored,
    const struct cell *computed)
{
    int64_t there = computed == NULL ? 0 : computed->counters[0];
    verification->result.periods++;
    if (stored->counters[0] != there)
        verify_tell(verification->problems,
            N_("The set of {1} holds {2} submissions, but there are {3}."),
            name_set(verification, &stored->key),
            verify_number(verification->problems, stored->counters[0]),
            verify_number(verification->problems, there));
    else if (computed != NULL &&
             memcmp(stored->lanes, computed->lanes, sizeof *stored->lanes) != 0)
        verify_tell(verification->problems,
            N_("The submissions of {1} are not the ones that were stored: the digest of "
               "their set differs."),
            name_set(verification, &stored->key), TEXT(""), TEXT(""));
}

static void compare_sets(
    struct verification *verification, struct cells *stored, struct cells *whole)
{
    for (size_t i = 0; i < cells_count(stored); i++) {
        const struct cell *set = cells_get(stored, i);
        compare_set(verification, set, cells_find(whole, &set->key));
    }
    for (size_t i = 0; i < cells_count(whole); i++) {
        const struct cell *set = cells_get(whole, i);
        if (cells_find(stored, &set->key) == NULL)
            verify_tell(verification->problems,
                N_("The set of {1} is missing, but there are {2} submissions."),
                name_set(verification, &set->key),
                verify_number(verification->problems, set->counters[0]), TEXT(""));
    }
}

enum status verify_sets(struct verification *verification)
{
    struct cells *stored = cells_new();
    struct cells *whole = cells_new();
    enum status rc = STATUS_NO_MEMORY;
    if (stored != NULL && whole != NULL && add_up(verification->sets, whole))
        rc = read_sets(verification, stored);
    if (rc == STATUS_OK)
        compare_sets(verification, stored, whole);
    cells_free(stored);
    cells_free(whole);
    return rc;
}

/* ---- seals ---- */

struct chains {
    struct verification *verification;
    struct cells *seen;      /* by period: how many seals so far */
    struct cells *withdrawn; /* by period, lateness and, as the mode, seals */
    int64_t last_seal;       /* numbers */
    int64_t last_line;
    int64_t last_noted; /* the newest seal that the log tells of */
    struct seal_digest chain;
    struct seal_digest line_chain;
    struct seal_lanes lanes; /* of the seal at hand */
};

static void tell_seal(struct chains *chains, const char *message, int64_t number)
{
    verify_tell(chains->verification->problems, message,
        verify_number(chains->verification->problems, number), TEXT(""), TEXT(""));
}

static enum status read_withdrawn(struct chains *chains)
{
    struct sql_statement *rows = sql_use(chains->verification->sql, SQL_WITHDRAWN_AUDIT);
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK) {
        struct seal_lanes lanes;
        int64_t count = sql_number(rows, 6);
        struct text bytes = sql_blob(rows, 7);
        const struct set_key key = {
            sql_text(rows, 1), sql_text(rows, 2), sql_number(rows, 3)};
        struct cell one = {
            .key = lasting_key(chains->verification, &key, sql_number(rows, 4)),
            .counters = &count,
            .counter_count = 1,
            .lanes = &lanes};
        one.key.mode = sql_number(rows, 5);
        if (!seal_lanes_unpack((const unsigned char *)bytes.ptr, bytes.len, &lanes) ||
            one.key.wave.ptr == NULL || !cells_join(chains->withdrawn, &one)) {
            sql_reset(rows);
            return STATUS_NO_MEMORY;
        }
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

/* What the seal that is the period's so-manieth must have been made of: how many rows;
   their lanes in chains->lanes. */
static int64_t add_up_seal(
    struct chains *chains, const struct tally_key *period, int64_t ordinal)
{
    int64_t count = 0;
    struct tally_key key = *period;
    chains->lanes = (struct seal_lanes){{0}};
    for (key.channel = 0; key.channel < ordinal; key.channel++) {
        const struct cell *set = cells_find(chains->verification->sets, &key);
        if (set == NULL)
            continue;
        count += set->counters[0];
        seal_lanes_join(&chains->lanes, set->lanes);
    }
    for (size_t i = 0; i < cells_count(chains->withdrawn); i++) {
        const struct cell *taken = cells_get(chains->withdrawn, i);
        if (!is_same_period(&taken->key, period) || taken->key.channel >= ordinal ||
            taken->key.mode < ordinal)
            continue;
        count += taken->counters[0];
        seal_lanes_join(&chains->lanes, taken->lanes);
    }
    return count;
}

static enum status check_content(struct chains *chains, const struct seal *seal)
{
    const struct set_key period = {seal->programme, seal->wave, seal->period};
    const struct tally_key key = lasting_key(chains->verification, &period, 0);
    struct cell *seen = key.wave.ptr == NULL ? NULL : cells_add_set(chains->seen, &key);
    if (seen == NULL)
        return STATUS_NO_MEMORY;
    int64_t count = add_up_seal(chains, &key, ++seen->counters[0]);
    struct seal_digest digest = seal_lanes_digest(&chains->lanes);
    if (count != seal->count || !seal_digest_equals(&digest, &seal->digest))
        verify_tell(chains->verification->problems,
            N_("Seal {1} of {2} is not of the submissions that are there: some were "
               "changed, added or removed after it."),
            verify_number(chains->verification->problems, seal->number),
            name_set(chains->verification, &key), TEXT(""));
    return STATUS_OK;
}

static enum status check_seal(struct chains *chains, const struct seal *seal)
{
    struct seal_digest expected = seal_chain(seal);
    chains->verification->result.seals++;
    if (seal->number != chains->last_seal + 1)
        tell_seal(chains, N_("Seal {1} is missing."), chains->last_seal + 1);
    else if (!seal_digest_equals(&seal->previous, &chains->chain))
        tell_seal(chains,
            N_("Seal {1} does not follow from the one before it: the chain is broken "
               "there."),
            seal->number);
    if (!seal_digest_equals(&seal->chain, &expected))
        tell_seal(chains, N_("Seal {1} was changed after it was made."), seal->number);
    chains->last_seal = seal->number;
    chains->chain = seal->chain;
    return check_content(chains, seal);
}

static enum status check_seals(struct chains *chains)
{
    struct sql_statement *rows = sql_use(chains->verification->sql, SQL_SEAL_AUDIT);
    struct seal seal;
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK) {
        if (!seal_from_row(rows, &seal))
            tell_seal(chains, N_("Seal {1} is not readable."), sql_number(rows, 0));
        else
            rc = check_seal(chains, &seal);
        if (rc != STATUS_OK) {
            sql_reset(rows);
            return rc;
        }
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

/* Rows can't have come after a seal that was never made. */
static void check_lateness(struct chains *chains)
{
    struct verification *verification = chains->verification;
    for (size_t i = 0; i < cells_count(verification->sets); i++) {
        const struct cell *set = cells_get(verification->sets, i);
        const struct tally_key key =
            cells_set_key(set->key.programme, set->key.wave, set->key.period, 0);
        const struct cell *seen = cells_find(chains->seen, &key);
        int64_t seals = seen == NULL ? 0 : seen->counters[0];
        if (set->key.channel > seals)
            verify_tell(verification->problems,
                N_("{1} submissions of {2} are marked as later than seal {3} of that "
                   "period, which was never made."),
                verify_number(verification->problems, set->counters[0]),
                name_set(verification, &key),
                verify_number(verification->problems, set->key.channel));
    }
}

/* ---- the log ---- */

/* "seal 7" of a line about one. */
static void note_seal(struct chains *chains, const struct audit_line *line)
{
    int64_t number = 0;
    struct text front = TEXT("seal ");
    if (!text_equals(line->action, audit_word(AUDIT_SEAL)) ||
        !text_starts_with(line->subject, front))
        return;
    struct text digits = {line->subject.ptr + front.len, line->subject.len - front.len};
    if (text_to_number(digits, &number) && number > chains->last_noted)
        chains->last_noted = number;
}

static void check_line(struct chains *chains, struct sql_statement *row)
{
    const struct audit_line line = {
        .number = sql_number(row, 0),
        .day = (day_t)sql_number(row, 1),
        .operator_id = sql_text(row, 2),
        .action = sql_text(row, 3),
        .subject = sql_text(row, 4),
        .detail = sql_text(row, 5),
    };
    struct text stored = sql_blob(row, 6);
    struct seal_digest expected = audit_chain(&chains->line_chain, &line);
    chains->verification->result.audit_lines++;
    if (line.number != chains->last_line + 1)
        tell_seal(chains, N_("Line {1} of the log is missing."), chains->last_line + 1);
    else if (stored.len != sizeof expected.bytes ||
             memcmp(stored.ptr, expected.bytes, stored.len) != 0)
        tell_seal(chains,
            N_("Line {1} of the log was changed, or is not the one that followed the "
               "line before it."),
            line.number);
    chains->last_line = line.number;
    if (stored.len == sizeof chains->line_chain.bytes)
        memcpy(chains->line_chain.bytes, stored.ptr, stored.len);
    note_seal(chains, &line);
}

static enum status check_log(struct chains *chains)
{
    struct sql_statement *rows = sql_use(chains->verification->sql, SQL_AUDIT_AUDIT);
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK)
        check_line(chains, rows);
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

/* The end of a chain can be cut off without a trace in the chain. */
static void compare_ends(struct chains *chains)
{
    if (chains->last_noted > chains->last_seal)
        tell_seal(chains, N_("The log tells of seal {1}, which is missing."),
            chains->last_noted);
    else if (chains->last_noted < chains->last_seal)
        tell_seal(chains, N_("The log does not tell of seal {1}: its end is missing."),
            chains->last_seal);
}

enum status verify_chains(struct verification *verification)
{
    struct chains *chains = arena_take(verification->problems->arena, sizeof *chains);
    if (chains == NULL)
        return STATUS_NO_MEMORY;
    chains->verification = verification;
    chains->seen = cells_new();
    chains->withdrawn = cells_new();
    enum status rc = chains->seen == NULL || chains->withdrawn == NULL
                         ? STATUS_NO_MEMORY
                         : read_withdrawn(chains);
    if (rc == STATUS_OK)
        rc = check_seals(chains);
    if (rc == STATUS_OK)
        rc = check_log(chains);
    if (rc == STATUS_OK) {
        check_lateness(chains);
        compare_ends(chains);
    }
    cells_free(chains->seen);
    cells_free(chains->withdrawn);
    return rc;
}
