/* test_import.c: rows collected elsewhere: what they mean and what is wrong with them. */
#include "tests/support/test.h"

#include "kiosk/import.h"
#include "kiosk/limits.h"
#include "kiosk/plan_yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char plan_yaml[] =
    "manyi: 1\n"
    "year: 2026\n"
    "organisation: {zh: 总工会, en: Federation}\n"
    "centres:\n"
    "  - {id: north, name: {zh: 北站, en: North}}\n"
    "  - {id: south, name: {zh: 南站, en: South}}\n"
    "questionnaires:\n"
    "  - id: relief\n"
    "    items:\n"
    "      - {id: overall, kind: rating, counts: true, unknown: true,\n"
    "         text: {zh: 满意吗？, en: Overall}}\n"
    "      - {id: timely, kind: rating, text: {zh: 及时吗, en: Time}}\n"
    "      - {id: reasons, kind: choice, many: true, when: overall <= 2,\n"
    "         text: {zh: 原因, en: Why},\n"
    "         options: [{id: late, text: {zh: 晚, en: Late}},\n"
    "                   {id: far, text: {zh: 远, en: Far}}]}\n"
    "      - {id: paid, kind: choice, text: {zh: 付款, en: Paid},\n"
    "         options: [{id: cash, text: {zh: 现金, en: Cash}},\n"
    "                   {id: card, text: {zh: 卡, en: Card}}]}\n"
    "      - {id: comment, kind: text, max: 5, text: {zh: 说吧, en: Words}}\n"
    "  - id: short\n"
    "    items:\n"
    "      - {id: overall, kind: rating, counts: true, text: {zh: 好吗, en: Good}}\n"
    "      - {id: price, kind: rating, text: {zh: 贵吗, en: Price}}\n"
    "indicators:\n"
    "  - {id: relief, name: {zh: 满意度, en: S}, target: 85.00%, measure: top3,\n"
    "     confidence: 95%, programmes: [visits, courses]}\n"
    "programmes:\n"
    "  - {id: visits, name: {zh: 走访, en: Visits}, questionnaire: relief, grain: "
    "month,\n"
    "     waves: [{id: q1, opens: 2026-01-15, closes: 2026-03-31},\n"
    "             {id: q2, opens: 2026-04-01, closes: 2026-06-30}]}\n"
    "  - {id: courses, name: {zh: 培训, en: Courses}, questionnaire: short,\n"
    "     centres: [north], waves: [{id: q1, opens: 2026-01-01, closes: 2026-03-31}]}\n";

#define COLUMNS "programme,wave,centre,channel,mode,date"

struct file {
    struct arena *arena;
    struct problems problems;
    struct import_layout layout;
    struct import_entry entry;
};

static int make_file(void **state)
{
    struct file *file = calloc(1, sizeof *file);
    *state = file;
    if (file == NULL)
        return 1;
    file->arena = arena_new(8 << 20);
    problems_init(&file->problems, file->arena);
    if (plan_parse(file->arena, text_of(plan_yaml), &file->problems,
            &file->layout.plan) != STATUS_OK)
        return 1;
    file->layout.plan_version = 3;
    file->layout.digest = import_digest(TEXT("the file"));
    return 0;
}

static int free_file(void **state)
{
    struct file *file = *state;
    arena_free(file->arena);
    free(file);
    return 0;
}

/* Cells parted by commas. */
static struct import_row row_of(struct file *file, unsigned line, const char *cells)
{
    struct text *list = arena_take_array(file->arena, 64, sizeof *list);
    char *copy = text_to_string(file->arena, text_of(cells));
    size_t count = 0;
    assert_non_null(copy);
    for (;;) {
        size_t len = strcspn(copy, ",");
        list[count++] = (struct text){copy, len};
        if (copy[len] == '\0')
            break;
        copy += len + 1;
    }
    return (struct import_row){line, list, count};
}

