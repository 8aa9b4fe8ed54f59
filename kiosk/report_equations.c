/* report_equations.c: what the rows of a report tell of each other, as equations: the
   figure and the items are sums of strata, and so are the parts of a breakdown. */
#include "kiosk/report_hiding.h"

#include <string.h>

/* Room for some terms; NULL when the arena is full. */
static struct term *take_terms(struct hiding *hiding, struct terms *terms, size_t room)
{
    return terms->list = arena_take_array(hiding->arena, room, sizeof *terms->list);
}

static void add_term(struct terms *terms, size_t sum, uint32_t factor)
{
    for (size_t i = 0; i < terms->count; i++)
        if (terms->list[i].sum == sum) {
            terms->list[i].factor = residue_sum(terms->list[i].factor, factor);
            return;
        }
    terms->list[terms->count++] = (struct term){sum, factor};
}

/* ---- parts of a breakdown ---- */

/* The parts of centres, channels and periods, numbered. Any numbers given to the parts
   make an equation: each thing so many times as its part's number, less each stratum so
   many times as the numbers of its centre, channel and period together. But all blocks of
   a stratum must agree in that: what they ask of the numbers is a system, and each number
   that it leaves free makes one equation. */
struct numbering {
    size_t *numbers;     /* of each thing that is a part's first */
    size_t count;        /* of parts */
    struct terms *terms; /* of each part, with the strata's sign */
    struct residues asked;
};

static bool is_parted(const struct thing *thing)
{
    return thing->kind >= THING_CENTRE && thing->kind <= THING_PERIOD && thing->n > 0 &&
           thing->row->counts;
}

