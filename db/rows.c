/* rows.c: from a row to what it refers to and the cells it counts in. */
#include "db/rows.h"

#include "kiosk/language.h"
#include "kiosk/stuffing.h"

#include <string.h>

bool submission_from_row(struct sql_statement *row, struct submission *out)
{
    struct text id = sql_blob(row, 0);
    int64_t period = sql_number(row, 7);
    int64_t flags = sql_number(row, 12);
    if (id.len != SUBMISSION_ID_BYTES || period < INT32_MIN || period > INT32_MAX ||
        flags < 0 || flags >= STUFFING_FLAGS)
        return false;
    *out = (struct submission){
        .programme = sql_text(row, 1),
        .wave = sql_text(row, 2),
        .centre = sql_text(row, 3),
        .channel = (enum channel)sql_number(row, 4),
        .mode = (enum mode)sql_number(row, 5),
        .plan_version = sql_number(row, 6),
        .period = (day_t)period,
        .flags = (unsigned)flags,
        .answers = sql_text(row, 8),
    };
    memcpy(out->id.bytes, id.ptr, SUBMISSION_ID_BYTES);
    return true;
}

struct seal_origin origin_from_row(struct sql_statement *row)
{
    return (struct seal_origin){
        .import = sql_number(row, 9), .late = sql_number(row, 10)};
}

bool row_is_unchanged(struct sql_statement *row, const struct seal_digest *digest)
{
    struct text kept = sql_blob(row, 11);
    return kept.len == SEAL_ROW_BYTES &&
           memcmp(kept.ptr, digest->bytes, SEAL_ROW_BYTES) == 0;
}

const char *row_find_reference(const struct plans *plans,
    const struct submission *submission, struct row_reference *out)
{
    const struct plan_version *version = plans_find(plans, submission->plan_version);
    if (version == NULL)
        return N_("Submission {1} refers to version {2} of the plan, which is not kept.");
    out->plan = version->plan;
    out->programme = plan_find_programme(out->plan, submission->programme);
    if (out->programme == NULL)
        return N_(
            "Submission {1} is of a programme that version {2} of the plan does not "
            "have.");
    out->wave = programme_find_wave(out->programme, submission->wave);
    if (out->wave == NULL)
        return N_("Submission {1} is of a wave that version {2} of the plan does not "
                  "have.");
    out->centre = TEXT("");
    if (submission->centre.len > 0) {
        const struct plan_centre *centre =
            plan_find_centre(out->plan, submission->centre);
        if (centre == NULL)
            return N_("Submission {1} is of a centre that version {2} of the plan does "
                      "not have.");
        out->centre = centre->id;
    }
    out->questionnaire = programme_questionnaire(out->plan, out->programme);
    return NULL;
}

const char *row_check(
    const struct submission *submission, const struct row_reference *reference)
{
    if (!answers_fit(reference->questionnaire, submission->answers))
        return N_("The answers of submission {1} do not fit the questionnaire in version "
                  "{2} of the plan.");
    if (submission_id_period(&submission->id) != submission->period)
        return N_("Submission {1} is kept under another period than the one in its id.");
    return NULL;
}

enum status row_count(struct cells *cells, const struct submission *submission,
    const struct row_reference *reference)
{
    /* With the plan's texts, which live longer than the row's. */
    struct submission lasting = *submission;
    lasting.programme = reference->programme->id;
    lasting.wave = reference->wave->id;
    lasting.centre = reference->centre;
    for (int slice = 0; slice < TALLY_SLICE_COUNT; slice++) {
        struct tally_key key = tally_key_of((enum tally_slice)slice, &lasting);
        struct cell *cell = cells_add(cells, &key, reference->questionnaire);
        if (cell == NULL)
            return STATUS_NO_MEMORY;
        if (cell->counter_count == tally_size(reference->questionnaire))
            tally_add(reference->questionnaire, submission->answers, cell->counters);
    }
    return STATUS_OK;
}

enum status row_join_set(struct cells *sets, const struct submission *submission,
    const struct row_reference *reference, int64_t late, const struct seal_digest *digest)
{
    const struct tally_key key = cells_set_key(
        reference->programme->id, reference->wave->id, submission->period, late);
    struct cell *set = cells_add_set(sets, &key);
    if (set == NULL)
        return STATUS_NO_MEMORY;
    set->counters[0]++;
    seal_lanes_add(set->lanes, digest);
    return STATUS_OK;
}