static enum status read_header(struct file *file, const char *cells)
{
    struct import_row header = row_of(file, 1, cells);
    problems_init(&file->problems, file->arena);
    return import_read_header(file->arena, &header, &file->problems, &file->layout);
}

static enum status read_row(struct file *file, const char *cells)
{
    struct import_row row = row_of(file, 7, cells);
    problems_init(&file->problems, file->arena);
    return import_read_row(
        file->arena, &file->layout, &row, &file->problems, &file->entry);
}

/* The header, which must be right, then a row. */
static enum status read_file(struct file *file, const char *header, const char *row)
{
    assert_int_equal(read_header(file, header), STATUS_OK);
    return read_row(file, row);
}

/* Exactly one problem, in that column of the table, that begins so. */
static void assert_problem(
    const struct file *file, unsigned line, unsigned column, const char *start)
{
    assert_int_equal(file->problems.count, 1);
    const struct problem *problem = &file->problems.list[0];
    if (strncmp(problem->message, start, strlen(start)) != 0)
        fail_msg("\"%s\" does not begin with \"%s\"", problem->message, start);
    assert_int_equal(problem->line, line);
    assert_int_equal(problem->column, column);
}

static void assert_argument(const struct file *file, size_t index, const char *expected)
{
    assert_text_equal(file->problems.list[0].argument[index], expected);
}

static void assert_meant(const struct file *file, const char *expected)
{
    assert_text_equal(file->problems.list[0].did_you_mean, expected);
}

static day_t day(int year, int month, int of_month)
{
    return day_of((struct date){year, month, of_month});
}

/* ---- the header ---- */

static void columns_may_stand_in_any_order(void **state)
{
    struct file *file = *state;
    assert_int_equal(
        read_file(file, "timely,date,mode, channel ,centre,wave,programme,overall",
            "4,2026-02-09,self,paper,north,q1,visits,5"),
        STATUS_OK);
    assert_text_equal(file->entry.submission.answers, "5400");
    assert_text_equal(file->entry.submission.centre, "north");
}

static void each_missing_column_is_named(void **state)
{
    struct file *file = *state;
    assert_int_equal(read_header(file, "programme,wave,channel,date"), STATUS_INVALID);
    assert_int_equal(file->problems.count, 2);
    assert_argument(file, 0, "centre");
    assert_text_equal(file->problems.list[1].argument[0], "mode");
    assert_int_equal(read_header(file, COLUMNS), STATUS_OK);
}

static void an_unknown_column_is_refused_with_what_was_meant(void **state)
{
    struct file *file = *state;
    assert_int_equal(read_header(file, COLUMNS ",timley"), STATUS_INVALID);
    assert_problem(file, 1, 7, "“{1}” is neither a column");
    assert_argument(file, 0, "timley");
    assert_meant(file, "timely");
    assert_int_equal(read_header(file, COLUMNS ",Overall"), STATUS_INVALID);
    assert_meant(file, "overall");
    assert_int_equal(read_header(file, COLUMNS ",submision"), STATUS_INVALID);
    assert_meant(file, "submission");
    assert_int_equal(read_header(file, COLUMNS ",name"), STATUS_INVALID);
}

static void a_doubled_column_is_refused(void **state)
{
    struct file *file = *state;
    assert_int_equal(read_header(file, COLUMNS ",wave"), STATUS_INVALID);
    assert_problem(file, 1, 7, "The column “{1}” is there twice");
    assert_int_equal(read_header(file, COLUMNS ",timely,timely"), STATUS_INVALID);
    assert_problem(file, 1, 8, "The column “{1}” is there twice");
    assert_argument(file, 0, "timely");
}

static void a_column_without_a_name_may_hold_nothing(void **state)
{
    struct file *file = *state;
    assert_int_equal(
        read_file(file, COLUMNS ",,", "visits,q1,,paper,,2026-02-09,,"), STATUS_OK);
    assert_int_equal(read_row(file, "visits,q1,,paper,,2026-02-09,,5"), STATUS_INVALID);
    assert_problem(file, 7, 8, "“{1}” stands in a column without a name");
    assert_int_equal(read_row(file, "visits,q1,,paper,,2026-02-09,,,,x"), STATUS_INVALID);
    assert_problem(file, 7, 10, "“{1}” stands in a column without a name");
}

