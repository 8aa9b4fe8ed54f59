/* test_suppress.c: which groups are hidden: the reference tables, and what must hold for
   any list and any table. */
#include "tests/support/random.h"
#include "tests/support/reference.h"
#include "tests/support/test.h"

#include "kiosk/suppress.h"

#include <string.h>

enum { GROUPS_MAX = 12, SIDE_MAX = 6, TRIALS = 3000 };

/* ---- the reference tables ---- */

static size_t rows_of_case(const struct reference *table, size_t first)
{
    size_t end = first;
    struct text name = reference_text(table, first, "case");
    while (
        end < table->row_count && text_equals(reference_text(table, end, "case"), name))
        end++;
    return end - first;
}

static void lists_of_the_reference_hide_what_it_hides(void **state)
{
    struct reference table = reference_read(*state, "suppress");
    size_t cases = 0;
    for (size_t first = 0; first < table.row_count; cases++) {
        int64_t n[GROUPS_MAX];
        bool hidden[GROUPS_MAX] = {false};
        size_t count = rows_of_case(&table, first);
        for (size_t i = 0; i < count; i++)
            n[i] = reference_count(&table, first + i, "n");
        bool is_parent_hidden =
            suppress_groups(n, count, reference_count(&table, first, "k"), hidden);
        for (size_t i = 0; i < count; i++) {
            check_count(&table, first + i, "hidden", hidden[i]);
            check_count(&table, first + i, "parent_hidden", is_parent_hidden);
        }
        first += count;
    }
    assert_int_equal(cases, 9);
}

static void tables_of_the_reference_hide_what_it_hides(void **state)
{
    struct reference table = reference_read(*state, "suppress2");
    size_t cases = 0;
    for (size_t first = 0; first < table.row_count; cases++) {
        int64_t n[SIDE_MAX * SIDE_MAX] = {0};
        bool hidden[SIDE_MAX * SIDE_MAX] = {false};
        bool is_safe = false;
        size_t count = rows_of_case(&table, first);
        struct suppress_table cells = {n,
            (size_t)reference_count(&table, first + count - 1, "row"),
            (size_t)reference_count(&table, first + count - 1, "col"),
            reference_count(&table, first, "k"), NULL};
        for (size_t i = first; i < first + count; i++)
            n[(size_t)(reference_count(&table, i, "row") - 1) * cells.columns +
                (size_t)reference_count(&table, i, "col") - 1] =
                reference_count(&table, i, "n");
        assert_int_equal(suppress_cells(*state, &cells, hidden, &is_safe), STATUS_OK);
        assert_true(is_safe);
        for (size_t i = first; i < first + count; i++)
            check_count(&table, i, "hidden",
                hidden[(size_t)(reference_count(&table, i, "row") - 1) * cells.columns +
                       (size_t)reference_count(&table, i, "col") - 1]);
        first += count;
    }
    assert_int_equal(cases, 2);
}

/* ---- any list ---- */

struct list {
    int64_t n[GROUPS_MAX];
    bool hidden[GROUPS_MAX];
    size_t count;
    int64_t k;
    bool is_parent_hidden;
};

static struct list any_list(struct random *random)
{
    struct list list = {.k = random_between(random, SUPPRESS_K_MIN, 20)};
    list.count = (size_t)random_between(random, 1, GROUPS_MAX);
    int64_t most = random_between(random, 0, 1) == 0 ? 12 : 80;
    for (size_t i = 0; i < list.count; i++)
        list.n[i] =
            random_between(random, 0, 3) == 0 ? 0 : random_between(random, 0, most);
    list.is_parent_hidden = suppress_groups(list.n, list.count, list.k, list.hidden);
    return list;
}

static void every_small_group_is_hidden_and_no_empty_one(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int trial = 0; trial < TRIALS; trial++) {
        struct list list = any_list(&random);
        int64_t sum = 0;
        for (size_t i = 0; i < list.count; i++) {
            if (group_is_small(list.n[i], list.k))
                assert_true(list.hidden[i]);
            if (list.n[i] == 0)
                assert_false(list.hidden[i]);
            sum += list.n[i];
        }
        assert_int_equal(list.is_parent_hidden, sum > 0 && sum < list.k);
    }
}

static void the_hidden_are_several_and_many_or_nobody_is_left_to_hide(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int trial = 0; trial < TRIALS; trial++) {
        struct list list = any_list(&random);
        int64_t sum = 0, shown = 0;
        size_t hidden = 0;
        for (size_t i = 0; i < list.count; i++) {
            hidden += list.hidden[i];
            sum += list.hidden[i] ? list.n[i] : 0;
            shown += list.hidden[i] ? 0 : list.n[i];
        }
        assert_true(hidden == 0 || (hidden >= 2 && sum >= list.k) || shown == 0);
    }
}

static void where_every_group_is_large_nothing_is_hidden(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int trial = 0; trial < TRIALS; trial++) {
        struct list list = any_list(&random);
        for (size_t i = 0; i < list.count; i++)
            list.n[i] += list.k;
        memset(list.hidden, 0, sizeof list.hidden);
        assert_false(suppress_groups(list.n, list.count, list.k, list.hidden));
        for (size_t i = 0; i < list.count; i++)
            assert_false(list.hidden[i]);
    }
}