static enum status number_parts(struct hiding *hiding, struct numbering *out)
{
    const struct links *links = &hiding->links;
    out->numbers = arena_take_array(hiding->arena, links->count, sizeof *out->numbers);
    if (out->numbers == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 1; i < links->count; i++)
        if (is_parted(&links->list[i]) && hiding_part_of(hiding, i) == i)
            out->numbers[i] = out->count++;
    out->terms = arena_take_array(hiding->arena, out->count, sizeof *out->terms);
    return out->terms == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

static size_t number_of(
    const struct hiding *hiding, const struct numbering *numbering, size_t thing)
{
    return numbering->numbers[hiding_part_of(hiding, thing)];
}

/* That two blocks of a stratum agree. False if they do anyhow. */
static bool ask(const struct hiding *hiding, const struct numbering *numbering,
    const struct block *a, const struct block *b, uint32_t *row)
{
    const size_t plus[] = {a->centre, a->channel, a->period};
    const size_t minus[] = {b->centre, b->channel, b->period};
    bool has_any = false;
    memset(row, 0, numbering->count * sizeof *row);
    for (size_t i = 0; i < 3; i++) {
        if (plus[i] != 0) {
            uint32_t *cell = &row[number_of(hiding, numbering, plus[i])];
            *cell = residue_sum(*cell, 1);
        }
        if (minus[i] != 0) {
            uint32_t *cell = &row[number_of(hiding, numbering, minus[i])];
            *cell = residue_sum(*cell, residue_negative(1));
        }
    }
    for (size_t i = 0; i < numbering->count; i++)
        has_any |= row[i] != 0;
    return has_any;
}

static bool is_asked(const struct residues *asked, const uint32_t *row)
{
    for (size_t i = 0; i < asked->rows; i++)
        if (memcmp(residues_row(asked, i), row, asked->columns * sizeof *row) == 0)
            return true;
    return false;
}

/* What does not fit is left unasked: that makes equations that do not hold, and at worst
   hides too much. */
static enum status ask_all(struct hiding *hiding, const struct block *blocks,
    size_t count, struct numbering *numbering)
{
    struct residues *asked = &numbering->asked;
    size_t room = RESIDUES_MAX / (numbering->count + 1);
    room = room < count ? room : count;
    asked->columns = numbering->count;
    asked->cells =
        arena_take_array(hiding->arena, room * asked->columns, sizeof *asked->cells);
    if (asked->cells == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 1, first = 0; i < count && asked->rows < room; i++) {
        uint32_t *row = residues_row(asked, asked->rows);
        if (blocks[i].stratum != blocks[first].stratum)
            first = i;
        else if (ask(hiding, numbering, &blocks[first], &blocks[i], row) &&
                 !is_asked(asked, row))
            asked->rows++;
    }
    asked->rows = residues_eliminate(asked, asked->columns);
    return STATUS_OK;
}

static size_t leader_of(const struct residues *asked, size_t row)
{
    size_t column = 0;
    while (residues_row(asked, row)[column] == 0)
        column++;
    return column;
}

/* How many free numbers a number is made of. */
static size_t count_free(const struct residues *asked, size_t lead)
{
    size_t count = 0;
    for (size_t i = 0; lead != 0 && i < asked->columns; i++)
        count += residues_row(asked, lead - 1)[i] != 0;
    return lead == 0 ? 1 : count - 1;
}

static enum status take_part_terms(
    struct hiding *hiding, const size_t *leads, struct numbering *numbering)
{
    for (size_t i = 0; i < numbering->count; i++)
        if (take_terms(hiding, &numbering->terms[i],
                count_free(&numbering->asked, leads[i])) == NULL)
            return STATUS_NO_MEMORY;
    return STATUS_OK;
}

/* A free number makes an equation of its own; one that leads a row is made of the free
   ones in it. */
static void fill_part_terms(
    struct hiding *hiding, const size_t *leads, struct numbering *numbering)
{
    for (size_t free = 0; free < numbering->count; free++) {
        if (leads[free] != 0)
            continue;
        size_t sum = hiding->links.sum_count++;
        add_term(&numbering->terms[free], sum, 1);
        for (size_t row = 0; row < numbering->asked.rows; row++) {
            const uint32_t *cells = residues_row(&numbering->asked, row);
            if (cells[free] != 0)
                add_term(&numbering->terms[leader_of(&numbering->asked, row)], sum,
                    residue_negative(cells[free]));
        }
    }
}

static enum status find_terms(struct hiding *hiding, struct numbering *numbering)
{
    const struct residues *asked = &numbering->asked;
    size_t *leads = arena_take_array(hiding->arena, numbering->count, sizeof *leads);
    if (leads == NULL)
        return STATUS_NO_MEMORY;
    for (size_t row = 0; row < asked->rows; row++)
        leads[leader_of(asked, row)] = row + 1;
    enum status status = take_part_terms(hiding, leads, numbering);
    if (status == STATUS_OK)
        fill_part_terms(hiding, leads, numbering);
    return status;
}

/* Things have the other sign than strata. */
static enum status give_terms(struct hiding *hiding, const struct numbering *numbering)
{
    for (size_t i = 1; i < hiding->links.count; i++) {
        struct thing *thing = &hiding->links.list[i];
        if (!is_parted(thing))
            continue;
        const struct terms *terms = &numbering->terms[number_of(hiding, numbering, i)];
        if (take_terms(hiding, &thing->terms, terms->count) == NULL)
            return STATUS_NO_MEMORY;
        for (size_t j = 0; j < terms->count; j++)
            add_term(&thing->terms, terms->list[j].sum,
                residue_negative(terms->list[j].factor));
    }
    return STATUS_OK;
}

static enum status give_stratum(
    struct hiding *hiding, const struct numbering *numbering, const struct block *block)
{
    struct terms *to = &hiding->links.list[block->stratum].terms;
    const size_t things[] = {block->centre, block->channel, block->period};
    struct terms all = *to;
    size_t room = to->count;
    for (size_t i = 0; i < 3; i++)
        if (things[i] != 0)
            room += numbering->terms[number_of(hiding, numbering, things[i])].count;
    if (take_terms(hiding, &all, room) == NULL)
        return STATUS_NO_MEMORY;
    memcpy(all.list, to->list, to->count * sizeof *all.list);
    for (size_t i = 0; i < 3; i++) {
        if (things[i] == 0)
            continue;
        const struct terms *from =
            &numbering->terms[number_of(hiding, numbering, things[i])];
        for (size_t j = 0; j < from->count; j++)
            add_term(&all, from->list[j].sum, from->list[j].factor);
    }
    *to = all;
    return STATUS_OK;
}

static enum status add_breakdown_sums(
    struct hiding *hiding, const struct block *blocks, size_t count)
{
    struct numbering numbering = {.count = 0};
    enum status status = number_parts(hiding, &numbering);
    if (status == STATUS_OK)
        status = ask_all(hiding, blocks, count, &numbering);
    if (status == STATUS_OK)
        status = find_terms(hiding, &numbering);
    if (status == STATUS_OK)
        status = give_terms(hiding, &numbering);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        if (i == 0 || blocks[i].stratum != blocks[i - 1].stratum)
            status = give_stratum(hiding, &numbering, &blocks[i]);
    return status;
}

/* ---- figure and items ---- */

static const struct plan_questionnaire *asked_in(
    const struct plan *plan, const struct report_row *stratum)
{
    return programme_questionnaire(plan, stratum->programme);
}

bool report_item_equals(const struct plan_item *a, const struct plan_item *b)
{
    return text_equals(a->id, b->id) && text_equals(a->supports, b->supports);
}

bool report_item_is_sum(const struct plan *plan, const struct report_rows *strata,
    const struct plan_item *item)
{
    bool has_strata = false;
    for (size_t i = 0; i < strata->count; i++) {
        const struct plan_questionnaire *asked = asked_in(plan, &strata->list[i]);
        for (size_t j = 0; j < asked->item_count; j++) {
            if (asked->items[j].kind != ITEM_RATING ||
                !report_item_equals(&asked->items[j], item))
                continue;
            if (j != asked->overall)
                return false;
            has_strata = true;
        }
    }
    return has_strata;
}

/* A stratum is in the sum of the figure, and in that of its item. */
enum { SUMS_OF_WHOLE = 2 };

static enum status add_figure_sum(struct hiding *hiding)
{
    size_t sum = hiding->links.sum_count++;
    for (size_t i = 0; i < hiding->firsts[THING_CENTRE]; i++) {
        struct thing *thing = &hiding->links.list[i];
        if (take_terms(hiding, &thing->terms, SUMS_OF_WHOLE) == NULL)
            return STATUS_NO_MEMORY;
        if (i == 0 || thing->row->counts)
            add_term(&thing->terms, sum, i == 0 ? residue_negative(1) : 1);
    }
    return STATUS_OK;
}

static enum status add_item_sums(struct hiding *hiding)
{
    for (size_t i = hiding->firsts[THING_ITEM]; i < hiding->links.count; i++) {
        struct thing *thing = &hiding->links.list[i];
        if (!report_item_is_sum(
                hiding->input->plan, &hiding->of->strata, thing->row->item))
            continue;
        size_t sum = hiding->links.sum_count++;
        if (take_terms(hiding, &thing->terms, 1) == NULL)
            return STATUS_NO_MEMORY;
        add_term(&thing->terms, sum, residue_negative(1));
        for (size_t j = hiding->firsts[THING_STRATUM]; j < hiding->firsts[THING_CENTRE];
             j++) {
            struct thing *stratum = &hiding->links.list[j];
            const struct plan_questionnaire *asked =
                asked_in(hiding->input->plan, stratum->row);
            if (report_item_equals(&asked->items[asked->overall], thing->row->item))
                add_term(&stratum->terms, sum, 1);
        }
    }
    return STATUS_OK;
}

enum status hiding_find_sums(
    struct hiding *hiding, const struct block *blocks, size_t count)
{
    enum status status = add_figure_sum(hiding);
    if (status == STATUS_OK)
        status = add_item_sums(hiding);
    return status == STATUS_OK ? add_breakdown_sums(hiding, blocks, count) : status;
}