/* ---- rows ---- */

static void a_row_says_all_of_a_submission(void **state)
{
    struct file *file = *state;
    assert_int_equal(
        read_file(file, COLUMNS ",overall,timely,reasons,paid,comment",
            "visits,q1,south,phone,assisted,2026-02-09,2,5,late;far,card, 好 "),
        STATUS_OK);
    const struct submission *submission = &file->entry.submission;
    assert_text_equal(submission->programme, "visits");
    assert_text_equal(submission->wave, "q1");
    assert_text_equal(submission->centre, "south");
    assert_int_equal(submission->channel, CHANNEL_PHONE);
    assert_int_equal(submission->mode, MODE_ASSISTED);
    assert_int_equal(submission->plan_version, 3);
    assert_int_equal(submission->period, day(2026, 2, 1));
    assert_text_equal(submission->answers, "2532");
    assert_int_equal(submission->overall, 2);
    assert_int_equal(submission->comment_count, 1);
    assert_text_equal(submission->comments[0].text, "好");
    assert_text_equal(file->entry.questionnaire->id, "relief");
}

static void a_row_without_any_answer_is_an_answer(void **state)
{
    struct file *file = *state;
    assert_int_equal(read_file(file, COLUMNS ",overall,timely,comment",
                         "visits,q1,north,paper,self,2026-02-09,,, "),
        STATUS_OK);
    assert_text_equal(file->entry.submission.answers, "--00");
    assert_int_equal(file->entry.submission.overall, -1);
    assert_int_equal(file->entry.submission.comment_count, 0);
}

static void cells_left_out_at_the_end_are_blank(void **state)
{
    struct file *file = *state;
    assert_int_equal(read_file(file, COLUMNS ",overall,timely",
                         "visits,q1,north,paper,self,2026-02-09,5"),
        STATUS_OK);
    assert_text_equal(file->entry.submission.answers, "5-00");
    assert_int_equal(read_row(file, "visits,q1,north,paper"), STATUS_INVALID);
    assert_problem(file, 7, 6, "This row has no {1}");
    assert_argument(file, 0, "date");
}

static void only_a_row_of_empty_cells_is_blank(void **state)
{
    struct file *file = *state;
    struct import_row row = row_of(file, 2, ",, ,");
    assert_true(import_row_is_blank(&row));
    row = row_of(file, 2, ",,x");
    assert_false(import_row_is_blank(&row));
}

static void a_programme_a_wave_and_a_centre_must_be_the_plans(void **state)
{
    struct file *file = *state;
    const char *header = COLUMNS;
    assert_int_equal(
        read_file(file, header, "visit,q9,x,paper,self,2026-02-09"), STATUS_INVALID);
    assert_problem(file, 7, 1, "The plan has no programme");
    assert_meant(file, "visits");
    assert_int_equal(
        read_row(file, "visits,q3,north,paper,self,2026-02-09"), STATUS_INVALID);
    assert_problem(file, 7, 2, "Programme {1} has no wave");
    assert_meant(file, "q1");
    assert_int_equal(
        read_row(file, "visits,q1,nort,paper,self,2026-02-09"), STATUS_INVALID);
    assert_problem(file, 7, 3, "Programme {1} has no centre");
    assert_meant(file, "north");
    assert_int_equal(
        read_row(file, "courses,q1,south,paper,self,2026-02-09"), STATUS_INVALID);
    assert_problem(file, 7, 3, "Programme {1} has no centre");
}

static void a_centre_and_a_mode_may_be_blank_the_rest_not(void **state)
{
    struct file *file = *state;
    assert_int_equal(read_file(file, COLUMNS, "visits,q1,,paper,,2026-02-09"), STATUS_OK);
    assert_text_equal(file->entry.submission.centre, "");
    assert_int_equal(file->entry.submission.mode, MODE_SELF);
    assert_int_equal(read_row(file, ",,north,,self,"), STATUS_INVALID);
    assert_int_equal(file->problems.count, 4);
    assert_argument(file, 0, "programme");
    assert_text_equal(file->problems.list[3].argument[0], "date");
}