static void a_group_of_k_is_shown_and_one_less_is_hidden(void **state)
{
    (void)state;
    const int64_t n[] = {10, 9, 50, 30};
    bool hidden[4] = {false};
    assert_false(suppress_groups(n, 4, 10, hidden));
    assert_true(hidden[0]); /* the smallest other one, as cover */
    assert_true(hidden[1]);
    const int64_t enough[] = {10, 10, 50, 30};
    bool shown[4] = {false};
    assert_false(suppress_groups(enough, 4, 10, shown));
    assert_false(shown[0] || shown[1] || shown[2] || shown[3]);
}

static void what_was_hidden_before_stays_hidden_and_is_covered(void **state)
{
    (void)state;
    const int64_t n[] = {40, 20, 50};
    bool hidden[3] = {true, false, false};
    assert_false(suppress_groups(n, 3, 10, hidden));
    assert_true(hidden[0] && hidden[1]);
    assert_false(hidden[2]);
}

/* ---- any table ---- */

/* Two blocks with two hidden cells a line, joined by one more: it alone has no way back.
 */
static void a_cell_between_two_parts_is_given_a_second_way(void **state)
{
    const int64_t n[] = {
        3, 4, 50, 60, /**/ 4, 5, 3, 50, /**/ 50, 60, 4, 4, /**/ 70, 50, 5, 6};
    bool hidden[16] = {false};
    bool is_safe = false;
    enum suppress_reason reasons[16] = {SUPPRESS_SHOWN};
    struct suppress_table table = {n, 4, 4, 6, reasons};
    assert_int_equal(suppress_cells(*state, &table, hidden, &is_safe), STATUS_OK);
    assert_true(is_safe);
    size_t count = 0, ways = 0;
    for (size_t i = 0; i < 16; i++) {
        count += hidden[i];
        ways += reasons[i] == SUPPRESS_WAY;
        assert_int_equal(reasons[i] != SUPPRESS_SHOWN, hidden[i]);
        assert_int_equal(reasons[i] == SUPPRESS_SMALL, group_is_small(n[i], 6));
    }
    assert_int_equal(ways, 1);
    assert_true(hidden[6]);
    assert_int_equal(count, 10); /* nine small ones and a cover across the parts */
}

static void a_cell_that_covers_a_line_says_so(void **state)
{
    const int64_t n[] = {3, 20, 30, /**/ 15, 40, 50, /**/ 60, 70, 80};
    bool hidden[9] = {[8] = true};
    bool is_safe = false;
    enum suppress_reason reasons[9] = {SUPPRESS_SHOWN};
    struct suppress_table table = {n, 3, 3, 10, reasons};
    assert_int_equal(suppress_cells(*state, &table, hidden, &is_safe), STATUS_OK);
    assert_int_equal(reasons[0], SUPPRESS_SMALL);
    assert_int_equal(reasons[1], SUPPRESS_LINE);
    assert_int_equal(reasons[3], SUPPRESS_LINE);
    assert_int_equal(reasons[8], SUPPRESS_BEFORE);
}

static void sums_that_give_a_cell_away_whatever_is_hidden_are_said(void **state)
{
    const int64_t n[] = {3, 20, /**/ 15, 0};
    bool hidden[4] = {false};
    bool is_safe = true;
    struct suppress_table table = {n, 2, 2, 10, NULL};
    assert_int_equal(suppress_cells(*state, &table, hidden, &is_safe), STATUS_OK);
    assert_false(is_safe);
    assert_true(hidden[0] && hidden[1] && hidden[2]);
}

static void a_table_at_the_limit_is_taken_and_one_cell_more_is_not(void **state)
{
    struct arena *arena = *state;
    int64_t *n = arena_take_array(arena, SUPPRESS_CELLS_MAX + 1, sizeof *n);
    bool *hidden = arena_take_array(arena, SUPPRESS_CELLS_MAX + 1, sizeof *hidden);
    bool is_safe = false;
    assert_non_null(hidden);
    n[0] = 3;
    struct suppress_table table = {n, 1, SUPPRESS_CELLS_MAX, 10, NULL};
    assert_int_equal(suppress_cells(arena, &table, hidden, &is_safe), STATUS_OK);
    table.columns++;
    assert_int_equal(suppress_cells(arena, &table, hidden, &is_safe), STATUS_TOO_LARGE);
    table.columns = 2;
    n[1] = -1;
    assert_int_equal(suppress_cells(arena, &table, hidden, &is_safe), STATUS_INVALID);
}

static int make_arena(void **state)
{
    *state = arena_new(4 << 20);
    return *state == NULL;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

#define in_arena(f) cmocka_unit_test_setup_teardown(f, make_arena, free_arena)

int main(void)
{
    const struct CMUnitTest cases[] = {
        in_arena(lists_of_the_reference_hide_what_it_hides),
        in_arena(tables_of_the_reference_hide_what_it_hides),
        cmocka_unit_test(every_small_group_is_hidden_and_no_empty_one),
        cmocka_unit_test(the_hidden_are_several_and_many_or_nobody_is_left_to_hide),
        cmocka_unit_test(where_every_group_is_large_nothing_is_hidden),
        cmocka_unit_test(a_group_of_k_is_shown_and_one_less_is_hidden),
        in_arena(a_cell_that_covers_a_line_says_so),
        cmocka_unit_test(what_was_hidden_before_stays_hidden_and_is_covered),
        in_arena(a_cell_between_two_parts_is_given_a_second_way),
        in_arena(sums_that_give_a_cell_away_whatever_is_hidden_are_said),
        in_arena(a_table_at_the_limit_is_taken_and_one_cell_more_is_not),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
