/* report_flags_tell.c: what a reader learns who subtracts the figure without flagged
   answers from the figure: what the flagged ones said. Where this can be combined with
   the rows of the report to something about fewer than k people, or to a hidden row, the
   second figure is not shown. Where flagged answers occur is taken to be known, as the
   rules tell it (a burst comes through an open code), but by period it is not.

   Every row is a sum over places: the answers of a wave, centre, channel and period,
   those with a flag and those without. So is what must not be known; it can be computed
   from the rows if it lies in the space that they span. Places are many and rows are few:
   each place is thrown onto a few numbers that a hash draws for it, a sum becomes the sum
   of these, and what lies in a span still does, and nothing else but by a chance of one
   in two thousand millions. */
#include "kiosk/limits.h"
#include "kiosk/report_cross.h"
#include "kiosk/report_sum.h"
#include "kiosk/residues.h"
#include "kiosk/suppress.h"

#include <math.h>
#include <string.h>

/* Without a flag; with one and left out of the second figure; with one, beside both. */
enum side { SIDE_CLEAN, SIDE_FLAGGED, SIDE_BESIDE, SIDE_COUNT };
enum { ALL_SIDES = (1 << SIDE_COUNT) - 1 };

enum sum_kind {
    SUM_FIGURE,
    SUM_DRAWN, /* strata whose answers were all invited: the possible range tells it */
    SUM_STRATUM,
    SUM_CENTRE,
    SUM_CHANNEL,
    SUM_CELL, /* programme × centre; the last whose flags are known */
    SUM_PERIOD,
    SUM_QUARTER,
    SUM_WEEKS, /* a point of a chart of weeks */
    SUM_ITEM
};

/* A row, as a sum of the answers on each side. */
struct sum {
    enum sum_kind kind;
    const struct report_row *row; /* NULL: the figure's, or of weeks: */
    const struct plan_programme *programme;
    day_t after; /* the Monday of the last week before … */
    day_t until; /* … and of the last of them */
    int64_t total;
    bool is_hidden;
    int64_t n[SIDE_COUNT];
    uint32_t *place[SIDE_COUNT]; /* where it was thrown */
};

struct telling {
    const struct report_input *input;
    const struct report_indicator *of;
    struct sum *sums;
    size_t count;
    size_t width; /* numbers of a place; behind them stands how many answers a sum has */
    uint32_t *drawn;
    uint32_t *basis; /* rows that lead each with a 1 … */
    size_t *leads;   /* … in this column */
    size_t rank;
    uint32_t *scratch;
    int64_t k;
};

/* ---- sums ---- */

static void add_sum(struct telling *telling, enum sum_kind kind,
    const struct report_row *row, bool is_hidden)
{
    telling->sums[telling->count++] =
        (struct sum){.kind = kind, .row = row, .is_hidden = is_hidden};
}

static void list_weeks(struct telling *telling, const struct report_weeks *weeks)
{
    day_t after = INT32_MIN;
    for (size_t i = 0; i < weeks->chart.count && !weeks->is_hidden; i++) {
        telling->sums[telling->count++] = (struct sum){.kind = SUM_WEEKS,
            .programme = weeks->programme,
            .after = after,
            .until = weeks->days[i],
            .total = weeks->chart.points[i].n};
        after = weeks->days[i];
    }
}