static void a_channel_is_one_of_six_words_a_mode_one_of_two(void **state)
{
    struct file *file = *state;
    assert_int_equal(
        read_file(file, COLUMNS, "visits,q1,,papr,self,2026-02-09"), STATUS_INVALID);
    assert_problem(file, 7, 4, "“{1}” is not a channel");
    assert_meant(file, "paper");
    assert_int_equal(read_row(file, "visits,q1,,Paper,self,2026-02-09"), STATUS_INVALID);
    assert_int_equal(read_row(file, "visits,q1,,paper,help,2026-02-09"), STATUS_INVALID);
    assert_problem(file, 7, 5, "“{1}” is not a mode");
    for (int i = 0; i < CHANNEL_COUNT; i++) {
        struct text row = text_format(file->arena, "visits,q1,,%s,self,2026-02-09",
            channel_word((enum channel)i).ptr);
        assert_int_equal(read_row(file, row.ptr), STATUS_OK);
        assert_int_equal(file->entry.submission.channel, i);
    }
}

static void the_day_must_lie_in_the_wave_from_its_first_to_its_last(void **state)
{
    struct file *file = *state;
    assert_int_equal(read_file(file, COLUMNS, "visits,q1,,paper,,2026-01-15"), STATUS_OK);
    assert_int_equal(file->entry.submission.period, day(2026, 1, 1));
    assert_int_equal(read_row(file, "visits,q1,,paper,,2026-03-31"), STATUS_OK);
    assert_int_equal(read_row(file, "visits,q1,,paper,,2026-01-14"), STATUS_INVALID);
    assert_problem(file, 7, 6, "{1} is not a day of the wave {2}");
    assert_argument(file, 2, "2026-01-15");
    assert_argument(file, 3, "2026-03-31");
    assert_int_equal(read_row(file, "visits,q1,,paper,,2026-04-01"), STATUS_INVALID);
}

static void the_period_follows_the_programmes_grain(void **state)
{
    struct file *file = *state;
    assert_int_equal(
        read_file(file, COLUMNS, "courses,q1,,paper,,2026-02-09"), STATUS_OK);
    assert_int_equal(file->entry.submission.period, day(2026, 1, 1));
    assert_int_equal(submission_id_period(&file->entry.submission.id), day(2026, 1, 1));
}

static void a_day_is_read_as_spreadsheet_programs_write_it_and_in_no_other_way(
    void **state)
{
    struct file *file = *state;
    const char *bad[] = {"yesterday", "2026-02-30", "09/02/2026", "2026-2-009", "2026-02",
        "2026-02-09x", "26-02-09", "20260209", "2026//9", "2026-02-09-"};
    assert_int_equal(read_file(file, COLUMNS, "visits,q1,,paper,,2026/2/9"), STATUS_OK);
    assert_int_equal(file->entry.submission.period, day(2026, 2, 1));
    assert_int_equal(read_row(file, "visits,q1,,paper,,2026/02/09"), STATUS_OK);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct text row = text_format(file->arena, "visits,q1,,paper,,%s", bad[i]);
        assert_int_equal(read_row(file, row.ptr), STATUS_INVALID);
        assert_problem(file, 7, 6, "“{1}” is not a day");
    }
}

/* ---- items ---- */

#define ITEMS COLUMNS ",overall,timely,reasons,paid,comment,price"

/* A row of visits whose items are those. */
static enum status read_items(struct file *file, const char *items)
{
    struct text row =
        text_format(file->arena, "visits,q1,north,paper,self,2026-02-09,%s", items);
    return read_file(file, ITEMS, row.ptr);
}

