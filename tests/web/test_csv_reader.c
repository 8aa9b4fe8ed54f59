/* test_csv_reader.c: tables as spreadsheet programs and people write them, whole and
   damaged. */
#include "tests/support/test.h"

#include "kiosk/limits.h"
#include "web/csv_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct table {
    struct arena *arena;
    struct problems problems;
    struct csv_reader *reader; /* NULL until read_table took the file */
    struct csv_row row;
};

static int make_table(void **state)
{
    struct table *table = calloc(1, sizeof *table);
    *state = table;
    if (table == NULL)
        return 1;
    table->arena = arena_new(1 << 20);
    problems_init(&table->problems, table->arena);
    return 0;
}

static int free_table(void **state)
{
    struct table *table = *state;
    csv_close(table->reader);
    arena_free(table->arena);
    free(table);
    return 0;
}

static enum status read_bytes(struct table *table, const char *bytes, size_t size)
{
    char *copy = malloc(size == 0 ? 1 : size);
    assert_non_null(copy);
    memcpy(copy, bytes, size);
    csv_close(table->reader);
    table->reader = NULL;
    problems_init(&table->problems, table->arena);
    return csv_adopt(copy, size, &table->problems, &table->reader);
}

static enum status next(struct table *table)
{
    return csv_next(table->reader, &table->problems, &table->row);
}

/* The rows that follow, as "line:cell|cell", a line each; "line!" for one that can't be
   read. */
static struct text rest_of(struct table *table)
{
    struct buffer rows;
    enum status rc;
    size_t seen = table->problems.count;
    buffer_init(&rows, table->arena, 100000);
    while ((rc = next(table)) != STATUS_NOT_FOUND) {
        if (rc == STATUS_OK)
            buffer_add_format(&rows, "%u:", table->row.line);
        else
            buffer_add_format(&rows, "%u!", table->problems.list[seen++].line);
        for (size_t i = 0; rc == STATUS_OK && i < table->row.cell_count; i++)
            buffer_add_format(
                &rows, "%s%.*s", i == 0 ? "" : "|", TEXT_ARG(table->row.cells[i]));
        buffer_add_char(&rows, '\n');
    }
    return buffer_text(&rows);
}

static struct text rows_of(struct table *table, const char *file)
{
    assert_int_equal(read_bytes(table, file, strlen(file)), STATUS_OK);
    return rest_of(table);
}

