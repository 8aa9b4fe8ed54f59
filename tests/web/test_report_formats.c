/* test_report_formats.c: one store, every format: the figures of text, JSON, CSV, XLSX
   and PDF are compared with each other, each as another program reads it: jq,
   LibreOffice as it shows the cells, pdftotext. */
#include "tests/support/report_scene.h"
#include "tests/support/shell.h"
#include "tests/support/temp_store.h"
#include "tests/support/test.h"

#include "db/demo_store.h"
#include "db/report_load.h"
#include "kiosk/limits.h"
#include "web/render/report_csv.h"
#include "web/render/report_json.h"
#include "web/render/report_pdf.h"
#include "web/render/report_text.h"
#include "web/render/report_xlsx.h"
#include "web/shipped_plan.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS_MAX = 60, ROWS_MAX = 400 };

struct table {
    struct text rows[ROWS_MAX][FIELDS_MAX]; /* the first is the head */
    size_t widths[ROWS_MAX];
    size_t count;
};

/* A report in every format. */
struct formats {
    struct arena *arena;
    char folder[40];
    const char *text; /* without blanks, as are the next */
    const char *pdf;
    struct table *json; /* of indicators: a line each, by jq */
    struct table *csv;
    struct table *json_weeks; /* a line each point of all charts */
    struct table *figures;    /* sheets as LibreOffice shows them */
    struct table *waves;
    struct table *groups;
};

/* ---- reading ---- */

/* What a command says that runs in the folder of the files. */
static const char *run(struct formats *formats, const char *command)
{
    int status = -1;
    struct text whole =
        text_format(formats->arena, "cd '%s' && %s", formats->folder, command);
    const char *said =
        shell_run(formats->arena, text_to_string(formats->arena, whole), &status).ptr;
    if (status != 0)
        fail_msg("%s ended with %d: %s", command, status, said);
    return said;
}

/* Quoted fields may hold commas, and quotes twice; none here holds a line end. */
static size_t split(struct arena *arena, char *line, char comma, struct text *fields)
{
    size_t count = 0;
    while (count < FIELDS_MAX) {
        struct buffer field;
        bool is_quoted = *line == '"';
        buffer_init(&field, arena, 4096);
        for (line += is_quoted; *line != '\0'; line++) {
            if (is_quoted && *line == '"' && line[1] == '"')
                line++;
            else if (*line == (is_quoted ? '"' : comma))
                break;
            buffer_add_char(&field, *line);
        }
        line += is_quoted && *line == '"';
        fields[count++] = field.len == 0 ? TEXT("") : buffer_text(&field);
        if (*line != comma)
            return count;
        line++;
    }
    return count;
}

static struct table *read_table(struct formats *formats, const char *whole, char comma)
{
    struct table *table = arena_take(formats->arena, sizeof *table);
    assert_non_null(table);
    char *copy = text_to_string(formats->arena, text_of(whole));
    for (char *line = copy; line != NULL && *line != '\0' && table->count < ROWS_MAX;) {
        char *end = strpbrk(line, "\r\n");
        char *next = end == NULL ? NULL : end + strspn(end, "\r\n");
        if (end != NULL)
            *end = '\0';
        table->widths[table->count] =
            split(formats->arena, line, comma, table->rows[table->count]);
        table->count++;
        line = next;
    }
    assert_true(table->count > 1);
    return table;
}

static struct text field_of(const struct table *table, size_t row, const char *head)
{
    for (size_t i = 0; i < FIELDS_MAX; i++)
        if (text_equals(table->rows[0][i], text_of(head)))
            return table->rows[row][i];
    fail_msg("there is no column %s", head);
    return TEXT("");
}

static size_t find_row(const struct table *table, const char *kind, struct text indicator)
{
    for (size_t i = 1; i < table->count; i++)
        if (text_equals(field_of(table, i, "row"), text_of(kind)) &&
            text_equals(field_of(table, i, "indicator"), indicator))
            return i;
    fail_msg("there is no %s %.*s", kind, TEXT_ARG(indicator));
    return 0;
}

/* ---- writing ---- */

static FILE *open_file(const struct formats *formats, const char *name)
{
    char path[80];
    (void)snprintf(path, sizeof path, "%s/%s", formats->folder, name);
    FILE *file = fopen(path, "w+b");
    assert_non_null(file);
    return file;
}