static void a_level_is_one_to_five_or_unknown_where_it_is_offered(void **state)
{
    struct file *file = *state;
    assert_int_equal(read_items(file, "1,5"), STATUS_OK);
    assert_text_equal(file->entry.submission.answers, "1500");
    assert_int_equal(read_items(file, "unknown,"), STATUS_OK);
    assert_text_equal(file->entry.submission.answers, "0-00");
    assert_int_equal(file->entry.submission.overall, 0);
    assert_int_equal(read_items(file, "0,"), STATUS_INVALID);
    assert_problem(
        file, 7, 7, "“{2}” is no answer to “{1}”. Write a level from 1 to 5 or");
    assert_argument(file, 0, "overall");
    assert_argument(file, 1, "0");
    assert_int_equal(read_items(file, "6,"), STATUS_INVALID);
    assert_int_equal(read_items(file, "5.0,"), STATUS_INVALID);
    assert_int_equal(read_items(file, "5,unknown"), STATUS_INVALID);
    assert_problem(file, 7, 8, "“{2}” is no answer to “{1}”. Write a level from 1 to 5,");
}

static void options_are_parted_by_semicolons_or_bars(void **state)
{
    struct file *file = *state;
    assert_int_equal(read_items(file, "1,,late ; far"), STATUS_OK);
    assert_text_equal(file->entry.submission.answers, "1-30");
    assert_int_equal(read_items(file, "1,,far|;|"), STATUS_OK);
    assert_text_equal(file->entry.submission.answers, "1-20");
    assert_int_equal(read_items(file, "1,,late;lare"), STATUS_INVALID);
    assert_problem(file, 7, 9, "“{1}” has no option “{2}”");
    assert_argument(file, 1, "lare");
    assert_meant(file, "late");
    assert_int_equal(read_items(file, "1,,,cash;card"), STATUS_INVALID);
    assert_problem(file, 7, 10, "“{1}” takes one answer only");
}

static void reasons_that_were_not_asked_for_are_left_out(void **state)
{
    struct file *file = *state;
    assert_int_equal(read_items(file, "3,,late"), STATUS_OK);
    assert_text_equal(file->entry.submission.answers, "3-00");
}

static void a_text_of_its_maximum_passes_and_one_more_does_not(void **state)
{
    struct file *file = *state;
    assert_int_equal(read_items(file, "5,,,,一二三四五"), STATUS_OK);
    assert_int_equal(read_items(file, "5,,,,一二三四五六"), STATUS_INVALID);
    assert_problem(file, 7, 11, "The text of “{1}” is longer than {3} characters");
    assert_argument(file, 2, "5");
    assert_int_equal(read_items(file, "5,,,,a\x01"), STATUS_INVALID);
    assert_problem(file, 7, 11, "The text of “{1}” has characters");
}

static void an_item_of_another_questionnaire_must_be_empty(void **state)
{
    struct file *file = *state;
    assert_int_equal(read_items(file, "5,,,,,4"), STATUS_INVALID);
    assert_problem(file, 7, 12, "This programme does not ask “{1}”");
    assert_argument(file, 0, "price");
    assert_int_equal(
        read_row(file, "courses,q1,north,paper,self,2026-02-09,5,,,,,4"), STATUS_OK);
    assert_text_equal(file->entry.submission.answers, "54");
}

static void every_mistake_of_a_row_is_named_at_once(void **state)
{
    struct file *file = *state;
    assert_int_equal(read_file(file, ITEMS ",submission",
                         "visits,q9,west,fax,loud,soon,7,8,now,coin,toolong,1,x"),
        STATUS_INVALID);
    assert_int_equal(file->problems.count, 12);
    for (size_t i = 0; i < file->problems.count; i++)
        assert_int_equal(file->problems.list[i].line, 7);
}

static void what_a_message_quotes_is_short_and_harmless(void **state)
{
    struct file *file = *state;
    assert_int_equal(read_items(file, "\x1b[31m\n"), STATUS_INVALID);
    assert_argument(file, 1, " [31m");
    assert_int_equal(read_items(file, "一二三四五六七八九十一二三四五六七八九十一二三"),
        STATUS_INVALID);
    assert_argument(file, 1, "一二三四五六七八九十一二三四五六七八九十…");
}

