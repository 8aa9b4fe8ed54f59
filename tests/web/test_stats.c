/* test_stats.c: `manyi stats` as an auditor runs it: the reference tables go in, and what
   comes out must be what they expect; a mistake is named with its line and nothing else
   is printed. */
#include "tests/support/reference.h"
#include "tests/support/test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { COMMAND_BYTES = 1024, SAID_BYTES = 3072 };

#define REFERENCE SOURCE_DIR "/tests/reference/"

static FILE *start(const char *arguments)
{
    char line[COMMAND_BYTES + sizeof MANYI + 20];
    (void)snprintf(line, sizeof line, "LC_ALL=C %s stats %s", MANYI, arguments);
    FILE *pipe = popen(line, "r");
    assert_non_null(pipe);
    return pipe;
}

/* What the command says, on both of its streams; its exit status in *status. */
static struct text said(char room[SAID_BYTES], const char *arguments, int *status)
{
    FILE *pipe = start(arguments);
    size_t len = fread(room, 1, SAID_BYTES, pipe);
    int ended = pclose(pipe);
    assert_true(WIFEXITED(ended));
    *status = WEXITSTATUS(ended);
    return (struct text){room, len};
}

static bool holds(struct text text, const char *words)
{
    size_t len = strlen(words);
    for (size_t i = 0; i + len <= text.len; i++)
        if (memcmp(text.ptr + i, words, len) == 0)
            return true;
    return false;
}

/* ---- the reference tables ---- */

static bool is_number(struct text text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (memchr("0123456789.e-", text.ptr[i], 13) == NULL)
            return text_equals(text, TEXT("inf"));
        digits += text.ptr[i] >= '0' && text.ptr[i] <= '9';
    }
    return digits > 0;
}

static void check_row(const struct reference *expected, size_t row,
    const struct reference *found, size_t found_row)
{
    for (size_t i = 0; i < found->column_count; i++) {
        char column[64];
        (void)snprintf(column, sizeof column, "%.*s", TEXT_ARG(found->columns[i]));
        struct text wanted = reference_text(expected, row, column);
        struct text actual = reference_text(found, found_row, column);
        if (strcmp(column, "flags") == 0)
            check_set(expected, row, column, actual);
        else if (is_number(wanted) && is_number(actual))
            check_number(
                expected, row, column, reference_number(found, found_row, column));
        else
            check_word(expected, row, column, actual);
    }
}

static struct reference computed(struct arena *arena, const char *arguments)
{
    FILE *pipe = start(arguments);
    struct reference found = reference_read_file(arena, pipe, arguments);
    assert_int_equal(pclose(pipe), 0);
    return found;
}

static void check_table(struct arena *arena, const char *name)
{
    char arguments[COMMAND_BYTES];
    (void)snprintf(arguments, sizeof arguments, "%s " REFERENCE "%s.csv", name, name);
    struct reference expected = reference_read(arena, name);
    struct reference found = computed(arena, arguments);
    assert_int_equal(found.row_count, expected.row_count);
    for (size_t row = 0; row < found.row_count; row++)
        check_row(&expected, row, &found, row);
}

static void the_rates_of_the_reference_table_come_out(void **state)
{
    check_table(*state, "rate");
}

static void the_means_of_the_reference_table_come_out(void **state)
{
    check_table(*state, "mean");
}

static void the_points_of_the_reference_table_come_out(void **state)
{
    check_table(*state, "score");
}

static void the_small_groups_of_the_reference_tables_come_out(void **state)
{
    check_table(*state, "suppress");
    check_table(*state, "suppress2");
}