static void write_text(const struct formats *formats, const char *name, struct text text)
{
    FILE *file = open_file(formats, name);
    assert_non_null(text.ptr);
    assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
    assert_int_equal(fclose(file), 0);
}

static void write_all(struct formats *formats, const struct report *report)
{
    const struct text all = {0};
    struct arena *arena = formats->arena;
    const struct report_pdf pdf = {LANGUAGE_EN, report, all, TEXT("https://a.cn")};
    write_text(formats, "r.txt", report_text(arena, LANGUAGE_EN, report, all));
    write_text(formats, "r.json", report_json(arena, LANGUAGE_EN, report, all));
    write_text(formats, "r.csv", report_csv(arena, report, all));
    FILE *xlsx = open_file(formats, "r.xlsx");
    assert_int_equal(report_xlsx(arena, LANGUAGE_EN, report, all, xlsx), STATUS_OK);
    assert_int_equal(fclose(xlsx), 0);
    FILE *paper = open_file(formats, "r.pdf");
    assert_int_equal(report_pdf(arena, &pdf, paper), STATUS_OK);
    assert_int_equal(fclose(paper), 0);
}

#define JSON_FIELDS                                                                      \
    "id,kind,population,asked,received,n,x,missing,rate_bp,lo_bp,hi_bp,verdict,"         \
    "points_earned,completion_bp,measure,answered,response_bp,flagged,without_n,"        \
    "without_x,without_rate_bp,without_verdict,invited_received,invited_n,invited_bp,"   \
    "walk_in_received,walk_in_n,walk_in_bp,pooled_strata,pooled_shift"

#define JSON_VALUES                                                                      \
    ".id,.kind,.population,.asked,.received,.n,.x,.missing,.rate_bp,.lo_bp,.hi_bp,"      \
    ".verdict,.points_earned,.completion_bp,.measure,.answered,"                         \
    "(.response_rate|if . == null then . else . * 10000 | round end),.flagged,"          \
    ".without_flagged.n,.without_flagged.x,.without_flagged.rate_bp,"                    \
    ".without_flagged.verdict,.invited.received,.invited.n,.invited.rate_bp,"            \
    ".walk_in.received,.walk_in.n,.walk_in.rate_bp,.pooled.strata,.pooled.shift"

#define WEEK_FIELDS                                                                      \
    "indicator,programme,period,n,x,rate,center,lower,upper,tail,baseline,alert,hidden"

/* A hidden chart is one line without numbers. */
#define WEEK_VALUES                                                                      \
    ".indicators[] | .id as $id | .weeks[]? | . as $of | (.points + "                    \
    "(if .hidden then [{}] else [] end))[] | [$id,$of.programme,.week,.n,.x,.rate,"      \
    "(if $of.hidden then null else $of.center end),.lower,.upper,.tail,"                 \
    "(if .n == null then null elif .baseline then 1 else 0 end),.alert,"                 \
    "(if $of.hidden then 1 else 0 end)]"

static void read_all(struct formats *formats)
{
    formats->text = run(formats, "tr -d ' \\n' <r.txt");
    formats->pdf = run(formats, "pdftotext -raw r.pdf - | tr -d ' \\n\\f'");
    formats->json = read_table(formats,
        run(formats,
            "printf '" JSON_FIELDS "\\n' && jq -r '.indicators[] | [" JSON_VALUES "] | "
            "map(if . == null then \"\" else tostring end) | join(\",\")' r.json"),
        ',');
    formats->json_weeks = read_table(formats,
        run(formats, "printf '" WEEK_FIELDS "\n-\n' && jq -r '" WEEK_VALUES " | "
                     "map(if . == null then \"\" else tostring end) | join(\",\")' "
                     "r.json"),
        ',');
    const char *csv = run(formats, "cat r.csv");
    formats->csv = read_table(formats, csv + strlen("\xEF\xBB\xBF"), ',');
    (void)run(formats,
        "soffice -env:UserInstallation=file://$PWD/office --headless "
        "--convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,"
        "false,false,-1' r.xlsx >office.txt 2>&1");
    formats->figures = read_table(formats, run(formats, "cat r-Figures.csv"), ',');
    formats->waves = read_table(formats, run(formats, "cat r-Waves.csv"), ',');
    formats->groups =
        read_table(formats, run(formats, "cat 'r-Invited and walk-in.csv'"), ',');
}