/* ---- ids ---- */

static struct submission_id id_of(struct file *file, const char *uuid)
{
    struct text row = text_format(file->arena, "visits,q1,,paper,,2026-02-09,%s", uuid);
    assert_int_equal(read_file(file, COLUMNS ",submission", row.ptr), STATUS_OK);
    return file->entry.submission.id;
}

static void assert_same_id(struct submission_id a, struct submission_id b, bool is_same)
{
    assert_int_equal(memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0, is_same);
}

static void an_id_of_ours_in_its_period_is_taken_as_it_is(void **state)
{
    struct file *file = *state;
    char letters[SUBMISSION_ID_LETTERS + 1];
    unsigned char random[SUBMISSION_RANDOM_BYTES] = {9, 9, 9, 9, 9, 9, 9, 9, 9};
    struct submission_id ours = submission_id_make(day(2026, 2, 1), random);
    submission_id_format(&ours, letters);
    assert_same_id(id_of(file, letters), ours, true);
    assert_true(file->entry.has_uuid);

    struct submission_id late = submission_id_make(day(2026, 3, 1), random);
    submission_id_format(&late, letters);
    struct submission_id made = id_of(file, letters);
    assert_int_equal(submission_id_period(&made), day(2026, 2, 1));
    assert_same_id(made, ours, false);
}

static void any_other_uuid_gives_the_same_id_each_time(void **state)
{
    struct file *file = *state;
    struct submission_id first = id_of(file, "7d444840-9dc0-11d1-b245-5ffdce74fad2");
    file->layout.digest = import_digest(TEXT("another file"));
    assert_same_id(first, id_of(file, "7D444840-9DC0-11D1-B245-5FFDCE74FAD2"), true);
    assert_same_id(first, id_of(file, "7d444840-9dc0-11d1-b245-5ffdce74fad3"), false);
    assert_int_equal(submission_id_period(&first), day(2026, 2, 1));
    assert_true(submission_id_is_ours(&first));
}

static void a_row_without_an_id_gets_one_from_the_file_and_the_line(void **state)
{
    struct file *file = *state;
    struct submission_id first = id_of(file, "");
    assert_false(file->entry.has_uuid);
    assert_same_id(first, id_of(file, ""), true);
    struct import_row row = row_of(file, 8, "visits,q1,,paper,,2026-02-09,");
    assert_int_equal(
        import_read_row(file->arena, &file->layout, &row, &file->problems, &file->entry),
        STATUS_OK);
    assert_same_id(first, file->entry.submission.id, false);
    file->layout.digest = import_digest(TEXT("another file"));
    assert_same_id(first, id_of(file, ""), false);
}

static void what_is_no_uuid_is_refused(void **state)
{
    struct file *file = *state;
    assert_int_equal(
        read_file(file, COLUMNS ",submission", "visits,q1,,paper,,2026-02-09,12345"),
        STATUS_INVALID);
    assert_problem(file, 7, 7, "“{1}” is not a UUID");
}

static void an_id_that_stands_twice_is_named_with_both_lines(void **state)
{
    struct file *file = *state;
    struct import_mark marks[] = {
        {{{3}}, 9}, {{{1}}, 2}, {{{2}}, 5}, {{{1}}, 7}, {{{1}}, 4}};
    assert_int_equal(read_header(file, COLUMNS ",submission"), STATUS_OK);
    import_check_repeats(&file->layout, marks, 5, &file->problems);
    assert_int_equal(file->problems.count, 2);
    assert_int_equal(file->problems.list[0].line, 4);
    assert_int_equal(file->problems.list[0].column, 7);
    assert_argument(file, 0, "01000000-0000-0000-0000-000000000000");
    assert_argument(file, 1, "2");
    assert_int_equal(file->problems.list[1].line, 7);
    import_check_repeats(&file->layout, NULL, 0, &file->problems);
    assert_int_equal(file->problems.count, 2);
}

