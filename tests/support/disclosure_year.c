/* disclosure_year.c: random years, reported and printed. */
#include "tests/support/disclosure_year.h"

#include "tests/support/sample.h"
#include "tests/support/test.h"

#include <stdlib.h>
#include <string.h>

static const enum channel channels[CHANNELS] = {
    CHANNEL_SLIP, CHANNEL_PAPER, CHANNEL_KIOSK};
static const char *const centre_names[CENTRES] = {"north", "south", "west"};
static const char *const wave_names[2][WAVES] = {{"a1", "a2", "a3"}, {"b1", "b2", "b3"}};

/* ---- a year ---- */

static void make_plan(struct year *year, struct random *random)
{
    for (int i = 0; i < 2; i++) {
        year->questionnaires[i] = sample_questionnaire();
        memcpy(year->items[i], year->questionnaires[i].items,
            year->questionnaires[i].item_count * sizeof *year->items[i]);
        year->questionnaires[i].items = year->items[i];
        for (int j = 0; j < WAVES; j++)
            year->waves[i][j] = (struct plan_wave){.id = text_of(wave_names[i][j]),
                .opens = j * 2 * DAYS_OF_WAVE + (i == 0 ? 0 : j * 7),
                .closes = j * 2 * DAYS_OF_WAVE + (i == 0 ? 0 : j * 7) + DAYS_OF_WAVE,
                .population = random_between(random, 0, 7) == 0 ? -1 : 400};
        year->programmes[i] = (struct plan_programme){
            .id = i == 0 ? TEXT("a") : TEXT("b"),
            .group = TEXT("g"),
            .questionnaire = (size_t)i,
            .answers = random_between(random, 0, 3) == 0 ? ANSWERS_INVITED : ANSWERS_ALL,
            .waves = year->waves[i],
            .wave_count = (size_t)random_between(random, 1, WAVES)};
        year->both[i] = (size_t)i;
    }
    if (random_between(random, 0, 1) == 0) /* other questions of the same kind */
        year->items[1][year->questionnaires[1].overall].id = TEXT("all-in-all");
    year->indicator = (struct plan_indicator){.id = TEXT("relief"),
        .target_bp = 9000,
        .measure = MEASURE_TOP2,
        .confidence_bp = 9500,
        .points_cp = 1000,
        .weights = {100, 80, 60, 30, 0},
        .programmes = year->both,
        .programme_count = (size_t)random_between(random, 1, 2)};
    year->plan = (struct plan){.k = 10,
        .questionnaires = year->questionnaires,
        .questionnaire_count = 2,
        .programmes = year->programmes,
        .programme_count = year->indicator.programme_count,
        .indicators = &year->indicator,
        .indicator_count = 1};
}

/* Few answers here, many there; whole centres, channels and periods stay empty in some
   waves. What is possible is everything where one wave meets what occurs at its centre.
 */
static void fill_atoms(struct year *year, struct random *random)
{
    struct atom *atom = year->atoms;
    for (int programme = 0; programme < 2; programme++)
        for (int place = 0; place < WAVES * CENTRES; place++) {
            bool is_closed = random_between(random, 0, 3) == 0;
            int64_t most = random_between(random, 0, 2) == 0 ? 25 : 3;
            unsigned with = (unsigned)random_between(random, 0, 31);
            for (int at = 0; at < CHANNELS * PERIODS; at++, atom++) {
                *atom = (struct atom){.programme = programme,
                    .wave = place / CENTRES,
                    .centre = place % CENTRES,
                    .channel = at / PERIODS,
                    .period = at % PERIODS};
                bool is_met =
                    (with >> atom->channel & with >> (CHANNELS + atom->period) & 1) != 0;
                bool is_planned =
                    (size_t)programme < year->plan.programme_count &&
                    (size_t)atom->wave < year->programmes[programme].wave_count;
                if (is_closed || !is_met || !is_planned)
                    continue;
                atom->is_possible = true;
                atom->n = random_between(random, 2, most);
                atom->x = random_between(random, 1, atom->n - 1);
            }
        }
}

/* Where flagged answers are: in one channel, wave, centre, or anywhere. */
enum pattern { IN_CHANNEL, IN_WAVE, AT_CENTRE, ANYWHERE, PATTERNS };