/* ---- comparing ---- */

static void same(struct text a, struct text b, const char *where, struct text about)
{
    if (!text_equals(a, b))
        fail_msg("%s of %.*s: \"%.*s\" is not \"%.*s\"", where, TEXT_ARG(about),
            TEXT_ARG(a), TEXT_ARG(b));
}

/* "8935" as it is printed: "89.35%", of a score "89.35". */
static struct text printed(struct formats *formats, struct text bp, const char *unit)
{
    long long number =
        strtoll(bp.len == 0 ? "" : text_to_string(formats->arena, bp), NULL, 10);
    if (bp.len == 0)
        return TEXT("");
    return text_format(formats->arena, "%lld.%02lld%s", number / 100, number % 100, unit);
}

/* "87.53–90.94%" */
static struct text range(struct formats *formats, struct text lo, struct text hi)
{
    return text_format(formats->arena, "%.*s–%.*s", TEXT_ARG(printed(formats, lo, "")),
        TEXT_ARG(printed(formats, hi, "%")));
}

static struct text or_dash(struct text number)
{
    return number.len == 0 ? TEXT("–") : number;
}

static void contains(
    const char *whole, struct text part, const char *where, struct text about)
{
    char *string = malloc(part.len + 1);
    assert_non_null(string);
    memcpy(string, part.ptr, part.len);
    string[part.len] = '\0';
    bool is_there = strstr(whole, string) != NULL;
    if (!is_there)
        print_error("%s of %.*s has no \"%s\"\n", where, TEXT_ARG(about), string);
    free(string);
    assert_true(is_there);
}

/* The same double, however many digits it is written with. */
static void same_number(
    struct formats *formats, struct text a, struct text b, const char *where)
{
    if (a.len == 0 || b.len == 0) {
        same(a, b, where, TEXT("a week"));
        return;
    }
    double first = strtod(text_to_string(formats->arena, a), NULL);
    double second = strtod(text_to_string(formats->arena, b), NULL);
    if (!(fabs(first - second) <= 1e-15 * fabs(first)))
        fail_msg("%s: %.*s is not %.*s", where, TEXT_ARG(a), TEXT_ARG(b));
}

static void compare_json_and_csv(struct formats *formats, size_t json)
{
    static const char *const both[] = {"population", "asked", "received", "n", "x",
        "missing", "rate_bp", "lo_bp", "hi_bp", "answered", "flagged", "without_n",
        "without_x", "without_rate_bp", "without_verdict", "pooled_strata"};
    struct text id = field_of(formats->json, json, "id");
    size_t csv = find_row(formats->csv, "indicator", id);
    for (size_t i = 0; i < sizeof both / sizeof *both; i++)
        same(field_of(formats->json, json, both[i]), field_of(formats->csv, csv, both[i]),
            both[i], id);
    same(field_of(formats->json, json, "verdict"), field_of(formats->csv, csv, "verdict"),
        "verdict", id);
    same_number(formats, field_of(formats->json, json, "pooled_shift"),
        field_of(formats->csv, csv, "pooled_shift"), "pooled_shift");
}

/* Points of control charts with their lines; the second line of the table is a filler. */
static size_t compare_weeks(struct formats *formats)
{
    static const char *const words[] = {
        "indicator", "programme", "period", "n", "x", "baseline", "alert", "hidden"};
    static const char *const numbers[] = {"rate", "center", "lower", "upper", "tail"};
    size_t json = 2;
    for (size_t i = 1; i < formats->csv->count; i++) {
        if (!text_equals(field_of(formats->csv, i, "row"), TEXT("week")))
            continue;
        assert_true(json < formats->json_weeks->count);
        for (size_t j = 0; j < sizeof words / sizeof *words; j++)
            same(field_of(formats->json_weeks, json, words[j]),
                field_of(formats->csv, i, words[j]), words[j], TEXT("a week"));
        for (size_t j = 0; j < sizeof numbers / sizeof *numbers; j++)
            same_number(formats, field_of(formats->json_weeks, json, numbers[j]),
                field_of(formats->csv, i, numbers[j]), numbers[j]);
        json++;
    }
    assert_int_equal(json, formats->json_weeks->count);
    return json - 2;
}

