/* test_disclosure.c: an attacker with a linear programme. Random years are reported, then
   all rows that the report shows become equations over the answers of each wave, centre,
   channel and period, and the least and the most that a hidden row could be are solved
   for. None may be pinned down. With the figure without flagged answers comes one
   equation more; no small group of flagged or other answers of a row may be pinned down
   by it, even if it is known where flagged answers occur. The same attack on a report
   that only hides small rows must succeed, or it would prove nothing. Beside it: an
   attacker who knows how many came in, and one who subtracts the report of an earlier
   day. */
#include "tests/support/random.h"
#include "tests/support/sample.h"
#include "tests/support/test.h"

#include "kiosk/report.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    WAVES = 3, /* of each of two programmes */
    CENTRES = 3,
    CHANNELS = 3,
    PERIODS = 2, /* of each wave */
    ATOMS = 2 * WAVES * CENTRES * CHANNELS * PERIODS,
    YEARS = 60,
    FLAGGED_YEARS = 240,
    COLUMNS = 2 * ATOMS, /* of each place the answers without a flag, then the flagged */
    SHOWN_ROWS_MAX = 128,
    DAYS_OF_WAVE = 50,
    TODAY = 1000
};

static const enum channel channels[CHANNELS] = {
    CHANNEL_SLIP, CHANNEL_PAPER, CHANNEL_KIOSK};
static const char *const centre_names[CENTRES] = {"north", "south", "west"};
static const char *const wave_names[2][WAVES] = {{"a1", "a2", "a3"}, {"b1", "b2", "b3"}};

/* The answers that stand at one place of every breakdown. */
struct atom {
    int programme;
    int wave;
    int centre;
    int channel;
    int period;
    bool is_possible; /* an attacker can't rule out that there are some */
    int64_t n;
    int64_t x;
    int64_t flagged; /* of the n */
    int64_t flagged_x;
};

/* A printed row: the atoms it adds up, and whether its number is to be read. */
struct printed {
    bool holds[COLUMNS];
    bool is_hidden;
    bool is_cover; /* hidden for others: of k or more, it may be computed */
    int64_t n;
    int64_t x;
};

struct sheet {
    struct printed rows[SHOWN_ROWS_MAX];
    size_t count;
    size_t firsts[8]; /* of each kind of row, and the end */
};

struct year {
    struct arena *arena;
    struct plan_questionnaire questionnaires[2];
    struct plan_item items[2][8];
    struct plan_wave waves[2][WAVES];
    struct plan_programme programmes[2];
    size_t both[2];
    struct plan_indicator indicator;
    struct plan plan;
    struct atom atoms[ATOMS];
    struct tally_cell cells[2][COLUMNS]; /* of the wave slice, of the period slice */
    size_t cell_counts[2];
    struct report report;
    struct sheet sheet;
    struct sheet today; /* beside the one of an earlier day */
};

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

/* Several cells with one key are allowed: the report adds them up. */
static void report_year(struct year *year, day_t as_of)
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

static struct year *make_year_with(struct random *random, bool has_flags)
{
    struct year *year = calloc(1, sizeof *year);
    assert_non_null(year);
    year->arena = arena_new(8 << 20);
    make_plan(year, random);
    fill_atoms(year, random);
    if (has_flags)
        flag_atoms(year, random);
    report_year(year, TODAY);
    return year;
}

static struct year *make_year(struct random *random)
{
    return make_year_with(random, false);
}

static void free_year(struct year *year)
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

enum kind { STRATUM, CENTRE, CHANNEL, PERIOD, ITEM, CELL, QUARTER, KINDS };
_Static_assert(KINDS + 1 <= sizeof((struct sheet){0}.firsts) / sizeof(size_t), "room");

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

static void print_sheet(struct year *year)
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

/* ---- the attack ---- */

/* Row row of the programme says that these atoms add up to a number. */
static void add_equation(
    glp_prob *solver, int row, const struct printed *printed, int64_t number)
{
    int columns[COLUMNS + 1], count = 0;
    double factors[COLUMNS + 1];
    for (int i = 0; i < COLUMNS; i++)
        if (printed->holds[i]) {
            columns[++count] = i + 1;
            factors[count] = 1;
        }
    glp_set_mat_row(solver, row, count, columns, factors);
    glp_set_row_bnds(solver, row, GLP_FX, (double)number, (double)number);
}