/* Every row that is a sum of answers to the rating that counts. */
static void list_sums(struct telling *telling)
{
    const struct report_indicator *of = telling->of;
    const struct {
        enum sum_kind kind;
        const struct report_rows *rows;
    } breakdowns[] = {{SUM_STRATUM, &of->strata}, {SUM_CENTRE, &of->by_centre},
        {SUM_CHANNEL, &of->by_channel}, {SUM_CELL, &of->cells},
        {SUM_PERIOD, &of->by_period}, {SUM_QUARTER, &of->by_quarter},
        {SUM_ITEM, &of->items}};
    add_sum(telling, SUM_FIGURE, NULL, false);
    add_sum(telling, SUM_DRAWN, NULL, isnan(of->figure.bound.lo));
    for (size_t i = 0; i < sizeof breakdowns / sizeof *breakdowns; i++)
        for (size_t j = 0; j < breakdowns[i].rows->count; j++) {
            const struct report_row *row = &breakdowns[i].rows->list[j];
            bool is_sum =
                breakdowns[i].kind == SUM_ITEM
                    ? report_item_is_sum(telling->input->plan, &of->strata, row->item)
                    : breakdowns[i].kind != SUM_CHANNEL || row->counts;
            if (is_sum)
                add_sum(telling, breakdowns[i].kind, row, row->is_hidden);
        }
    for (size_t i = 0; i < of->weeks_count; i++)
        list_weeks(telling, &of->weeks[i]);
}

static size_t count_rows(const struct report_indicator *of)
{
    size_t count = 2 + of->strata.count + of->by_centre.count + of->by_channel.count +
                   of->cells.count + of->by_period.count + of->by_quarter.count +
                   of->items.count;
    for (size_t i = 0; i < of->weeks_count; i++)
        count += of->weeks[i].chart.count;
    return count;
}

/* A cell whose answers may be in sums. */
struct found {
    const struct tally_cell *cell;
    const struct plan_programme *programme;
    const struct plan_wave *wave;
    const struct report_row *stratum; /* NULL: its wave is not open yet */
};

/* Hidden strata are one in the possible range: a walk-in answer takes all of them out. */
static bool is_drawn(const struct telling *telling, const struct report_row *stratum)
{
    const struct report_rows *strata = &telling->of->strata;
    bool drawn = !stratum->has_walk_in;
    for (size_t i = 0; i < strata->count && stratum->is_hidden; i++) {
        const struct report_row *other = &strata->list[i];
        drawn = drawn && !(other->counts && other->is_hidden && other->has_walk_in);
    }
    return drawn;
}

/* Of the wave slice, which knows no period, never. */
static bool is_in_time(const struct sum *sum, const struct found *found)
{
    day_t day = found->cell->period;
    if (day == DAY_NONE)
        return false;
    if (sum->kind == SUM_WEEKS)
        return found->programme == sum->programme && cross_monday(day) > sum->after &&
               cross_monday(day) <= sum->until;
    day_t period = report_period(found->programme, day);
    return sum->row->period ==
           (sum->kind == SUM_QUARTER ? report_quarter(period) : period);
}

static bool is_in(
    const struct telling *telling, const struct sum *sum, const struct found *found)
{
    const struct report_row *row = sum->row;
    const struct report_row *stratum = found->stratum;
    bool is_counted = stratum != NULL && stratum->counts;
    switch (sum->kind) {
    case SUM_FIGURE:
        return is_counted;
    case SUM_DRAWN:
        return is_counted && is_drawn(telling, stratum);
    case SUM_STRATUM:
        return row == stratum;
    case SUM_CENTRE:
        return text_equals(row->centre, found->cell->centre);
    case SUM_CHANNEL:
        return row->channel == found->cell->channel && row->mode == found->cell->mode;
    case SUM_CELL:
        return row->programme == found->programme &&
               text_equals(row->centre, found->cell->centre);
    case SUM_PERIOD:
    case SUM_QUARTER:
    case SUM_WEEKS:
        return is_in_time(sum, found);
    case SUM_ITEM:
        break;
    }
    const struct plan_questionnaire *asked =
        programme_questionnaire(telling->input->plan, found->programme);
    return stratum != NULL &&
           report_item_equals(&asked->items[asked->overall], row->item);
}