static void every_row_of_the_csv_is_whole(const struct formats *formats)
{
    for (size_t i = 0; i < formats->csv->count; i++)
        assert_int_equal(formats->csv->widths[i], formats->csv->widths[0]);
}

/* Words of verdicts differ from sheet to file; figures don't. */
static void compare_json_and_sheet(struct formats *formats, size_t json, bool is_hidden)
{
    static const struct {
        const char *json;
        const char *sheet;
        bool can_hide;
    } counts[] = {{"population", "population", false}, {"asked", "asked", false},
        {"received", "received", false}, {"n", "valid", true}, {"x", "satisfied", true},
        {"missing", "left open", true}, {"points_earned", "earned", true}};
    static const char *const rates[][2] = {
        {"rate_bp", "rate"}, {"lo_bp", "interval from"}, {"hi_bp", "interval to"}};
    struct text id = field_of(formats->json, json, "id");
    bool is_score = text_equals(field_of(formats->json, json, "measure"), TEXT("score"));
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        same(is_hidden && counts[i].can_hide
                 ? TEXT("＊")
                 : field_of(formats->json, json, counts[i].json),
            field_of(formats->figures, json, counts[i].sheet), counts[i].sheet, id);
    for (size_t i = 0; i < (is_score ? 1 : 3); i++)
        same(is_hidden ? TEXT("＊")
                       : printed(formats, field_of(formats->json, json, rates[i][0]),
                             is_score ? "" : "%"),
            field_of(formats->figures, json, rates[i][1]), rates[i][1], id);
}

static void compare_json_and_words(struct formats *formats, size_t json)
{
    struct arena *arena = formats->arena;
    const struct table *table = formats->json;
    struct text id = field_of(table, json, "id");
    bool is_score = text_equals(field_of(table, json, "measure"), TEXT("score"));
    struct text counts =
        text_format(arena, "Validanswers%.*s,satisfied%.*s,leftopen%.*s.",
            TEXT_ARG(field_of(table, json, "n")), TEXT_ARG(field_of(table, json, "x")),
            TEXT_ARG(field_of(table, json, "missing")));
    struct text people = text_format(arena, "Population%.*s,asked%.*s,received%.*s.",
        TEXT_ARG(or_dash(field_of(table, json, "population"))),
        TEXT_ARG(or_dash(field_of(table, json, "asked"))),
        TEXT_ARG(field_of(table, json, "received")));
    contains(formats->text, counts, "text", id);
    contains(formats->pdf, counts, "PDF", id);
    contains(formats->text, people, "text", id);
    contains(formats->pdf, people, "PDF", id);
    if (is_score || text_equals(field_of(table, json, "n"), TEXT("0")))
        return;
    struct text rate = printed(formats, field_of(table, json, "rate_bp"), "%");
    struct text interval =
        range(formats, field_of(table, json, "lo_bp"), field_of(table, json, "hi_bp"));
    contains(formats->text,
        text_format(arena, "%.*s95%%interval%.*s", TEXT_ARG(rate), TEXT_ARG(interval)),
        "text", id);
    contains(formats->pdf,
        text_format(
            arena, "Actual%.*s,95%%interval%.*s.", TEXT_ARG(rate), TEXT_ARG(interval)),
        "PDF", id);
}

/* ---- flags and groups ---- */