/* What is public of flags: where they are by wave, centre and channel, not by period. */
static bool may_have(const struct year *year, int place, bool is_flagged)
{
    int first = place - place % PERIODS;
    bool has_any = false, has_it = false;
    for (int i = first; i < first + PERIODS; i++) {
        const struct atom *atom = &year->atoms[i];
        has_any |= atom->n > 0;
        has_it |= (is_flagged ? atom->flagged : atom->n - atom->flagged) > 0;
    }
    return has_it || (!has_any && !is_flagged);
}

static glp_prob *set_up(const struct sheet *sheet, const struct year *year, bool is_x)
{
    glp_prob *solver = glp_create_prob();
    int rows = 0;
    glp_add_cols(solver, COLUMNS);
    for (int i = 0; i < ATOMS; i++) {
        bool has_clean = year->atoms[i].is_possible && may_have(year, i, false);
        bool has_flagged = year->atoms[i].is_possible && may_have(year, i, true);
        glp_set_col_bnds(solver, i + 1, has_clean ? GLP_LO : GLP_FX, 0, 0);
        glp_set_col_bnds(solver, ATOMS + i + 1, has_flagged ? GLP_LO : GLP_FX, 0, 0);
    }
    for (size_t i = 0; i < sheet->count; i++)
        rows += !sheet->rows[i].is_hidden;
    if (rows > 0)
        glp_add_rows(solver, rows);
    rows = 0;
    for (size_t i = 0; i < sheet->count; i++)
        if (!sheet->rows[i].is_hidden)
            add_equation(solver, ++rows, &sheet->rows[i],
                is_x ? sheet->rows[i].x : sheet->rows[i].n);
    return solver;
}

/* The least or the most that a row can be; INFINITY if nothing bounds it. */
static double solve(glp_prob *solver, const struct printed *printed, int direction)
{
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    glp_set_obj_dir(solver, direction);
    for (int i = 0; i < COLUMNS; i++)
        glp_set_obj_coef(solver, i + 1, printed->holds[i] ? 1 : 0);
    glp_std_basis(solver);
    assert_int_equal(glp_simplex(solver, &how), 0);
    int status = glp_get_status(solver);
    if (status == GLP_UNBND)
        return INFINITY;
    assert_int_equal(status, GLP_OPT);
    return glp_get_obj_val(solver);
}

/* How many hidden rows the printed ones pin down. */
static int derivable(const struct year *year, bool is_x)
{
    const struct sheet *sheet = &year->sheet;
    glp_prob *solver = set_up(sheet, year, is_x);
    int found = 0;
    for (size_t i = 0; i < sheet->count; i++) {
        const struct printed *printed = &sheet->rows[i];
        if (!printed->is_hidden || printed->is_cover || printed->n == 0)
            continue;
        double least = solve(solver, printed, GLP_MIN);
        double most = solve(solver, printed, GLP_MAX);
        double truth = (double)(is_x ? printed->x : printed->n);
        assert_true(least <= truth + 1e-6 && truth - 1e-6 <= most);
        found += most - least < 0.5;
    }
    glp_delete_prob(solver);
    return found;
}

/* ---- the figure without flagged answers ---- */

/* A row's flagged answers, or the others. */
static struct printed part_of(
    const struct year *year, const struct printed *row, bool is_flagged)
{
    struct printed part = {.is_hidden = true};
    for (size_t i = 0; i < ATOMS; i++) {
        const struct atom *atom = &year->atoms[i];
        if (!row->holds[i])
            continue;
        part.holds[is_flagged ? ATOMS + i : i] = true;
        part.n += is_flagged ? atom->flagged : atom->n - atom->flagged;
        part.x += is_flagged ? atom->flagged_x : atom->x - atom->flagged_x;
    }
    return part;
}

static bool is_pinned(glp_prob *solver, const struct printed *part)
{
    return solve(solver, part, GLP_MAX) - solve(solver, part, GLP_MIN) < 0.5;
}

/* What is left of the rows of a breakdown that hold flagged answers, or of the flagged
   ones beside rows that hold nothing else. */
static struct printed rest_of(
    const struct year *year, size_t first, size_t end, bool is_flagged)
{
    struct printed rest = {.is_hidden = true};
    for (size_t i = first; i < end; i++) {
        const struct printed *row = &year->sheet.rows[i];
        struct printed part = part_of(year, row, is_flagged);
        if (part_of(year, row, !is_flagged).n == 0)
            continue;
        for (size_t j = 0; j < COLUMNS; j++)
            rest.holds[j] |= part.holds[j];
        rest.n += part.n;
    }
    return rest;
}