static void assert_problem(const struct table *table, unsigned line, const char *words)
{
    assert_int_equal(table->problems.count, 1);
    assert_int_equal(table->problems.list[0].line, line);
    if (strstr(table->problems.list[0].message, words) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", table->problems.list[0].message, words);
}

/* ---- rows and cells ---- */

static void rows_come_one_after_the_other_with_their_lines(void **state)
{
    assert_text_equal(rows_of(*state, "a,b\n1,2\n3,4"), "1:a|b\n2:1|2\n3:3|4\n");
}

static void each_of_the_three_line_ends_ends_a_row(void **state)
{
    assert_text_equal(rows_of(*state, "a\r\nb\nc\rd\r\n"), "1:a\n2:b\n3:c\n4:d\n");
}

static void blank_lines_are_skipped_and_counted(void **state)
{
    assert_text_equal(rows_of(*state, "\n\r\na,b\n \t\n\n1,2\n\n"), "3:a|b\n6:1|2\n");
}

static void quoted_cells_keep_commas_quotes_blanks_and_line_ends(void **state)
{
    assert_text_equal(rows_of(*state, "\"a,b\",\" c \",\"say \"\"hi\"\"\",\"\"\n"
                                      "\"one\r\n\ntwo\",x\nlast,y\n"),
        "1:a,b| c |say \"hi\"|\n2:one\r\n\ntwo|x\n5:last|y\n");
}

static void unquoted_cells_lose_the_blanks_at_their_ends(void **state)
{
    assert_text_equal(rows_of(*state, " a b ,\tc,,\n"), "1:a b|c||\n");
}

static void an_empty_file_has_no_rows(void **state)
{
    assert_text_equal(rows_of(*state, ""), "");
    assert_text_equal(rows_of(*state, "\n\n"), "");
}

static void a_table_is_read_again_from_its_start(void **state)
{
    struct table *table = *state;
    (void)rows_of(table, "a\n\"b\nc\"\n");
    csv_rewind(table->reader);
    assert_text_equal(rest_of(table), "1:a\n2:b\nc\n");
}

static void rewinding_inside_a_file_forgets_the_row_that_was_open(void **state)
{
    struct table *table = *state;
    (void)rows_of(table, "a\n\"b\n");
    csv_rewind(table->reader);
    assert_int_equal(next(table), STATUS_OK);
    assert_text_equal(table->row.cells[0], "a");
}

static void a_row_that_was_read_before_is_found_again(void **state)
{
    struct table *table = *state;
    (void)rows_of(table, "a\n\n\"b\nb\"\nc\n");
    csv_rewind(table->reader);
    assert_int_equal(next(table), STATUS_OK);
    assert_int_equal(next(table), STATUS_OK);
    struct csv_row row = table->row;
    assert_text_equal(rest_of(table), "5:c\n");
    csv_seek(table->reader, row.offset, row.line);
    assert_text_equal(rest_of(table), "3:b\nb\n5:c\n");
}

static void columns_are_found_by_their_trimmed_names(void **state)
{
    struct table *table = *state;
    const char file[] = "id,\" rate \",n\n";
    assert_int_equal(read_bytes(table, file, strlen(file)), STATUS_OK);
    assert_int_equal(next(table), STATUS_OK);
    assert_int_equal(csv_find(&table->row, TEXT("id")), 0);
    assert_int_equal(csv_find(&table->row, TEXT("rate")), 1);
    assert_int_equal(csv_find(&table->row, TEXT("n")), 2);
    assert_true(csv_find(&table->row, TEXT("N")) == CSV_NONE);
}

/* ---- encodings ---- */

static void a_byte_order_mark_is_no_part_of_the_first_cell(void **state)
{
    struct table *table = *state;
    assert_text_equal(rows_of(table, "\xEF\xBB\xBF"
                                     "a,评价\n"),
        "1:a|评价\n");
    assert_text_equal(csv_content(table->reader), "a,评价\n");
}

static void gb18030_is_read_as_the_same_words(void **state)
{
    struct table *table = *state;
    /* 评价,好 and U+20000, which takes four bytes. */
    assert_text_equal(rows_of(table, "\xC6\xC0\xBC\xDB,\xBA\xC3\n\x95\x32\x82\x36,1\n"),
        "1:评价|好\n2:𠀀|1\n");
    assert_text_equal(csv_content(table->reader), "评价,好\n𠀀,1\n");
}

/* 很好，谢谢: half of its pairs of bytes are UTF-8 by accident. */
static void gb18030_that_looks_like_utf8_here_and_there_is_still_read(void **state)
{
    assert_text_equal(
        rows_of(*state, "\xBA\xDC\xBA\xC3\xA3\xAC\xD0\xBB\xD0\xBB\n"), "1:很好，谢谢\n");
}

static void utf8_with_a_damaged_byte_is_not_taken_for_gb18030(void **state)
{
    struct table *table = *state;
    const char file[] = "评价\n很满意\n很\xE6满意\n";
    assert_int_equal(read_bytes(table, file, strlen(file)), STATUS_INVALID);
    assert_problem(table, 3, "not UTF-8");
}

static void utf16_is_refused_in_its_own_words(void **state)
{
    struct table *table = *state;
    assert_int_equal(read_bytes(table,
                         "\xFF\xFE"
                         "a\0,\0",
                         6),
        STATUS_INVALID);
    assert_problem(table, 1, "UTF-16");
    assert_int_equal(read_bytes(table, "\xFE\xFF\0a", 4), STATUS_INVALID);
    assert_int_equal(read_bytes(table, "a\0,\0", 4), STATUS_INVALID);
    assert_problem(table, 1, "UTF-16");
}

static void bytes_of_no_encoding_are_refused_with_their_line(void **state)
{
    struct table *table = *state;
    assert_int_equal(read_bytes(table, "a\nb\xFF\xFF\n", 6), STATUS_INVALID);
    assert_problem(table, 2, "neither");
    assert_null(table->reader);
}

/* ---- what can't be read ---- */

static void an_unclosed_quote_is_named_by_the_line_where_it_opens(void **state)
{
    assert_text_equal(rows_of(*state, "a,b\n\"1\n1\",\"2\n3,4\n"), "1:a|b\n3!\n4:3|4\n");
    assert_text_equal(rows_of(*state, "a\n\"b\n\"c\",1\n"), "1:a\n2!\n3:c|1\n");
}

static void rows_around_a_bad_one_are_still_read(void **state)
{
    struct table *table = *state;
    assert_text_equal(
        rows_of(table, "a\nb\"b\nc\n\"d\"d\ne\n"), "1:a\n2!\n3:c\n4!\n5:e\n");
    assert_int_equal(table->problems.list[0].column, 1);
}

static void a_row_of_as_many_cells_as_allowed_passes_and_one_more_does_not(void **state)
{
    struct table *table = *state;
    char file[CSV_CELLS_MAX + 8];
    memset(file, ',', sizeof file);
    file[CSV_CELLS_MAX - 1] = '\n';
    assert_int_equal(read_bytes(table, file, CSV_CELLS_MAX), STATUS_OK);
    assert_int_equal(next(table), STATUS_OK);
    assert_int_equal(table->row.cell_count, CSV_CELLS_MAX);

    file[CSV_CELLS_MAX - 1] = ',';
    memcpy(file + CSV_CELLS_MAX, "\nx\n", 3);
    assert_int_equal(read_bytes(table, file, CSV_CELLS_MAX + 3), STATUS_OK);
    assert_int_equal(next(table), STATUS_INVALID);
    assert_problem(table, 1, "more than {1} cells");
    assert_text_equal(rest_of(table), "2:x\n");
}

/* A quoted cell of that many bytes, quotes and the line's end included. */
static enum status read_long_row(struct table *table, size_t size)
{
    char *file = malloc(size + 2);
    assert_non_null(file);
    memset(file, 'x', size);
    file[0] = '"';
    file[10] = '\n'; /* over several lines */
    file[size - 2] = '"';
    memcpy(file + size - 1, "\ny\n", 3);
    csv_close(table->reader);
    problems_init(&table->problems, table->arena);
    assert_int_equal(
        csv_adopt(file, size + 2, &table->problems, &table->reader), STATUS_OK);
    return next(table);
}

static void a_row_of_as_many_bytes_as_allowed_passes_and_one_more_does_not(void **state)
{
    struct table *table = *state;
    assert_int_equal(read_long_row(table, CSV_ROW_BYTES_MAX), STATUS_OK);
    assert_int_equal(table->row.cells[0].len, CSV_ROW_BYTES_MAX - 3);
    assert_int_equal(read_long_row(table, CSV_ROW_BYTES_MAX + 1), STATUS_INVALID);
    assert_problem(table, 1, "is longer than");
}

static void a_file_of_as_many_bytes_as_allowed_passes_and_one_more_does_not(void **state)
{
    struct table *table = *state;
    char *file = malloc(CSV_BYTES_MAX);
    assert_non_null(file);
    memset(file, '\n', CSV_BYTES_MAX);
    assert_int_equal(
        csv_adopt(file, CSV_BYTES_MAX, &table->problems, &table->reader), STATUS_OK);
    csv_close(table->reader);
    table->reader = NULL;
    file = malloc((size_t)CSV_BYTES_MAX + 1);
    assert_non_null(file);
    memset(file, '\n', (size_t)CSV_BYTES_MAX + 1);
    assert_int_equal(
        csv_adopt(file, (size_t)CSV_BYTES_MAX + 1, &table->problems, &table->reader),
        STATUS_TOO_LARGE);
    assert_problem(table, 0, "is larger than");
    assert_text_equal(table->problems.list[0].argument[0], "64");
}

static void a_file_that_is_not_there_or_a_folder_is_told_so(void **state)
{
    struct table *table = *state;
    assert_int_equal(csv_open("/nowhere/table.csv", &table->problems, &table->reader),
        STATUS_NOT_FOUND);
    assert_problem(table, 0, "can't be read");
    assert_text_equal(table->problems.list[0].argument[0], "No such file or directory");
    assert_int_equal(
        csv_open("/tmp", &table->problems, &table->reader), STATUS_NOT_FOUND);
}

static void a_file_longer_than_one_gulp_is_read_whole(void **state)
{
    enum { ROWS = 30000 };
    struct table *table = *state;
    char path[] = "/tmp/manyi-csv-XXXXXX";
    int handle = mkstemp(path);
    assert_true(handle >= 0);
    FILE *file = fdopen(handle, "w");
    assert_non_null(file);
    for (int i = 0; i < ROWS; i++)
        (void)fprintf(file, "%d,满意\n", i);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(csv_open(path, &table->problems, &table->reader), STATUS_OK);
    (void)unlink(path);
    size_t rows = 0;
    while (next(table) == STATUS_OK)
        rows++;
    assert_int_equal(rows, ROWS);
    assert_text_equal(table->row.cells[0], "29999");
}

/* ---- mutations ---- */

/* A small generator of its own: the same damage each time. */
static uint32_t draw(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

static void damage(char *file, size_t *size, uint32_t *seed)
{
    static const char pieces[] = "\",\n\r\0\xEF\xBB\xBF\xC6\xFF x\"\"";
    for (uint32_t i = draw(seed) % 4 + 1; i > 0; i--) {
        size_t at = draw(seed) % *size;
        char piece = pieces[draw(seed) % (sizeof pieces - 1)];
        if (draw(seed) % 3 == 0 && *size > 2)
            memmove(file + at, file + at + 1, --*size - at);
        else
            file[at] = piece;
    }
}

/* Every row lies inside the file, lines never go back by more than a damaged row, and
   the reading ends. */
static void whatever_the_damage_the_reading_ends(void **state)
{
    static const char sample[] =
        "\xEF\xBB\xBFprogramme,wave,\"评价\",x\r\nvisit,q1,\"say \"\"hi\"\"\n好\",\r\n"
        "\n visit , q2,,\"\"\nlast,\"a,b\",1,2";
    struct table *table = *state;
    uint32_t seed = 20260209;
    for (int round = 0; round < 20000; round++) {
        char file[sizeof sample];
        size_t size = sizeof sample - 1;
        memcpy(file, sample, size);
        damage(file, &size, &seed);
        arena_reset(table->arena);
        enum status rc = read_bytes(table, file, size);
        for (int rows = 0; rc != STATUS_NOT_FOUND && table->reader != NULL; rows++) {
            rc = next(table);
            assert_true(rows < 100);
            assert_true(
                rc != STATUS_OK || (table->row.cell_count >= 1 && table->row.line >= 1));
        }
    }
}

#define TABLE_TEST(case) cmocka_unit_test_setup_teardown(case, make_table, free_table)

int main(void)
{
    const struct CMUnitTest cases[] = {
        TABLE_TEST(rows_come_one_after_the_other_with_their_lines),
        TABLE_TEST(each_of_the_three_line_ends_ends_a_row),
        TABLE_TEST(blank_lines_are_skipped_and_counted),
        TABLE_TEST(quoted_cells_keep_commas_quotes_blanks_and_line_ends),
        TABLE_TEST(unquoted_cells_lose_the_blanks_at_their_ends),
        TABLE_TEST(an_empty_file_has_no_rows),
        TABLE_TEST(a_table_is_read_again_from_its_start),
        TABLE_TEST(rewinding_inside_a_file_forgets_the_row_that_was_open),
        TABLE_TEST(a_row_that_was_read_before_is_found_again),
        TABLE_TEST(columns_are_found_by_their_trimmed_names),
        TABLE_TEST(a_byte_order_mark_is_no_part_of_the_first_cell),
        TABLE_TEST(gb18030_is_read_as_the_same_words),
        TABLE_TEST(gb18030_that_looks_like_utf8_here_and_there_is_still_read),
        TABLE_TEST(utf8_with_a_damaged_byte_is_not_taken_for_gb18030),
        TABLE_TEST(utf16_is_refused_in_its_own_words),
        TABLE_TEST(bytes_of_no_encoding_are_refused_with_their_line),
        TABLE_TEST(an_unclosed_quote_is_named_by_the_line_where_it_opens),
        TABLE_TEST(rows_around_a_bad_one_are_still_read),
        TABLE_TEST(a_row_of_as_many_cells_as_allowed_passes_and_one_more_does_not),
        TABLE_TEST(a_row_of_as_many_bytes_as_allowed_passes_and_one_more_does_not),
        TABLE_TEST(a_file_of_as_many_bytes_as_allowed_passes_and_one_more_does_not),
        TABLE_TEST(a_file_that_is_not_there_or_a_folder_is_told_so),
        TABLE_TEST(a_file_longer_than_one_gulp_is_read_whole),
        TABLE_TEST(whatever_the_damage_the_reading_ends),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