/* A table whose input is another file than what is expected. */
static void check_parted(struct arena *arena, const char *name)
{
    char arguments[COMMAND_BYTES], expected_name[64];
    (void)snprintf(
        arguments, sizeof arguments, "%s " REFERENCE "%s_input.csv", name, name);
    (void)snprintf(expected_name, sizeof expected_name, "%s_expected", name);
    struct reference expected = reference_read(arena, expected_name);
    struct reference found = computed(arena, arguments);
    assert_int_equal(found.row_count, expected.row_count);
    assert_int_equal(found.column_count, expected.column_count);
    for (size_t row = 0; row < found.row_count; row++)
        check_row(&expected, row, &found, row);
}

static void the_samples_and_responses_of_the_reference_tables_come_out(void **state)
{
    check_table(*state, "sample_size");
    check_table(*state, "response");
}

static void the_changes_trends_and_charts_of_the_reference_tables_come_out(void **state)
{
    check_table(*state, "change");
    check_parted(*state, "trend");
    check_parted(*state, "pchart");
}

/* The input has no measure and no target: the cases that were made with these. */
static size_t check_strata(
    struct arena *arena, const char *options, const char *top, int64_t target_bp)
{
    char arguments[COMMAND_BYTES];
    (void)snprintf(
        arguments, sizeof arguments, "strata " REFERENCE "strata_input.csv%s", options);
    struct reference expected = reference_read(arena, "strata_expected");
    struct reference found = computed(arena, arguments);
    size_t checked = 0;
    assert_int_equal(found.row_count, expected.row_count);
    assert_int_equal(found.column_count, expected.column_count);
    for (size_t row = 0; row < found.row_count; row++)
        if (text_equals(reference_text(&expected, row, "top"), text_of(top)) &&
            reference_count(&expected, row, "target_bp") == target_bp) {
            check_row(&expected, row, &found, row);
            checked++;
        }
    return checked;
}

static void the_strata_of_the_reference_table_come_out(void **state)
{
    size_t checked = check_strata(*state, "", "top2", 9000);
    checked += check_strata(*state, " --target-bp 8500", "top2", 8500);
    checked += check_strata(*state, " --measure=top3", "top3", 9000);
    assert_int_equal(checked, 12);
}

/* ---- files of one's own ---- */

static struct text said_of(char room[SAID_BYTES], const char *table, const char *content,
    const char *options, int *status)
{
    char path[] = "/tmp/manyi-stats-XXXXXX";
    char arguments[COMMAND_BYTES];
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, content, strlen(content)), strlen(content));
    assert_int_equal(close(file), 0);
    (void)snprintf(arguments, sizeof arguments, "%s %s %s 2>&1", table, path, options);
    struct text text = said(room, arguments, status);
    assert_int_equal(unlink(path), 0);
    return text;
}

static void columns_are_found_by_name_and_others_ignored(void **state)
{
    char room[SAID_BYTES];
    int status;
    (void)state;
    struct text text = said_of(room, "score",
        "\xEF\xBB\xBFnote,target_bp , actual_bp,id\r\n\"a, b\",9000,8550,x1\r\n,,,\r\n",
        "", &status);
    assert_int_equal(status, 0);
    assert_text_equal(text, "id,completion_bp,score_cp,score\r\nx1,9500,950,9.50\r\n");
}

static void what_the_file_lacks_comes_from_options(void **state)
{
    char room[SAID_BYTES];
    int status;
    (void)state;
    const char *file = "x,n,N,target_bp\n186,200,289,\n186,200,289,9500\n";
    struct text text = said_of(room, "rate", file, "--target-bp 8000", &status);
    assert_int_equal(status, 0);
    assert_true(holds(text, "\r\n2,0.93,"));
    assert_true(holds(text, ",232,"));
    assert_true(holds(text, ",275,"));
    assert_true(holds(text, ",9300,9065,9481,"));
    text = said_of(room, "rate", file, "--confidence 99%", &status);
    assert_true(holds(text, ",9300,8961,9481,"));
    assert_true(holds(text, ",261,"));
}