/* ---- limits ---- */

static void as_many_problems_as_are_kept_and_one_more(void **state)
{
    struct file *file = *state;
    assert_int_equal(read_header(file, COLUMNS), STATUS_OK);
    struct import_row row = row_of(file, 2, "visits,q1,,fax,,2026-02-09");
    for (size_t i = 0; i < PROBLEMS_MAX; i++)
        assert_int_equal(import_read_row(file->arena, &file->layout, &row,
                             &file->problems, &file->entry),
            STATUS_INVALID);
    assert_int_equal(file->problems.count, PROBLEMS_MAX);
    assert_false(file->problems.is_incomplete);
    assert_int_equal(
        import_read_row(file->arena, &file->layout, &row, &file->problems, &file->entry),
        STATUS_INVALID);
    assert_true(file->problems.is_incomplete);
}

static void an_arena_that_is_too_small_is_no_fault_of_the_row(void **state)
{
    struct file *file = *state;
    assert_int_equal(read_header(file, ITEMS), STATUS_OK);
    struct import_row row = row_of(file, 2, "visits,q1,,paper,,2026-02-09,5");
    struct arena *tiny = arena_new(64);
    assert_int_equal(
        import_read_row(tiny, &file->layout, &row, &file->problems, &file->entry),
        STATUS_NO_MEMORY);
    assert_int_equal(file->problems.count, 0);
    arena_free(tiny);
}

#define FILE_TEST(case) cmocka_unit_test_setup_teardown(case, make_file, free_file)

int main(void)
{
    const struct CMUnitTest cases[] = {
        FILE_TEST(columns_may_stand_in_any_order),
        FILE_TEST(each_missing_column_is_named),
        FILE_TEST(an_unknown_column_is_refused_with_what_was_meant),
        FILE_TEST(a_doubled_column_is_refused),
        FILE_TEST(a_column_without_a_name_may_hold_nothing),
        FILE_TEST(a_row_says_all_of_a_submission),
        FILE_TEST(a_row_without_any_answer_is_an_answer),
        FILE_TEST(cells_left_out_at_the_end_are_blank),
        FILE_TEST(only_a_row_of_empty_cells_is_blank),
        FILE_TEST(a_programme_a_wave_and_a_centre_must_be_the_plans),
        FILE_TEST(a_centre_and_a_mode_may_be_blank_the_rest_not),
        FILE_TEST(a_channel_is_one_of_six_words_a_mode_one_of_two),
        FILE_TEST(the_day_must_lie_in_the_wave_from_its_first_to_its_last),
        FILE_TEST(the_period_follows_the_programmes_grain),
        FILE_TEST(a_day_is_read_as_spreadsheet_programs_write_it_and_in_no_other_way),
        FILE_TEST(a_level_is_one_to_five_or_unknown_where_it_is_offered),
        FILE_TEST(options_are_parted_by_semicolons_or_bars),
        FILE_TEST(reasons_that_were_not_asked_for_are_left_out),
        FILE_TEST(a_text_of_its_maximum_passes_and_one_more_does_not),
        FILE_TEST(an_item_of_another_questionnaire_must_be_empty),
        FILE_TEST(every_mistake_of_a_row_is_named_at_once),
        FILE_TEST(what_a_message_quotes_is_short_and_harmless),
        FILE_TEST(an_id_of_ours_in_its_period_is_taken_as_it_is),
        FILE_TEST(any_other_uuid_gives_the_same_id_each_time),
        FILE_TEST(a_row_without_an_id_gets_one_from_the_file_and_the_line),
        FILE_TEST(what_is_no_uuid_is_refused),
        FILE_TEST(an_id_that_stands_twice_is_named_with_both_lines),
        FILE_TEST(as_many_problems_as_are_kept_and_one_more),
        FILE_TEST(an_arena_that_is_too_small_is_no_fault_of_the_row),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