/* Valid answers of a cell that count; 0 of one that is not the indicator's. */
static int64_t look_up(const struct telling *telling, struct report_finder *finder,
    const struct tally_cell *cell, struct found *out)
{
    const struct plan *plan = telling->input->plan;
    const struct report_rows *strata = &telling->of->strata;
    report_find(finder, cell);
    if (finder->wave == NULL)
        return 0;
    *out = (struct found){cell, finder->programme, finder->wave, NULL};
    for (size_t i = 0; i < strata->count && out->stratum == NULL; i++)
        if (strata->list[i].wave == finder->wave)
            out->stratum = &strata->list[i];
    return report_valid(plan, finder->programme, cell);
}

static enum side side_of(const struct found *found, bool is_flagged)
{
    bool is_counted = found->stratum != NULL && found->stratum->counts;
    if (!is_flagged)
        return SIDE_CLEAN;
    return is_counted ? SIDE_FLAGGED : SIDE_BESIDE;
}

static void count_sides(struct telling *telling)
{
    struct report_finder finder = {
        .plan = telling->input->plan, .indicator = telling->of->indicator};
    struct found found;
    for (size_t i = 0; i < telling->input->wave_count; i++) {
        const struct tally_cell *cell = &telling->input->waves[i];
        int64_t n = look_up(telling, &finder, cell, &found);
        for (size_t j = 0; n > 0 && j < telling->count; j++)
            if (is_in(telling, &telling->sums[j], &found))
                telling->sums[j].n[side_of(&found, cell->flags != 0)] += n;
    }
}

/* ---- what is left over ---- */

/* Of hidden rows a reader may know the sum, or the sum of each programme, which the items
   tell, or from other breakdowns each. */
enum joining { JOIN_ALL, JOIN_PROGRAMMES, JOIN_NONE, JOINING_COUNT };

/* Answers of a row that are flagged, and the others. Flagged ones that stand beside are
   either: they are not in the second figure's difference, but they may be known. */
struct mixture {
    int64_t flagged;
    int64_t other;
};

static struct mixture mixture_of(const struct sum *sum, bool has_beside)
{
    int64_t beside = sum->n[SIDE_BESIDE];
    return (struct mixture){sum->n[SIDE_FLAGGED] + (has_beside ? beside : 0),
        sum->n[SIDE_CLEAN] + (has_beside ? 0 : beside)};
}

/* What is left of all rows that hold flagged answers once these are subtracted; and of
   the flagged ones once all rows are that hold nothing else. */
static void add_rests(const struct mixture *mixture, struct mixture *rests)
{
    if (mixture->flagged > 0)
        rests->other += mixture->other;
    if (mixture->other > 0)
        rests->flagged += mixture->flagged;
}

static bool leaves_few(const struct telling *telling, enum sum_kind kind,
    enum joining joining, bool has_beside)
{
    struct mixture rests = {0}, joined = {0};
    const struct plan_programme *programme = NULL;
    for (size_t i = 0; i < telling->count; i++) {
        const struct sum *sum = &telling->sums[i];
        const struct mixture own = mixture_of(sum, has_beside);
        if (sum->kind != kind)
            continue;
        if (!sum->is_hidden || joining == JOIN_NONE) {
            add_rests(&own, &rests);
            continue;
        }
        if (joining == JOIN_PROGRAMMES && sum->row->programme != programme) {
            add_rests(&joined, &rests);
            joined = (struct mixture){0};
            programme = sum->row->programme;
        }
        joined.flagged += own.flagged;
        joined.other += own.other;
    }
    add_rests(&joined, &rests);
    return group_is_small(rests.flagged, telling->k) ||
           group_is_small(rests.other, telling->k);
}

static bool leaves_few_of_any(const struct telling *telling)
{
    for (int kind = SUM_FIGURE; kind <= SUM_CELL; kind++)
        for (int joining = 0; kind != SUM_DRAWN && joining < JOINING_COUNT; joining++)
            for (int has_beside = 0; has_beside < 2; has_beside++)
                if (leaves_few(telling, (enum sum_kind)kind, (enum joining)joining,
                        has_beside != 0))
                    return true;
    return false;
}