static void numbers_as_statistics_programs_write_them_are_read(void **state)
{
    char room[SAID_BYTES];
    int status;
    (void)state;
    struct text text =
        said_of(room, "rate", "x,n,N,conf\n930,1e+03,1e+06,0.950\n", "", &status);
    assert_int_equal(status, 0);
    assert_true(holds(text, "912393,945021"));
}

static void rows_of_a_case_need_not_stand_together(void **state)
{
    char room[SAID_BYTES], other[SAID_BYTES];
    int status;
    (void)state;
    struct text apart = said_of(room, "strata",
        "case,stratum,N,c5,c4,c3,c2,c1\nA,1,100,40,5,3,1,1\nB,1,90,30,0,1,0,0\n"
        "A,2,200,60,5,3,1,1\n",
        "", &status);
    assert_int_equal(status, 0);
    struct text together = said_of(other, "strata",
        "case,stratum,N,c5,c4,c3,c2,c1\nA,1,100,40,5,3,1,1\nA,2,200,60,5,3,1,1\n"
        "B,1,90,30,0,1,0,0\n",
        "", &status);
    assert_true(text_equals(apart, together));
}

static void every_bad_row_is_named_and_nothing_is_printed(void **state)
{
    char room[SAID_BYTES];
    int status;
    (void)state;
    struct text text = said_of(room, "rate",
        "id,x,n,N,target_bp\ngood,9,10,20,9000\na,11,10,20,9000\nb,-1,10,20,9000\n"
        "c,five,10,20,9000\nd,5,10,20,0\ne,5,10,20,10001\nf,,10,20,9000\n"
        "g,5,10\nh,1.5,10,20,9000\n",
        "", &status);
    assert_int_equal(status, 1);
    static const char *const places[] = {
        ":3: ", ":4: ", ":5: ", ":6: ", ":7: ", ":8: ", ":9: ", ":10: "};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        assert_true(holds(text, places[i]));
    assert_false(holds(text, ":2: "));
    assert_true(holds(text, "x is 11, more than the 10 answers of n."));
    assert_true(
        holds(text, "target_bp is \"10001\"; write a whole number from 1 to 10000."));
    assert_true(holds(text, "x is \"five\""));
    assert_true(holds(text, "x is empty."));
    assert_true(holds(text, "This row has 3 cells, the header has 5."));
    assert_false(holds(text, "p_met"));
}

static void levels_outside_one_to_five_have_no_column_and_text_is_no_count(void **state)
{
    char room[SAID_BYTES];
    int status;
    (void)state;
    struct text text =
        said_of(room, "mean", "c5,c4,c3,c2,c1,N\n9,\xE5\xA4\x9A,0,0,0,20\n", "", &status);
    assert_int_equal(status, 1);
    assert_true(holds(text, ":2: c4 is \"\xE5\xA4\x9A\""));
}

static void a_missing_or_doubled_column_is_named(void **state)
{
    char room[SAID_BYTES];
    int status;
    (void)state;
    struct text text = said_of(room, "rate", "x,N\n9,20\n", "", &status);
    assert_int_equal(status, 1);
    assert_true(holds(text, ":1: The column n is missing. These are read: id x n N"));
    text = said_of(room, "rate", "x,n,x\n9,20,9\n", "", &status);
    assert_int_equal(status, 1);
    assert_true(holds(text, "There are two columns x."));
    text = said_of(room, "rate", "", "", &status);
    assert_int_equal(status, 1);
    assert_true(holds(text, "This file is empty."));
}

static void settings_that_differ_within_a_case_are_refused(void **state)
{
    char room[SAID_BYTES];
    int status;
    (void)state;
    struct text other =
        said_of(room, "suppress", "case,k,n\nA,10,4\nA,,30\nA,12,30\n", "", &status);
    assert_int_equal(status, 1);
    assert_true(holds(other, ":4: k differs within the case \"A\"."));
    struct text text = said_of(room, "strata",
        "case,stratum,N,c5,c4,c3,c2,c1,target_bp\nA,1,100,40,5,3,1,1,9000\n"
        "A,2,200,60,5,3,1,1,8500\n",
        "", &status);
    assert_int_equal(status, 1);
    assert_true(holds(text, ":3: Measure, confidence and target differ"));
}