static bool is_flagged_place(const struct atom *atom, enum pattern pattern, int which)
{
    const int places[] = {[IN_CHANNEL] = atom->channel,
        [IN_WAVE] = atom->wave,
        [AT_CENTRE] = atom->centre,
        [ANYWHERE] = which};
    return places[pattern] == which;
}

/* Everything there, or parts of it; nowhere is everybody content, or nobody. */
static void flag_atoms(struct year *year, struct random *random)
{
    enum pattern pattern = (enum pattern)random_between(random, 0, PATTERNS - 1);
    int which = (int)random_between(random, 0, 2);
    bool is_whole = random_between(random, 0, 1) == 0;
    for (size_t i = 0; i < ATOMS; i++) {
        struct atom *atom = &year->atoms[i];
        if (atom->n < 2 || !is_flagged_place(atom, pattern, which) ||
            (pattern == ANYWHERE && random_between(random, 0, 1) == 0))
            continue;
        int64_t rest = is_whole || atom->n < 4 || random_between(random, 0, 3) == 0
                           ? 0
                           : random_between(random, 2, atom->n - 2);
        atom->flagged = atom->n - rest;
        atom->flagged_x = random_between(random, 1, atom->flagged - 1);
        atom->x = atom->flagged_x + (rest == 0 ? 0 : random_between(random, 1, rest - 1));
    }
}

static void add_answers(struct year *year, const struct atom *atom, int slice, int64_t n,
    int64_t x, struct tally_cell *cell)
{
    const struct plan_questionnaire *asked = &year->questionnaires[atom->programme];
    const struct plan_wave *wave = &year->waves[atom->programme][atom->wave];
    *cell = (struct tally_cell){.programme = year->programmes[atom->programme].id,
        .wave = wave->id,
        .centre = text_of(centre_names[atom->centre]),
        .channel = channels[atom->channel],
        .period = slice == 0 ? DAY_NONE : wave->opens + atom->period * 25,
        .counter_count = tally_size(asked)};
    cell->counters = arena_take_array(year->arena, cell->counter_count, sizeof(int64_t));
    assert_non_null(cell->counters);
    for (int64_t i = 0; i < n; i++)
        tally_add(asked, i < x ? TEXT("55000") : TEXT("2-100"), cell->counters);
    cell->received = cell->counters[0];
}

void year_report(struct year *year, day_t as_of)
{
    memset(year->cell_counts, 0, sizeof year->cell_counts);
    for (size_t i = 0; i < ATOMS; i++) {
        const struct atom *atom = &year->atoms[i];
        int64_t clean = atom->n - atom->flagged;
        if (atom->n > 0)
            add_answers(
                year, atom, 1, atom->n, atom->x, &year->cells[1][year->cell_counts[1]++]);
        if (clean > 0)
            add_answers(year, atom, 0, clean, atom->x - atom->flagged_x,
                &year->cells[0][year->cell_counts[0]++]);
        if (atom->flagged == 0)
            continue;
        struct tally_cell *cell = &year->cells[0][year->cell_counts[0]++];
        add_answers(year, atom, 0, atom->flagged, atom->flagged_x, cell);
        cell->flags = 1;
    }
    struct report_input input = {.plan = &year->plan,
        .as_of = as_of,
        .today = TODAY,
        .waves = year->cells[0],
        .wave_count = year->cell_counts[0],
        .periods = year->cells[1],
        .period_count = year->cell_counts[1]};
    assert_int_equal(report_build(year->arena, &input, &year->report), STATUS_OK);
}

struct year *year_make(struct random *random, bool has_flags)
{
    struct year *year = calloc(1, sizeof *year);
    assert_non_null(year);
    year->arena = arena_new(8 << 20);
    make_plan(year, random);
    fill_atoms(year, random);
    if (has_flags)
        flag_atoms(year, random);
    year_report(year, TODAY);
    return year;
}

void year_free(struct year *year)
{
    arena_free(year->arena);
    free(year);
}

/* ---- what is printed ---- */

static bool atom_counts(const struct year *year, const struct atom *atom)
{
    return year->programmes[atom->programme].answers == ANSWERS_ALL ||
           channel_is_invited(channels[atom->channel]);
}