/* ---- throwing ---- */

static void draw(struct telling *telling, uint64_t place)
{
    for (size_t i = 0; i < telling->width; i++) {
        uint64_t z =
            (place * telling->width + i + 1) * 0x9E3779B97F4A7C15U; /* splitmix */
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
        z = (z ^ z >> 27) * 0x94D049BB133111EBU;
        telling->drawn[i] = (uint32_t)((z ^ z >> 31) % RESIDUES_PRIME);
    }
}

static void throw_place(
    struct telling *telling, const struct found *found, bool is_flagged, uint64_t place)
{
    enum side side = side_of(found, is_flagged);
    draw(telling, place);
    for (size_t i = 0; i < telling->count; i++) {
        uint32_t *into = telling->sums[i].place[side];
        if (!is_in(telling, &telling->sums[i], found))
            continue;
        for (size_t j = 0; j < telling->width; j++)
            into[j] = residue_sum(into[j], telling->drawn[j]);
    }
}

/* Whether the wave slice has answers of the period cell's wave, centre, channel and mode
   with and without flags. */
static void find_sides(
    const struct telling *telling, const struct tally_cell *cell, bool has[2])
{
    const struct report_input *input = telling->input;
    for (size_t i = 0; i < input->wave_count; i++) {
        const struct tally_cell *other = &input->waves[i];
        if (other->channel == cell->channel && other->mode == cell->mode &&
            text_equals(other->centre, cell->centre) &&
            text_equals(other->wave, cell->wave) &&
            text_equals(other->programme, cell->programme))
            has[other->flags != 0] = true;
    }
}

static void throw_places(struct telling *telling)
{
    struct report_finder finder = {
        .plan = telling->input->plan, .indicator = telling->of->indicator};
    struct found found;
    for (size_t i = 0; i < telling->input->period_count; i++) {
        const struct tally_cell *cell = &telling->input->periods[i];
        bool has[2] = {false};
        if (look_up(telling, &finder, cell, &found) == 0)
            continue;
        find_sides(telling, cell, has);
        for (size_t flagged = 0; flagged < 2; flagged++)
            if (has[flagged])
                throw_place(telling, &found, flagged != 0, 2 * i + flagged);
    }
}

/* ---- spanning ---- */

/* Takes from the vector what the basis explains of it; true if something is left. If not,
   minus the number of answers stands behind. */
static bool reduce(const struct telling *telling, uint32_t *vector)
{
    size_t end = telling->width + 1;
    for (size_t i = 0; i < telling->rank; i++) {
        const uint32_t *row = telling->basis + i * end;
        uint32_t times = residue_negative(vector[telling->leads[i]]);
        if (times != 0)
            residues_add(vector, row, times, end);
    }
    for (size_t j = 0; j < telling->width; j++)
        if (vector[j] != 0)
            return true;
    return false;
}

/* What of the sum is on these sides, n answers; in scratch. */
static void take_vector(
    struct telling *telling, const struct sum *sum, int sides, int64_t n)
{
    uint32_t *vector = telling->scratch;
    for (size_t i = 0; i < telling->width; i++) {
        vector[i] = 0;
        for (int side = 0; side < SIDE_COUNT; side++)
            if ((sides >> side & 1) != 0)
                vector[i] = residue_sum(vector[i], sum->place[side][i]);
    }
    vector[telling->width] = (uint32_t)(n % RESIDUES_PRIME);
}

static void span(struct telling *telling)
{
    size_t end = telling->width + 1, lead = 0;
    uint32_t *row = telling->basis + telling->rank * end;
    struct residues one = {.cells = row, .rows = 1, .columns = end};
    if (!reduce(telling, telling->scratch))
        return;
    memcpy(row, telling->scratch, end * sizeof *row);
    (void)residues_eliminate(&one, telling->width); /* scales it to lead with a 1 */
    while (row[lead] == 0)
        lead++;
    telling->leads[telling->rank++] = lead;
}