static void counts_that_do_not_fit_together_are_named(void **state)
{
    static const struct {
        const char *table, *content, *words;
    } bad[] = {
        {"trend", "case,x,n\nA,3,4\nA,5,4\n", ":3: x is 5, more than the 4 answers"},
        {"pchart", "case,week,x,n\nA,1,3,2\n", ":2: x is 3, more than the 2 answers"},
        {"change", "x1,n1,x2,n2\n1,2,4,3\n", ":2: x is 4, more than the 3 answers"},
        {"pchart", "case,week,x,n,baseline_weeks\nA,1,1,2,7\n",
            ":2: baseline_weeks is \"7\"; write a whole number from 8"},
        {"sample_size", "N,margin\n100,0\n", ":2: margin, p and expected_rr are shares"},
        {"response", "I,P,R,NC,O,U,NE,valid\n5,1,0,0,0,0,0,7\n",
            ":2: valid is 7, more than the 6 filled"},
        {"suppress2", "row,col,n\na,b,4\na,b,5\n",
            ":3: The cell a, b stands here twice."},
    };
    char room[SAID_BYTES];
    int status;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct text text = said_of(room, bad[i].table, bad[i].content, "", &status);
        assert_int_equal(status, 1);
        assert_true(holds(text, bad[i].words));
    }
}

static void sums_that_give_hidden_cells_away_are_warned_of(void **state)
{
    char room[SAID_BYTES];
    int status;
    (void)state;
    struct text text = said_of(
        room, "suppress2", "case,row,col,n\nA,1,1,3\nA,1,2,20\nA,2,1,15\n", "", &status);
    assert_int_equal(status, 0);
    assert_true(holds(text, "Case \"A\": hidden cells can be computed from the sums"));
    assert_true(holds(text, "A,10,1,1,3,1"));
}

/* ---- steps ---- */

static void the_steps_of_a_rate_are_printed_with_their_numbers(void **state)
{
    char room[SAID_BYTES];
    int status;
    (void)state;
    struct text text = said_of(
        room, "rate", "id,x,n,N,target_bp\nq1,141,150,157,9000\n", "--explain", &status);
    assert_int_equal(status, 0);
    assert_true(holds(text, "q1: x = 141 satisfied of n = 150 answers, N = 157"));
    assert_true(holds(text, "Rate p = x/n = 0.94."));
    assert_true(holds(text, "K_lo = 146 is the smallest K with P(X"));
    assert_true(holds(text, "K_hi = 148 is the largest K with P(X"));
    assert_true(holds(text, "K_req = T\xC2\xB7N, rounded up = 142."));
    assert_true(holds(text, "10000\xC2\xB7x = 1410000, T\xC2\xB7n = 1350000"));
    assert_true(holds(text, "Verdict: met."));
    assert_false(holds(text, "p_met,p_missed"));
}

static void every_row_that_can_be_computed_can_be_explained(void **state)
{
    static const char *const tables[] = {
        "rate", "mean", "sample_size", "response", "change", "score"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char arguments[COMMAND_BYTES], line[COMMAND_BYTES];
        arena_reset(*state);
        struct reference expected = reference_read(*state, tables[i]);
        size_t blocks = 0;
        (void)snprintf(arguments, sizeof arguments, "%s " REFERENCE "%s.csv --explain",
            tables[i], tables[i]);
        FILE *pipe = start(arguments);
        while (fgets(line, sizeof line, pipe) != NULL) {
            blocks += line[0] == '\n';
            assert_null(strstr(line, "nan"));
        }
        assert_int_equal(pclose(pipe), 0);
        assert_int_equal(blocks, expected.row_count);
    }
}

