/* test_csv.c: cells that every program reads and no spreadsheet runs. */
#include "tests/support/test.h"

#include "web/render/csv.h"

#include <math.h>

static struct text row_of(struct arena *arena, struct text first, struct text second)
{
    struct buffer out;
    buffer_init(&out, arena, 1024);
    csv_add_text(&out, true, first);
    csv_add_text(&out, false, second);
    csv_end_row(&out);
    return buffer_text(&out);
}

static void plain_cells_stand_as_they_are(void **state)
{
    assert_text_equal(row_of(*state, TEXT("q1"), TEXT("岳阳")), "q1,岳阳\r\n");
    assert_text_equal(row_of(*state, TEXT(""), TEXT("")), ",\r\n");
}

static void commas_quotes_and_line_ends_are_quoted(void **state)
{
    assert_text_equal(row_of(*state, TEXT("a,b"), TEXT("say \"hi\"\r\nbye")),
        "\"a,b\",\"say \"\"hi\"\"\r\nbye\"\r\n");
}

static void a_cell_that_begins_like_a_formula_is_guarded(void **state)
{
    assert_text_equal(
        row_of(*state, TEXT("=1+2"), TEXT("@SUM(A1)")), "'=1+2,'@SUM(A1)\r\n");
    assert_text_equal(row_of(*state, TEXT("-5"), TEXT("+86")), "'-5,'+86\r\n");
    assert_text_equal(row_of(*state, TEXT("\tx"), TEXT("\rx")), "'\tx,\"'\rx\"\r\n");
    assert_text_equal(row_of(*state, TEXT("=A1,B1"), TEXT("1-2")), "\"'=A1,B1\",1-2\r\n");
}

static struct text number_of(struct arena *arena, double number)
{
    struct buffer out;
    buffer_init(&out, arena, 64);
    csv_add_number(&out, true, number);
    return buffer_text(&out);
}

static void numbers_have_as_few_digits_as_read_back_the_same(void **state)
{
    assert_text_equal(number_of(*state, 0.1), "0.1");
    assert_text_equal(number_of(*state, 141. / 157), "0.8980891719745223");
    assert_text_equal(number_of(*state, 2. / 3), "0.6666666666666666");
    assert_text_equal(number_of(*state, 0.1 + 0.2), "0.30000000000000004");
    assert_text_equal(number_of(*state, -1e-300), "-1e-300");
    assert_text_equal(number_of(*state, 82944), "82944");
}

static void a_number_that_does_not_exist_is_an_empty_cell(void **state)
{
    struct buffer out;
    buffer_init(&out, *state, 64);
    csv_add_number(&out, true, NAN);
    csv_add_number(&out, false, INFINITY);
    csv_add_count(&out, false, -1);
    csv_add_count(&out, false, 0);
    assert_text_equal(buffer_text(&out), ",inf,,0");
}

static int make_arena(void **state)
{
    *state = arena_new(65536);
    return *state == NULL;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(plain_cells_stand_as_they_are),
        cmocka_unit_test(commas_quotes_and_line_ends_are_quoted),
        cmocka_unit_test(a_cell_that_begins_like_a_formula_is_guarded),
        cmocka_unit_test(numbers_have_as_few_digits_as_read_back_the_same),
        cmocka_unit_test(a_number_that_does_not_exist_is_an_empty_cell),
    };
    return cmocka_run_group_tests(cases, make_arena, free_arena);
}