static int64_t count_on(const struct sum *sum, int sides)
{
    int64_t n = 0;
    for (int side = 0; side < SIDE_COUNT; side++)
        if ((sides >> side & 1) != 0)
            n += sum->n[side];
    return n;
}

/* True if what these said can be computed and nobody may know it: a hidden row, or few of
   a row. */
static bool is_told(struct telling *telling, const struct sum *sum, int sides)
{
    bool is_row = sides == ALL_SIDES;
    if (is_row && !sum->is_hidden)
        return false;
    take_vector(telling, sum, sides, 0);
    if (reduce(telling, telling->scratch))
        return false;
    int64_t n = residue_negative(telling->scratch[telling->width]);
    return is_row ? n > 0 : group_is_small(n, telling->k);
}

static size_t count_told(struct telling *telling)
{
    size_t count = 0;
    for (size_t i = 0; i < telling->count; i++)
        for (int sides = 1; sides <= ALL_SIDES; sides++)
            count += is_told(telling, &telling->sums[i], sides);
    return count;
}

static enum status take_room(struct arena *arena, struct telling *telling)
{
    enum { SPARE = 8 };
    telling->width = telling->count + SPARE;
    size_t width = telling->width;
    telling->drawn = arena_take_array(arena, width, sizeof(uint32_t));
    telling->scratch = arena_take_array(arena, width + 1, sizeof(uint32_t));
    telling->leads = arena_take_array(arena, width, sizeof(size_t));
    telling->basis = arena_take_array(arena, width * (width + 1), sizeof(uint32_t));
    uint32_t *places =
        arena_take_array(arena, SIDE_COUNT * telling->count * width, sizeof(uint32_t));
    if (telling->drawn == NULL || telling->scratch == NULL || telling->leads == NULL ||
        telling->basis == NULL || places == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < telling->count; i++)
        for (size_t side = 0; side < SIDE_COUNT; side++)
            telling->sums[i].place[side] = places + (SIDE_COUNT * i + side) * width;
    memset(places, 0, SIDE_COUNT * telling->count * width * sizeof *places);
    return STATUS_OK;
}

static int64_t count_in(const struct sum *sum)
{
    if (sum->kind == SUM_WEEKS)
        return sum->total;
    bool has_period = sum->kind == SUM_PERIOD || sum->kind == SUM_QUARTER;
    return has_period ? sum->row->n : count_on(sum, ALL_SIDES);
}

static bool tells_more(struct telling *telling)
{
    throw_places(telling);
    for (size_t i = 0; i < telling->count; i++) {
        const struct sum *sum = &telling->sums[i];
        if (sum->is_hidden)
            continue;
        take_vector(telling, sum, ALL_SIDES, count_in(sum));
        span(telling);
    }
    size_t before = count_told(telling);
    const struct sum *figure = &telling->sums[0];
    take_vector(telling, figure, 1 << SIDE_FLAGGED, count_on(figure, 1 << SIDE_FLAGGED));
    span(telling);
    return count_told(telling) > before;
}

enum status report_flags_tell(struct arena *arena, const struct report_input *input,
    const struct report_indicator *of, bool *out)
{
    struct telling telling = {.input = input, .of = of, .k = input->plan->k};
    size_t room = count_rows(of);
    *out = true;
    if (group_is_small(of->flagged, telling.k) || room > FLAG_ROWS_MAX)
        return STATUS_OK;
    telling.sums = arena_take_array(arena, room, sizeof *telling.sums);
    if (telling.sums == NULL)
        return STATUS_NO_MEMORY;
    list_sums(&telling);
    count_sides(&telling);
    if (leaves_few_of_any(&telling))
        return STATUS_OK;
    enum status status = take_room(arena, &telling);
    if (status == STATUS_OK)
        *out = tells_more(&telling);
    return status;
}
