/* stats_asking.c: the tables about who is asked and who answers: sample_size, response.
 */
#include "web/command/stats.h"

#include "kiosk/limits.h"
#include "kiosk/response.h"
#include "kiosk/sample_size.h"

#define COUNT_MAX WAVE_POPULATION_MAX
#define COLUMNS(list) (list), sizeof(list) / sizeof *(list)

/* ---- sample_size ---- */

enum { SIZE_ID, SIZE_POPULATION, SIZE_MARGIN, SIZE_P, SIZE_CONF, SIZE_SHARE };

static const struct stats_column size_columns[] = {
    [SIZE_ID] = {"id", "case", CELL_TEXT, MAY_BE_EMPTY, 0, 0},
    [SIZE_POPULATION] = {"N", NULL, CELL_COUNT, MAY_BE_EMPTY, 1, COUNT_MAX},
    [SIZE_MARGIN] = {"margin", NULL, CELL_NUMBER, NEEDED, 0, 0},
    [SIZE_P] = {"p", NULL, CELL_NUMBER, MAY_BE_EMPTY, 0, 0},
    [SIZE_CONF] = {"conf", "confidence", CELL_CONFIDENCE, MAY_BE_EMPTY, 0, 0},
    [SIZE_SHARE] = {"expected_rr", NULL, CELL_NUMBER, MAY_BE_EMPTY, 0, 0},
};

static void size_row(struct stats *stats, const struct stats_value *values)
{
    struct sample_size size;
    struct sample_size_input input = {
        .population = stats_count_or(&values[SIZE_POPULATION], POPULATION_UNKNOWN),
        .margin = values[SIZE_MARGIN].number,
        .p = stats_number_or(&values[SIZE_P], 0.5),
        .confidence_bp = (int)stats_count_or(&values[SIZE_CONF], stats->confidence_bp),
        .expected_share = stats_number_or(&values[SIZE_SHARE], 1),
    };
    if (sample_size_compute(&input, &size) != STATUS_OK) {
        stats_complain(stats,
            N_("margin, p and expected_rr are shares, from 0 to 1; margin and "
               "expected_rr are not 0."),
            TEXT(""), TEXT(""));
        return;
    }
    if (stats->is_explained) {
        stats_explain_sample_size(stats, &values[SIZE_ID], &input, &size);
        return;
    }
    stats_put_name(stats, &values[SIZE_ID]);
    stats_put_number(stats, size.n_raw);
    stats_put_count(stats, size.n);
    stats_put_count(stats, size.invitations);
    stats_end_row(stats);
}

const struct stats_table stats_sample_size = {
    "sample_size", COLUMNS(size_columns), "id,n_raw,n,invitations", size_row, NULL};

/* ---- response ---- */

enum {
    RESPONSE_ID,
    RESPONSE_I,
    RESPONSE_P,
    RESPONSE_R,
    RESPONSE_NC,
    RESPONSE_O,
    RESPONSE_U,
    RESPONSE_NE,
    RESPONSE_POPULATION,
    RESPONSE_VALID
};

static const struct stats_column response_columns[] = {
    [RESPONSE_ID] = {"id", "case", CELL_TEXT, MAY_BE_EMPTY, 0, 0},
    [RESPONSE_I] = {"I", NULL, CELL_COUNT, NEEDED, 0, COUNT_MAX},
    [RESPONSE_P] = {"P", NULL, CELL_COUNT, NEEDED, 0, COUNT_MAX},
    [RESPONSE_R] = {"R", NULL, CELL_COUNT, NEEDED, 0, COUNT_MAX},
    [RESPONSE_NC] = {"NC", NULL, CELL_COUNT, NEEDED, 0, COUNT_MAX},
    [RESPONSE_O] = {"O", NULL, CELL_COUNT, NEEDED, 0, COUNT_MAX},
    [RESPONSE_U] = {"U", NULL, CELL_COUNT, NEEDED, 0, COUNT_MAX},
    [RESPONSE_NE] = {"NE", NULL, CELL_COUNT, NEEDED, 0, COUNT_MAX},
    [RESPONSE_POPULATION] = {"pop", "N", CELL_COUNT, MAY_BE_EMPTY, 0, COUNT_MAX},
    [RESPONSE_VALID] = {"valid", NULL, CELL_COUNT, MAY_BE_EMPTY, 0, COUNT_MAX},
};

static void put_response(struct stats *stats, const struct response *response)
{
    stats_put_number(stats, response->eligible);
    for (size_t i = 0; i < sizeof response->rr / sizeof *response->rr; i++)
        stats_put_number(stats, response->rr[i]);
    stats_put_number(stats, response->coop[0]);
    stats_put_number(stats, response->coop[1]);
    stats_put_number(stats, response->refusal);
    stats_put_number(stats, response->contact);
    stats_put_number(stats, response->participation);
    stats_put_number(stats, response->item_valid);
    stats_end_row(stats);
}

static void response_row(struct stats *stats, const struct stats_value *values)
{
    struct response response;
    struct response_input input = {
        .complete = values[RESPONSE_I].count,
        .partial = values[RESPONSE_P].count,
        .refused = values[RESPONSE_R].count,
        .missed = values[RESPONSE_NC].count,
        .other = values[RESPONSE_O].count,
        .unknown = values[RESPONSE_U].count,
        .ineligible = values[RESPONSE_NE].count,
        .population = stats_count_or(&values[RESPONSE_POPULATION], POPULATION_UNKNOWN),
        .valid = stats_count_or(&values[RESPONSE_VALID], NO_COUNT),
    };
    if (response_compute(&input, &response) != STATUS_OK) {
        stats_complain_counts(stats,
            N_("valid is {1}, more than the {2} filled questionnaires of I and P."),
            input.valid, input.complete + input.partial);
        return;
    }
    if (stats->is_explained) {
        stats_explain_response(stats, &values[RESPONSE_ID], &input, &response);
        return;
    }
    stats_put_name(stats, &values[RESPONSE_ID]);
    put_response(stats, &response);
}

const struct stats_table stats_response = {"response", COLUMNS(response_columns),
    "id,e,RR1,RR2,RR3,RR4,RR5,RR6,COOP1,COOP2,REF1,CON1,participation,item_valid",
    response_row, NULL};
