/* report_formats.c: files of a report, and the programs that read them. */
#include "tests/support/report_formats.h"

#include "tests/support/shell.h"
#include "tests/support/temp_store.h"
#include "tests/support/test.h"

#include "web/render/report_csv.h"
#include "web/render/report_json.h"
#include "web/render/report_pdf.h"
#include "web/render/report_text.h"
#include "web/render/report_xlsx.h"

#include <stdio.h>
#include <string.h>

/* ---- reading ---- */

const char *formats_run(struct formats *formats, const char *command)
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

struct text field_of(const struct table *table, size_t row, const char *head)
{
    for (size_t i = 0; i < FIELDS_MAX; i++)
        if (text_equals(table->rows[0][i], text_of(head)))
            return table->rows[row][i];
    fail_msg("there is no column %s", head);
    return TEXT("");
}

size_t find_row(const struct table *table, const char *kind, struct text indicator)
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
    formats->text = formats_run(formats, "tr -d ' \\n' <r.txt");
    formats->pdf = formats_run(formats, "pdftotext -raw r.pdf - | tr -d ' \\n\\f'");
    formats->json = read_table(formats,
        formats_run(formats,
            "printf '" JSON_FIELDS "\\n' && jq -r '.indicators[] | [" JSON_VALUES "] | "
            "map(if . == null then \"\" else tostring end) | join(\",\")' r.json"),
        ',');
    formats->json_weeks = read_table(formats,
        formats_run(formats,
            "printf '" WEEK_FIELDS "\n-\n' && jq -r '" WEEK_VALUES " | "
            "map(if . == null then \"\" else tostring end) | join(\",\")' "
            "r.json"),
        ',');
    const char *csv = formats_run(formats, "cat r.csv");
    formats->csv = read_table(formats, csv + strlen("\xEF\xBB\xBF"), ',');
    (void)formats_run(formats,
        "soffice -env:UserInstallation=file://$PWD/office --headless "
        "--convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,"
        "false,false,-1' r.xlsx >office.txt 2>&1");
    formats->figures =
        read_table(formats, formats_run(formats, "cat r-Figures.csv"), ',');
    formats->waves = read_table(formats, formats_run(formats, "cat r-Waves.csv"), ',');
    formats->groups =
        read_table(formats, formats_run(formats, "cat 'r-Invited and walk-in.csv'"), ',');
}

void formats_make(
    struct formats *formats, struct arena *arena, const struct report *report)
{
    *formats = (struct formats){.arena = arena};
    assert_true(temp_folder_make(formats->folder));
    write_all(formats, report);
    read_all(formats);
}

void formats_drop(struct formats *formats)
{
    (void)formats_run(formats, "rm -rf \"$PWD\"");
}