/* A block a case; the last number of each that the table prints stands in its steps. */
static void every_case_can_be_explained(void **state)
{
    static const struct {
        const char *table;
        const char *file;
        const char *expected; /* a table with a row a case; NULL: it has more */
        const char *says;
    } tables[] = {{"strata", "strata_input", "strata_expected", "Wilson(p, n_eff) = ["},
        {"trend", "trend_input", "trend_expected", "Cochran"},
        {"pchart", "pchart_input", NULL, "P(X ≤ x) ="},
        {"suppress", "suppress", NULL, "hidden as a cover"},
        {"suppress2", "suppress2", NULL, "can be moved"}};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char arguments[COMMAND_BYTES], line[COMMAND_BYTES];
        size_t blocks = 0, said_lines = 0;
        arena_reset(*state);
        (void)snprintf(arguments, sizeof arguments, "%s " REFERENCE "%s.csv --explain",
            tables[i].table, tables[i].file);
        FILE *pipe = start(arguments);
        while (fgets(line, sizeof line, pipe) != NULL) {
            blocks += line[0] == '\n';
            said_lines += strstr(line, tables[i].says) != NULL;
            assert_null(strstr(line, "nan"));
        }
        assert_int_equal(pclose(pipe), 0);
        assert_true(blocks > 0 && said_lines > 0);
        if (tables[i].expected != NULL)
            assert_int_equal(
                blocks, reference_read(*state, tables[i].expected).row_count);
    }
}

static void the_steps_of_a_mean_can_be_followed(void **state)
{
    char room[SAID_BYTES];
    int status;
    (void)state;
    struct text text = said_of(
        room, "mean", "id,c5,c4,c3,c2,c1,N\nq1,6,2,0,1,1,100\n", "--explain", &status);
    assert_int_equal(status, 0);
    assert_true(holds(text, "n = Σ c = 10; score m = Σ w·c/n = 79."));
    assert_true(holds(text, "t of 9 degrees of freedom = 2.26215716"));
    assert_true(holds(text, "1 − f = 0.9"));
}

static void the_steps_of_a_table_can_be_followed(void **state)
{
    char room[SAID_BYTES];
    int status;
    (void)state;
    struct text text = said_of(room, "suppress2",
        "case,row,col,n\nA,north,x,3\nA,north,y,20\nA,north,z,90\nA,south,x,15\n"
        "A,south,y,40\nA,south,z,50\n",
        "--explain", &status);
    assert_int_equal(status, 0);
    assert_true(holds(text, "A: 2 rows and 3 columns, whose sums are shown; k = 10."));
    assert_true(holds(text, "north, x: n = 3, fewer than k: hidden."));
    assert_true(holds(text, "north, y: n = 20, hidden as a cover"));
    assert_true(holds(text, "north, z: n = 90, shown."));
    assert_true(holds(text, "Row north: 2 cells are hidden, together 23 answers."));
    assert_true(holds(text, "Column x: 2 cells are hidden, together 18 answers."));
    assert_true(holds(text, "north, x: one answer can be moved round this way"));
    assert_true(holds(text, "    north/x +, north/y −, south/y +, south/x −\n"));
    assert_false(holds(text, "case,k,row"));
}

static void a_cell_that_follows_from_the_sums_is_named(void **state)
{
    char room[SAID_BYTES];
    int status;
    (void)state;
    struct text text = said_of(room, "suppress2",
        "case,row,col,n\nA,1,1,3\nA,1,2,20\nA,2,1,15\n", "--explain", &status);
    assert_int_equal(status, 0);
    assert_true(holds(text, "1, 1: follows from the sums, whatever is hidden."));
    assert_true(holds(text, "hidden cells can be computed from the sums"));
}

/* ---- wrong usage ---- */

static void a_table_that_does_not_exist_is_wrong_usage_and_the_others_are_named(
    void **state)
{
    char room[SAID_BYTES];
    int status;
    (void)state;
    struct text text = said(room, "bogus nothing.csv 2>&1", &status);
    assert_int_equal(status, 2);
    assert_true(holds(text,
        "There is no table \"bogus\". These can be computed: rate mean strata "
        "sample_size change trend pchart suppress suppress2 score response."));
}