/* How many small groups the one figure more gives away. */
static int derivable_by_flags(struct year *year)
{
    struct sheet *sheet = &year->sheet;
    size_t rows = sheet->count;
    glp_prob *before = set_up(sheet, year, true);
    sheet->rows[sheet->count] = part_of(year, &sheet->rows[0], true);
    sheet->rows[sheet->count++].is_hidden = false;
    glp_prob *after = set_up(sheet, year, true);
    int found = 0;
    for (size_t i = 0; i < rows; i++)
        for (int is_flagged = 0; is_flagged < 2; is_flagged++) {
            struct printed part = part_of(year, &sheet->rows[i], is_flagged != 0);
            found += part.n > 0 && part.n < year->plan.k && is_pinned(after, &part) &&
                     !is_pinned(before, &part);
        }
    for (int kind = STRATUM; kind <= CHANNEL; kind++)
        for (int is_flagged = 0; is_flagged < 2; is_flagged++) {
            struct printed rest = rest_of(
                year, sheet->firsts[kind], sheet->firsts[kind + 1], is_flagged != 0);
            found += rest.n > 0 && rest.n < year->plan.k && is_pinned(after, &rest) &&
                     !is_pinned(before, &rest);
        }
    for (size_t i = 0; i < rows; i++) {
        const struct printed *hidden = &sheet->rows[i];
        found += hidden->is_hidden && !hidden->is_cover && hidden->n > 0 &&
                 is_pinned(after, hidden);
    }
    glp_delete_prob(before);
    glp_delete_prob(after);
    sheet->count = rows;
    return found;
}

/* How often the figure is shown where there are flags; what it gives away is added up. */
static int attack_flagged_years(bool only_shown, int *found)
{
    struct random random = random_start();
    int shown = 0;
    for (int i = 0; i < FLAGGED_YEARS; i++) {
        struct year *year = make_year_with(&random, true);
        const struct report_indicator *of = &year->report.indicators[0];
        print_sheet(year);
        bool is_shown = of->without_flagged.is_shown && of->flagged > 0;
        if (is_shown) {
            struct printed flagged = part_of(year, &year->sheet.rows[0], true);
            assert_int_equal(of->n - of->without_flagged.n, flagged.n);
            assert_int_equal(of->x - of->without_flagged.x, flagged.x);
        }
        shown += is_shown;
        if (of->flagged > 0 && !of->is_hidden && (is_shown || !only_shown))
            *found += derivable_by_flags(year);
        free_year(year);
    }
    return shown;
}

static void the_figure_without_flagged_answers_gives_no_group_away(void **state)
{
    (void)state;
    int found = 0;
    int shown = attack_flagged_years(true, &found);
    print_message("shown in %d of %d years\n", shown, FLAGGED_YEARS);
    assert_int_equal(found, 0);
    assert_true(shown > FLAGGED_YEARS / 10);
}

static void showing_it_always_would(void **state)
{
    (void)state;
    int found = 0;
    (void)attack_flagged_years(false, &found);
    assert_true(found > 0);
}

static size_t count_hidden(const struct sheet *sheet)
{
    size_t count = 0;
    for (size_t i = 0; i < sheet->count; i++)
        count += sheet->rows[i].is_hidden;
    return count;
}

static void no_hidden_row_of_a_random_year_can_be_solved_for(void **state)
{
    (void)state;
    struct random random = random_start();
    size_t hidden = 0;
    for (int i = 0; i < YEARS; i++) {
        struct year *year = make_year(&random);
        print_sheet(year);
        hidden += count_hidden(&year->sheet);
        assert_int_equal(derivable(year, false), 0);
        assert_int_equal(derivable(year, true), 0);
        free_year(year);
    }
    assert_true(hidden > YEARS); /* there was something to attack */
}

static void hiding_only_what_is_small_is_seen_through(void **state)
{
    (void)state;
    struct random random = random_start();
    int found = 0;
    for (int i = 0; i < YEARS; i++) {
        struct year *year = make_year(&random);
        print_sheet(year);
        for (size_t j = 0; j < year->sheet.count; j++) {
            struct printed *printed = &year->sheet.rows[j];
            printed->is_hidden = printed->n > 0 && printed->n < year->plan.k;
        }
        found += derivable(year, false);
        free_year(year);
    }
    assert_true(found > 0);
}

/* ---- the day before ---- */