static bool is_of_row(const struct year *year, const struct atom *atom, enum kind kind,
    const struct report_row *row)
{
    const struct plan_questionnaire *asked = &year->questionnaires[atom->programme];
    const struct plan_wave *wave = &year->waves[atom->programme][atom->wave];
    switch (kind) {
    case STRATUM:
        return row->wave == wave;
    case CENTRE:
        return text_equals(row->centre, text_of(centre_names[atom->centre]));
    case CHANNEL:
        return row->counts && row->channel == channels[atom->channel];
    case PERIOD:
        return row->period == wave->opens + atom->period * 25;
    case ITEM:
        return text_equals(row->item->id, asked->items[asked->overall].id);
    case CELL:
        return row->programme == &year->programmes[atom->programme] &&
               is_of_row(year, atom, CENTRE, row);
    case QUARTER: {
        struct date day = day_date(wave->opens + atom->period * 25);
        struct date first = day_date(row->period);
        return wave->opens <= year->report.as_of && day.year == first.year &&
               (day.month - 1) / 3 == (first.month - 1) / 3;
    }
    case KINDS:
        break;
    }
    return false;
}

static void print_row(struct sheet *sheet, const struct year *year, enum kind kind,
    const struct report_row *row)
{
    struct printed *printed = &sheet->rows[sheet->count++];
    assert_true(sheet->count <= SHOWN_ROWS_MAX);
    *printed = (struct printed){.is_hidden = row->is_hidden};
    for (size_t i = 0; i < ATOMS; i++) {
        const struct atom *atom = &year->atoms[i];
        printed->holds[i] = atom_counts(year, atom) && is_of_row(year, atom, kind, row);
        printed->holds[ATOMS + i] = printed->holds[i];
        printed->n += printed->holds[i] ? atom->n : 0;
        printed->x += printed->holds[i] ? atom->x : 0;
    }
    printed->is_cover = kind == QUARTER && printed->n >= year->plan.k;
    if (!row->is_hidden) {
        assert_int_equal(printed->n, row->n);
        assert_int_equal(printed->x, row->x);
    }
}

/* True if the stratum's answers are in the figure's possible range: they were drawn from
   its people. Hidden strata are one there, so a single walk-in answer takes all out. */
static bool is_bounded(const struct report_indicator *of, const struct report_row *row)
{
    bool is_drawn = !row->has_walk_in;
    for (size_t i = 0; i < of->strata.count && row->is_hidden; i++) {
        const struct report_row *other = &of->strata.list[i];
        is_drawn = is_drawn && !(other->counts && other->is_hidden && other->has_walk_in);
    }
    return is_drawn;
}

/* The figure, and what its possible range tells: the strata whose answers were invited.
 */
static void print_figure(struct sheet *sheet, const struct year *year, bool only_drawn)
{
    const struct report_indicator *of = &year->report.indicators[0];
    struct printed *printed = &sheet->rows[sheet->count++];
    *printed = (struct printed){.is_hidden = of->is_hidden};
    for (size_t i = 0; i < ATOMS; i++) {
        const struct atom *atom = &year->atoms[i];
        for (size_t j = 0; j < of->strata.count; j++) {
            const struct report_row *row = &of->strata.list[j];
            printed->holds[i] |= atom_counts(year, atom) && row->counts &&
                                 is_of_row(year, atom, STRATUM, row) &&
                                 !(only_drawn && !is_bounded(of, row));
        }
        printed->holds[ATOMS + i] = printed->holds[i];
        printed->n += printed->holds[i] ? atom->n : 0;
        printed->x += printed->holds[i] ? atom->x : 0;
    }
}

void year_print(struct year *year)
{
    struct sheet *sheet = &year->sheet;
    const struct report_indicator *of = &year->report.indicators[0];
    const struct report_rows *const rows[KINDS] = {[STRATUM] = &of->strata,
        [CENTRE] = &of->by_centre,
        [CHANNEL] = &of->by_channel,
        [PERIOD] = &of->by_period,
        [ITEM] = &of->items,
        [CELL] = &of->cells,
        [QUARTER] = &of->by_quarter};
    sheet->count = 0;
    print_figure(sheet, year, false);
    print_figure(sheet, year, true);
    for (int kind = 0; kind < KINDS; kind++) {
        sheet->firsts[kind] = sheet->count;
        for (size_t i = 0; i < rows[kind]->count; i++) {
            const struct report_row *row = &rows[kind]->list[i];
            bool is_other_item =
                kind == ITEM && text_equals(row->item->id, year->items[0][1].id);
            if (!is_other_item && (kind != CHANNEL || row->counts))
                print_row(sheet, year, (enum kind)kind, row);
        }
    }
    sheet->firsts[KINDS] = sheet->count;
}