static void options_out_of_their_range_are_wrong_usage(void **state)
{
    static const char *const bad[] = {"--target-bp 0", "--target-bp 10001",
        "--target-bp 90%", "--confidence 0.8", "--confidence 1", "--measure score",
        "--measure ''"};
    char room[SAID_BYTES];
    char arguments[COMMAND_BYTES];
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int status;
        (void)snprintf(
            arguments, sizeof arguments, "rate " REFERENCE "rate.csv %s 2>&1", bad[i]);
        struct text text = said(room, arguments, &status);
        assert_int_equal(status, 2);
        assert_false(holds(text, "p_met"));
    }
}

static void both_operands_are_needed_and_no_third_taken(void **state)
{
    char room[SAID_BYTES];
    int status;
    (void)state;
    struct text text = said(room, "2>&1", &status);
    assert_int_equal(status, 2);
    assert_true(holds(text, "TABLE is missing."));
    text = said(room, "rate 2>&1", &status);
    assert_int_equal(status, 2);
    assert_true(holds(text, "FILE is missing."));
    text = said(room, "rate " REFERENCE "rate.csv more 2>&1", &status);
    assert_int_equal(status, 2);
    assert_true(holds(text, "\"more\" is one word too many."));
    text = said(room, "rate /nowhere/at/all.csv 2>&1", &status);
    assert_int_equal(status, 1);
    assert_true(holds(text, "/nowhere/at/all.csv"));
}

static int make_arena(void **state)
{
    *state = arena_new(33554432);
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
        cmocka_unit_test(the_rates_of_the_reference_table_come_out),
        cmocka_unit_test(the_means_of_the_reference_table_come_out),
        cmocka_unit_test(the_points_of_the_reference_table_come_out),
        cmocka_unit_test(the_small_groups_of_the_reference_tables_come_out),
        cmocka_unit_test(the_samples_and_responses_of_the_reference_tables_come_out),
        cmocka_unit_test(the_changes_trends_and_charts_of_the_reference_tables_come_out),
        cmocka_unit_test(the_strata_of_the_reference_table_come_out),
        cmocka_unit_test(columns_are_found_by_name_and_others_ignored),
        cmocka_unit_test(what_the_file_lacks_comes_from_options),
        cmocka_unit_test(numbers_as_statistics_programs_write_them_are_read),
        cmocka_unit_test(rows_of_a_case_need_not_stand_together),
        cmocka_unit_test(every_bad_row_is_named_and_nothing_is_printed),
        cmocka_unit_test(levels_outside_one_to_five_have_no_column_and_text_is_no_count),
        cmocka_unit_test(a_missing_or_doubled_column_is_named),
        cmocka_unit_test(settings_that_differ_within_a_case_are_refused),
        cmocka_unit_test(counts_that_do_not_fit_together_are_named),
        cmocka_unit_test(sums_that_give_hidden_cells_away_are_warned_of),
        cmocka_unit_test(the_steps_of_a_rate_are_printed_with_their_numbers),
        cmocka_unit_test(every_row_that_can_be_computed_can_be_explained),
        cmocka_unit_test(every_case_can_be_explained),
        cmocka_unit_test(the_steps_of_a_mean_can_be_followed),
        cmocka_unit_test(the_steps_of_a_table_can_be_followed),
        cmocka_unit_test(a_cell_that_follows_from_the_sums_is_named),
        cmocka_unit_test(
            a_table_that_does_not_exist_is_wrong_usage_and_the_others_are_named),
        cmocka_unit_test(options_out_of_their_range_are_wrong_usage),
        cmocka_unit_test(both_operands_are_needed_and_no_third_taken),
    };
    return cmocka_run_group_tests(cases, make_arena, free_arena);
}