/* What the figure is without flagged answers; false: it is not shown. */
static bool compare_without(struct formats *formats, size_t json)
{
    struct arena *arena = formats->arena;
    const struct table *table = formats->json;
    struct text id = field_of(table, json, "id");
    struct text flagged = field_of(table, json, "flagged");
    bool is_score = text_equals(field_of(table, json, "measure"), TEXT("score"));
    bool is_shown = field_of(table, json, "without_verdict").len > 0;
    struct text rate =
        printed(formats, field_of(table, json, "without_rate_bp"), is_score ? "" : "%");
    same(flagged, field_of(formats->figures, json, "flagged"), "flagged", id);
    same(is_shown ? field_of(table, json, "without_n") : TEXT("＊"),
        field_of(formats->figures, json, "valid without flagged"), "without_n", id);
    same(is_shown ? field_of(table, json, "without_x") : TEXT("＊"),
        field_of(formats->figures, json, "satisfied without flagged"), "without_x", id);
    same(is_shown ? rate : TEXT("＊"),
        field_of(formats->figures, json, "rate without flagged"), "without_rate", id);
    if (text_equals(flagged, TEXT("0")))
        return is_shown;
    contains(formats->pdf,
        text_format(arena, "%.*softheanswersthatcountlookunusual", TEXT_ARG(flagged)),
        "PDF", id);
    struct text without = text_format(
        arena, "Without%.*sflaggedanswers:%.*s,", TEXT_ARG(flagged), TEXT_ARG(rate));
    if (!is_shown && field_of(table, json, "n").len > 0)
        contains(formats->pdf, TEXT("Whatthefigureiswithoutthemisnotshown"), "PDF", id);
    if (is_shown) {
        contains(formats->text, without, "text", id);
        contains(formats->pdf, without, "PDF", id);
    }
    return is_shown;
}

static void compare_group(
    struct formats *formats, size_t json, const char *group, const char *name, size_t row)
{
    struct arena *arena = formats->arena;
    const struct table *table = formats->json;
    struct text id = field_of(table, json, "id");
    struct text field[3];
    static const char *const fields[] = {"received", "n", "bp"};
    for (size_t i = 0; i < 3; i++)
        field[i] = field_of(table, json,
            text_to_string(arena, text_format(arena, "%s_%s", group, fields[i])));
    bool is_hidden = field[1].len == 0;
    struct text n = is_hidden ? TEXT("＊") : field[1];
    struct text rate = is_hidden ? TEXT("＊") : printed(formats, field[2], "%");
    same(field[0], field_of(formats->groups, row, "received"), group, id);
    same(n, field_of(formats->groups, row, "valid"), group, id);
    same(rate, field_of(formats->groups, row, "rate"), group, id);
    if (text_equals(field[0], TEXT("0")))
        return;
    struct text words = text_format(arena, "%s:received%.*s,valid%.*s,rate%.*s.", name,
        TEXT_ARG(field[0]), TEXT_ARG(n), TEXT_ARG(rate));
    contains(formats->text, words, "text", id);
    contains(formats->pdf, words, "PDF", id);
}

static void compare_response(struct formats *formats, size_t json)
{
    const struct table *table = formats->json;
    struct text id = field_of(table, json, "id");
    struct text asked = field_of(table, json, "asked");
    struct text answered = field_of(table, json, "answered");
    struct text rate = printed(formats, field_of(table, json, "response_bp"), "%");
    same(answered, field_of(formats->figures, json, "answered with a code"), "answered",
        id);
    same(rate, field_of(formats->figures, json, "response rate"), "response", id);
    if (rate.len == 0)
        return;
    struct text words =
        text_format(formats->arena, "Of%.*sasked,%.*sansweredwiththeircode:%.*s.",
            TEXT_ARG(asked), TEXT_ARG(answered), TEXT_ARG(rate));
    contains(formats->text, words, "text", id);
    contains(formats->pdf, words, "PDF", id);
}

/* How many figures without flagged answers are shown. */
static size_t compare_flags_and_groups(struct formats *formats)
{
    size_t row = 1, shown = 0;
    for (size_t i = 1; i < formats->json->count; i++) {
        if (!text_equals(field_of(formats->json, i, "kind"), TEXT("rating")))
            continue;
        compare_response(formats, i);
        compare_group(formats, i, "invited", "Invited", row++);
        compare_group(formats, i, "walk_in", "Walk-in", row++);
        shown += compare_without(formats, i);
    }
    assert_int_equal(row, formats->groups->count);
    return shown;
}

static size_t compare_indicators(struct formats *formats)
{
    size_t compared = 0;
    assert_int_equal(formats->json->count, formats->figures->count);
    every_row_of_the_csv_is_whole(formats);
    for (size_t i = 1; i < formats->json->count; i++) {
        if (!text_equals(field_of(formats->json, i, "kind"), TEXT("rating")))
            continue;
        bool is_hidden = field_of(formats->json, i, "n").len == 0;
        compare_json_and_csv(formats, i);
        compare_json_and_sheet(formats, i, is_hidden);
        if (!is_hidden)
            compare_json_and_words(formats, i);
        compared += !is_hidden;
    }
    return compared;
}