/* What the sheet pins a number down to, as the width of what it can be. */
static double room_for(
    const struct year *year, const struct sheet *sheet, const struct printed *printed)
{
    double room = 0;
    for (int is_x = 0; is_x < 2; is_x++) {
        glp_prob *solver = set_up(sheet, year, is_x == 1);
        double least = solve(solver, printed, GLP_MIN);
        double most = solve(solver, printed, GLP_MAX);
        room = fmax(room, most - least);
        glp_delete_prob(solver);
    }
    return room;
}

/* Every number of an earlier day's report, beside the sheet of today's. */
static int count_told_early(struct year *year, day_t as_of, bool *is_figure_told)
{
    int told = 0;
    report_year(year, as_of);
    print_sheet(year);
    for (size_t i = 0; i < year->sheet.count; i++) {
        const struct printed *printed = &year->sheet.rows[i];
        if (printed->is_hidden)
            continue;
        told += room_for(year, &year->today, printed) > 0.5;
        *is_figure_told |= i == 0 && printed->n > 0;
    }
    return told;
}

static void a_report_of_an_earlier_day_tells_nothing_that_todays_does_not(void **state)
{
    (void)state;
    struct random random = random_start();
    bool is_figure_told = false;
    for (int i = 0; i < YEARS / 2; i++) {
        struct year *year = make_year(&random);
        print_sheet(year);
        year->today = year->sheet;
        for (int wave = 0; wave < WAVES; wave++)
            assert_int_equal(
                count_told_early(year, wave * 2 * DAYS_OF_WAVE + 8, &is_figure_told), 0);
        free_year(year);
    }
    assert_true(is_figure_told); /* it is not all hidden either */
}

/* ---- how many came in ---- */

/* The second half of the columns is for the dissatisfied here, since nobody is flagged.
 */
static void forget_flags(struct sheet *sheet)
{
    for (size_t i = 0; i < sheet->count; i++)
        memset(sheet->rows[i].holds + ATOMS, 0, ATOMS * sizeof *sheet->rows[i].holds);
}

/* Nothing was left open, so what came in is n, of every row. */
static glp_prob *set_up_received(const struct sheet *sheet, const struct year *year)
{
    glp_prob *solver = glp_create_prob();
    int row = 0;
    glp_add_cols(solver, 2 * ATOMS); /* satisfied, then dissatisfied */
    for (int i = 0; i < 2 * ATOMS; i++)
        glp_set_col_bnds(
            solver, i + 1, year->atoms[i % ATOMS].is_possible ? GLP_LO : GLP_FX, 0, 0);
    for (size_t i = 0; i < sheet->count; i++) {
        const struct printed *printed = &sheet->rows[i];
        int columns[2 * ATOMS + 1], count = 0;
        double factors[2 * ATOMS + 1];
        for (int at = 0; at < 2 * ATOMS; at++)
            if (printed->holds[at % ATOMS]) {
                columns[++count] = at + 1;
                factors[count] = 1;
            }
        glp_add_rows(solver, 1);
        glp_set_mat_row(solver, ++row, count, columns, factors);
        glp_set_row_bnds(solver, row, GLP_FX, (double)printed->n, (double)printed->n);
        if (printed->is_hidden)
            continue;
        glp_add_rows(solver, 1);
        add_equation(solver, ++row, printed, printed->x);
    }
    return solver;
}

static void how_many_came_in_does_not_tell_what_a_hidden_row_said(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < YEARS / 2; i++) {
        struct year *year = make_year(&random);
        print_sheet(year);
        forget_flags(&year->sheet);
        glp_prob *solver = set_up_received(&year->sheet, year);
        for (size_t at = 0; at < year->sheet.count; at++) {
            const struct printed *printed = &year->sheet.rows[at];
            if (!printed->is_hidden || printed->is_cover || printed->n == 0)
                continue;
            double least = solve(solver, printed, GLP_MIN);
            assert_true(solve(solver, printed, GLP_MAX) - least > 0.5);
        }
        glp_delete_prob(solver);
        free_year(year);
    }
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(no_hidden_row_of_a_random_year_can_be_solved_for),
        cmocka_unit_test(the_figure_without_flagged_answers_gives_no_group_away),
        cmocka_unit_test(showing_it_always_would),
        cmocka_unit_test(hiding_only_what_is_small_is_seen_through),
        cmocka_unit_test(how_many_came_in_does_not_tell_what_a_hidden_row_said),
        cmocka_unit_test(a_report_of_an_earlier_day_tells_nothing_that_todays_does_not),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