/* ---- waves ---- */

static void compare_wave_and_sheet(struct formats *formats, size_t csv, size_t sheet)
{
    static const char *const counts[][2] = {
        {"population", "population"}, {"asked", "asked"}, {"received", "received"}};
    static const char *const hiding[][2] = {{"n", "valid"}, {"x", "satisfied"}};
    static const char *const rates[][2] = {
        {"rate_bp", "rate"}, {"lo_bp", "interval from"}, {"hi_bp", "interval to"}};
    struct text wave = field_of(formats->csv, csv, "wave");
    bool is_hidden = text_equals(field_of(formats->csv, csv, "hidden"), TEXT("1"));
    same(wave, field_of(formats->waves, sheet, "wave"), "wave", wave);
    for (size_t i = 0; i < 3; i++)
        same(field_of(formats->csv, csv, counts[i][0]),
            field_of(formats->waves, sheet, counts[i][1]), counts[i][0], wave);
    for (size_t i = 0; i < 2; i++)
        same(is_hidden ? TEXT("＊") : field_of(formats->csv, csv, hiding[i][0]),
            field_of(formats->waves, sheet, hiding[i][1]), hiding[i][0], wave);
    for (size_t i = 0; i < 3; i++)
        same(is_hidden ? TEXT("＊")
                       : printed(formats, field_of(formats->csv, csv, rates[i][0]), "%"),
            field_of(formats->waves, sheet, rates[i][1]), rates[i][0], wave);
}

/* The numbers of a row stand behind each other in both. */
static void compare_wave_and_words(struct formats *formats, size_t csv)
{
    const struct table *table = formats->csv;
    struct text wave = field_of(table, csv, "wave");
    struct text rate = printed(formats, field_of(table, csv, "rate_bp"), "%");
    struct text interval =
        range(formats, field_of(table, csv, "lo_bp"), field_of(table, csv, "hi_bp"));
    struct text population = or_dash(field_of(table, csv, "population"));
    if (field_of(table, csv, "rate_bp").len == 0)
        return;
    contains(formats->text,
        text_format(formats->arena, "%.*s%.*s%.*s%.*s%.*s%.*s%.*s", TEXT_ARG(wave),
            TEXT_ARG(population), TEXT_ARG(or_dash(field_of(table, csv, "asked"))),
            TEXT_ARG(field_of(table, csv, "received")),
            TEXT_ARG(field_of(table, csv, "n")), TEXT_ARG(rate), TEXT_ARG(interval)),
        "text", wave);
    contains(formats->pdf,
        text_format(formats->arena, "%.*s%s%.*s%.*s%.*s%.*s%.*s%.*s", TEXT_ARG(wave),
            text_equals(field_of(table, csv, "counts"), TEXT("1")) ? "" : "(notcounted)",
            TEXT_ARG(population), TEXT_ARG(field_of(table, csv, "received")),
            TEXT_ARG(field_of(table, csv, "n")), TEXT_ARG(field_of(table, csv, "x")),
            TEXT_ARG(rate), TEXT_ARG(interval)),
        "PDF", wave);
}

/* Every comment of the JSON stands in each other format but the CSV, which has none; how
   many there are. */
static size_t compare_comments(struct formats *formats)
{
    struct arena *arena = formats->arena;
    const char *texts = run(formats,
        "jq -r '.indicators[].comments | select(. != null) | .texts[].text | "
        "gsub(\"[ \\n]\"; \"\")' r.json");
    const char *sheet = run(formats, "tr -d ' ' <r-Comments.csv");
    const char *table = run(formats, "tr -d ' \\n' <r.csv");
    size_t count = 0;
    for (const char *at = texts; *at != '\0'; count++) {
        struct text words = {at, strcspn(at, "\n")};
        contains(formats->text, words, "text", words);
        contains(formats->pdf, words, "PDF", words);
        contains(sheet, words, "XLSX", words);
        assert_null(strstr(table, text_to_string(arena, words)));
        at += words.len + (at[words.len] == '\n');
    }
    return count;
}

static size_t compare_waves(struct formats *formats)
{
    size_t sheet = 1;
    for (size_t i = 1; i < formats->csv->count; i++) {
        if (!text_equals(field_of(formats->csv, i, "row"), TEXT("stratum")))
            continue;
        compare_wave_and_sheet(formats, i, sheet++);
        compare_wave_and_words(formats, i);
    }
    assert_int_equal(sheet, formats->waves->count);
    return sheet - 1;
}

static void make(
    struct formats *formats, struct arena *arena, const struct report *report)
{
    *formats = (struct formats){.arena = arena};
    assert_true(temp_folder_make(formats->folder));
    write_all(formats, report);
    read_all(formats);
}

static void drop(struct formats *formats)
{
    (void)run(formats, "rm -rf \"$PWD\"");
}

/* ---- cases ---- */

static void all_formats_of_a_store_have_the_same_figures(void **state)
{
    struct report_scene *scene = *state;
    struct demo demo;
    struct formats formats;
    struct report report;
    struct store *store = NULL;
    struct plans *plans = NULL;
    char folder[40];
    int64_t version;
    bool is_new;
    struct problems problems;
    problems_init(&problems, scene->arena);
    assert_true(temp_folder_make(folder));
    assert_int_equal(store_open(folder, STORE_MAKE, &problems, &store), STATUS_OK);
    assert_int_equal(demo_store_begin(store), STATUS_OK);
    assert_int_equal(plans_apply(store, scene->arena, shipped_plan(), DEMO_TODAY,
                         &problems, &version, &is_new),
        STATUS_OK);
    assert_int_equal(plans_open(store, &plans), STATUS_OK);
    assert_int_equal(
        demo_make(scene->arena, plans_current(plans)->plan, 1, &demo), STATUS_OK);
    assert_int_equal(demo_store_fill(store, scene->arena, &demo, NULL, NULL), STATUS_OK);
    assert_int_equal(report_load(store, scene->arena, plans_current(plans), DEMO_TODAY,
                         DEMO_TODAY, &report),
        STATUS_OK);

    make(&formats, scene->arena, &report);

    assert_int_equal(compare_indicators(&formats), 3);
    assert_true(compare_waves(&formats) >= 15);
    assert_int_equal(compare_flags_and_groups(&formats), 3);
    assert_true(compare_comments(&formats) >= 40);
    drop(&formats);
    plans_close(plans);
    store_close(store);
    temp_folder_remove(folder);
}

static void all_formats_agree_on_scores_hidden_figures_and_no_answers(void **state)
{
    struct report_scene *scene = *state;
    struct formats formats;

    make(&formats, scene->arena, &scene->report);

    assert_int_equal(compare_indicators(&formats), 4); /* none: no answers is a figure */
    assert_int_equal(compare_waves(&formats), 9);
    (void)compare_flags_and_groups(&formats);
    drop(&formats);
}

static void all_formats_agree_on_the_figures_without_flagged_answers(void **state)
{
    struct report_scene *scene = *state;
    struct formats formats;
    report_scene_flag(scene);

    make(&formats, scene->arena, &scene->report);

    assert_int_equal(compare_indicators(&formats), 5);
    assert_int_equal(compare_flags_and_groups(&formats), 4); /* not of few */
    drop(&formats);
}

static void json_and_csv_have_the_same_weeks_and_lines(void **state)
{
    struct report_scene *scene = *state;
    struct formats formats;
    report_scene_weeks(scene);

    make(&formats, scene->arena, &scene->report);

    assert_int_equal(compare_weeks(&formats), SCENE_WEEKS + 1);
    every_row_of_the_csv_is_whole(&formats);
    drop(&formats);
}

#define WITH_SCENE(test)                                                                 \
    cmocka_unit_test_setup_teardown(test, report_scene_set_up, report_scene_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCENE(all_formats_of_a_store_have_the_same_figures),
        WITH_SCENE(all_formats_agree_on_scores_hidden_figures_and_no_answers),
        WITH_SCENE(all_formats_agree_on_the_figures_without_flagged_answers),
        WITH_SCENE(json_and_csv_have_the_same_weeks_and_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
