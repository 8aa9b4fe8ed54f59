/* import.c: rows of a file, against the plan. Every mistake is reported with its line and
   its column. */
#include "kiosk/import.h"

#include "kiosk/plan_spell.h"

#include <sodium.h>
#include <string.h>

bool import_row_is_blank(const struct import_row *row)
{
    for (size_t i = 0; i < row->cell_count; i++)
        if (text_trim(row->cells[i]).len > 0)
            return false;
    return true;
}

/* A row while it is read. */
struct reading {
    struct arena *arena;
    const struct import_layout *layout;
    const struct import_row *row;
    struct problems *problems;
    const struct plan_programme *programme; /* NULL: unknown, the cells say nothing … */
    const struct plan_wave *wave;           /* … or the wave's do */
    struct submission submission;
};

static struct text cell_of(const struct reading *reading, enum import_column column)
{
    size_t place = reading->layout->places[column];
    return place < reading->row->cell_count ? text_trim(reading->row->cells[place])
                                            : TEXT("");
}

static void report(struct reading *reading, size_t place, struct problem problem)
{
    problem.line = reading->row->line;
    problem.column = (unsigned)place + 1;
    problems_add_quoted(reading->problems, problem);
}

static void report_cell(
    struct reading *reading, enum import_column column, struct problem problem)
{
    report(reading, reading->layout->places[column], problem);
}

/* False after a problem. */
static bool is_filled(struct reading *reading, enum import_column column)
{
    if (cell_of(reading, column).len > 0)
        return true;
    report_cell(reading, column,
        (struct problem){.message = N_("This row has no {1}."),
            .argument = {import_column_name(column)}});
    return false;
}

static void read_programme(struct reading *reading)
{
    const struct plan *plan = reading->layout->plan;
    struct text id = cell_of(reading, IMPORT_PROGRAMME);
    if (!is_filled(reading, IMPORT_PROGRAMME))
        return;
    reading->programme = plan_find_programme(plan, id);
    if (reading->programme != NULL) {
        reading->submission.programme = reading->programme->id;
        return;
    }
    struct spelling spelling = spelling_of(id);
    for (size_t i = 0; i < plan->programme_count; i++)
        spelling_try(&spelling, plan->programmes[i].id);
    report_cell(reading, IMPORT_PROGRAMME,
        (struct problem){.message = N_("The plan has no programme \"{1}\"."),
            .argument = {id},
            .did_you_mean = spelling.best});
}

static void read_wave(struct reading *reading)
{
    const struct plan_programme *programme = reading->programme;
    struct text id = cell_of(reading, IMPORT_WAVE);
    if (!is_filled(reading, IMPORT_WAVE) || programme == NULL)
        return;
    reading->wave = programme_find_wave(programme, id);
    if (reading->wave != NULL) {
        reading->submission.wave = reading->wave->id;
        return;
    }
    struct spelling spelling = spelling_of(id);
    for (size_t i = 0; i < programme->wave_count; i++)
        spelling_try(&spelling, programme->waves[i].id);
    report_cell(reading, IMPORT_WAVE,
        (struct problem){.message = N_("Programme {1} has no wave \"{2}\"."),
            .argument = {programme->id, id},
            .did_you_mean = spelling.best});
}

static void read_centre(struct reading *reading)
{
    const struct plan *plan = reading->layout->plan;
    const struct plan_programme *programme = reading->programme;
    struct text id = cell_of(reading, IMPORT_CENTRE);
    if (id.len == 0 || programme == NULL)
        return;
    struct spelling spelling = spelling_of(id);
    for (size_t i = 0; i < programme->centre_count; i++) {
        struct text known = plan->centres[programme->centres[i]].id;
        if (text_equals(known, id))
            reading->submission.centre = known;
        spelling_try(&spelling, known);
    }
    if (reading->submission.centre.len == 0)
        report_cell(reading, IMPORT_CENTRE,
            (struct problem){.message = N_("Programme {1} has no centre \"{2}\"."),
                .argument = {programme->id, id},
                .did_you_mean = spelling.best});
}

static void read_channel(struct reading *reading)
{
    struct text word = cell_of(reading, IMPORT_CHANNEL);
    if (!is_filled(reading, IMPORT_CHANNEL) ||
        channel_parse(word, &reading->submission.channel))
        return;
    struct spelling spelling = spelling_of(word);
    for (int i = 0; i < CHANNEL_COUNT; i++)
        spelling_try(&spelling, channel_word((enum channel)i));
    report_cell(reading, IMPORT_CHANNEL,
        (struct problem){.message = N_("“{1}” is not a channel. Write kiosk, poster, "
                                       "slip, link, paper or phone."),
            .argument = {word},
            .did_you_mean = spelling.best});
}

static void read_mode(struct reading *reading)
{
    struct text word = cell_of(reading, IMPORT_MODE);
    reading->submission.mode = MODE_SELF;
    if (word.len == 0 || mode_parse(word, &reading->submission.mode))
        return;
    report_cell(reading, IMPORT_MODE,
        (struct problem){.message = N_("“{1}” is not a mode. Write self or assisted, or "
                                       "leave the cell empty."),
            .argument = {word}});
}

/* YYYY-MM-DD, and what spreadsheet programs make of it: 2026/5/3. Year, month and day
   stand in the same order there, so no day is taken for another. */
static bool read_day(struct text cell, day_t *out)
{
    char whole[] = "0000-00-00";
    size_t at = 0;
    static const size_t ends[] = {4, 7, 10};
    for (size_t part = 0; part < 3; part++) {
        size_t digits = 0;
        while (at + digits < cell.len && cell.ptr[at + digits] >= '0' &&
               cell.ptr[at + digits] <= '9')
            digits++;
        bool is_last = part == 2;
        char behind = at + digits < cell.len ? cell.ptr[at + digits] : '\0';
        if (digits == 0 || digits > (part == 0 ? 4 : 2) ||
            is_last != (at + digits == cell.len) ||
            (!is_last && behind != '-' && behind != '/'))
            return false;
        memcpy(whole + ends[part] - digits, cell.ptr + at, digits);
        at += digits + 1;
    }
    return day_parse(text_of(whole), out);
}

static void read_date(struct reading *reading)
{
    const struct plan_wave *wave = reading->wave;
    struct text cell = cell_of(reading, IMPORT_DATE);
    day_t day;
    if (!is_filled(reading, IMPORT_DATE))
        return;
    if (!read_day(cell, &day)) {
        report_cell(reading, IMPORT_DATE,
            (struct problem){.message = N_("“{1}” is not a day. Write it as YYYY-MM-DD."),
                .argument = {cell}});
        return;
    }
    if (wave == NULL)
        return;
    reading->submission.period =
        period_start(reading->programme->grain, wave->opens, day);
    if (day >= wave->opens && day <= wave->closes)
        return;
    struct arena *arena = reading->problems->arena;
    report_cell(reading, IMPORT_DATE,
        (struct problem){
            .message = N_("{1} is not a day of the wave {2}, which goes from "
                          "{3} to {4}."),
            .argument = {day_format(arena, day), wave->id, day_format(arena, wave->opens),
                day_format(arena, wave->closes)}});
}

/* ---- items ---- */

/* A row's answers as the fields of a form. */
struct fields {
    struct field *list;
    size_t count;
    size_t capacity;
};

static bool add_field(
    struct arena *arena, struct fields *fields, struct text name, struct text value)
{
    if (fields->count == fields->capacity) {
        size_t wanted = fields->capacity == 0 ? 16 : fields->capacity * 2;
        struct field *longer = arena_grow(arena, fields->list,
            fields->capacity * sizeof *longer, wanted * sizeof *longer);
        if (longer == NULL)
            return false;
        fields->list = longer;
        fields->capacity = wanted;
    }
    fields->list[fields->count++] = (struct field){name, value};
    return true;
}

static bool is_choice(const struct reading *reading, struct text item)
{
    const struct plan_questionnaire *questionnaire =
        programme_questionnaire(reading->layout->plan, reading->programme);
    size_t at = questionnaire_find_item(questionnaire, item);
    return at != PLAN_NONE && questionnaire->items[at].kind == ITEM_CHOICE;
}

/* A field an option: "late;far", or "late|far". */
static bool add_options(
    struct arena *arena, struct fields *fields, struct text name, struct text cell)
{
    for (size_t at = 0; at <= cell.len;) {
        size_t end = at;
        while (end < cell.len && cell.ptr[end] != ';' && cell.ptr[end] != '|')
            end++;
        struct text option = text_trim((struct text){cell.ptr + at, end - at});
        if (option.len > 0 && !add_field(arena, fields, name, option))
            return false;
        at = end + 1;
    }
    return true;
}

/* False without memory. */
static bool collect_cell(struct reading *reading, struct fields *fields, size_t place)
{
    struct import_header_cell header = {0};
    struct text cell = text_trim(reading->row->cells[place]);
    if (place < reading->layout->column_count)
        header = reading->layout->header[place];
    if (cell.len > 0 && !header.has_name)
        report(reading, place,
            (struct problem){.message = N_("“{1}” stands in a column without a name."),
                .argument = {cell}});
    if (cell.len == 0 || header.item.len == 0)
        return true;
    return is_choice(reading, header.item)
               ? add_options(reading->arena, fields, header.item, cell)
               : add_field(reading->arena, fields, header.item, cell);
}

static size_t place_of_item(const struct import_layout *layout, struct text item)
{
    size_t place = 0;
    while (place < layout->column_count && !text_equals(layout->header[place].item, item))
        place++;
    return place;
}

static enum status read_items(struct reading *reading)
{
    struct fields fields = {0};
    struct problems found;
    if (reading->programme == NULL)
        return STATUS_OK;
    for (size_t i = 0; i < reading->row->cell_count; i++)
        if (!collect_cell(reading, &fields, i))
            return STATUS_NO_MEMORY;
    problems_init(&found, reading->arena);
    enum status rc = submission_check_collected(reading->arena,
        programme_questionnaire(reading->layout->plan, reading->programme), fields.list,
        fields.count, &found, &reading->submission);
    for (size_t i = 0; i < found.count; i++)
        report(
            reading, place_of_item(reading->layout, found.list[i].field), found.list[i]);
    if (rc == STATUS_INVALID) /* what was found is reported now */
        return found.count > 0 ? STATUS_OK : STATUS_NO_MEMORY;
    return rc;
}

/* ---- ids ---- */

/* Any UUID, or a row without one, gives the same id each time it is read. */
static struct submission_id make_id(
    const struct reading *reading, const void *bytes, size_t size)
{
    unsigned char hash[SUBMISSION_RANDOM_BYTES];
    (void)crypto_generichash(hash, sizeof hash, bytes, size, NULL, 0);
    return submission_id_make(reading->submission.period, hash);
}

static struct submission_id id_of_line(const struct reading *reading)
{
    unsigned char bytes[IMPORT_DIGEST_BYTES + 4];
    unsigned line = reading->row->line;
    memcpy(bytes, reading->layout->digest.bytes, IMPORT_DIGEST_BYTES);
    for (unsigned i = 0; i < 4; i++)
        bytes[IMPORT_DIGEST_BYTES + i] = (unsigned char)(line >> (8 * i));
    return make_id(reading, bytes, sizeof bytes);
}

static void read_id(struct reading *reading, struct import_entry *entry)
{
    struct text cell = cell_of(reading, IMPORT_SUBMISSION);
    struct submission_id *id = &reading->submission.id;
    if (cell.len == 0) {
        *id = id_of_line(reading);
        return;
    }
    if (submission_uuid_parse(cell, &entry->uuid) != STATUS_OK) {
        report_cell(reading, IMPORT_SUBMISSION,
            (struct problem){
                .message = N_("“{1}” is not a UUID. Leave the cell empty if the answer "
                              "has none."),
                .argument = {cell}});
        return;
    }
    entry->has_uuid = true;
    bool is_ours = submission_id_is_ours(&entry->uuid) &&
                   submission_id_period(&entry->uuid) == reading->submission.period;
    *id = is_ours ? entry->uuid
                  : make_id(reading, entry->uuid.bytes, sizeof entry->uuid.bytes);
}

enum status import_read_row(struct arena *arena, const struct import_layout *layout,
    const struct import_row *row, struct problems *problems, struct import_entry *out)
{
    struct reading reading = {
        .arena = arena, .layout = layout, .row = row, .problems = problems};
    struct import_entry entry = {0};
    size_t before = problems->count;
    reading.submission.plan_version = layout->plan_version;
    read_programme(&reading);
    read_wave(&reading);
    read_centre(&reading);
    read_channel(&reading);
    read_mode(&reading);
    read_date(&reading);
    read_id(&reading, &entry);
    enum status rc = read_items(&reading);
    if (rc != STATUS_OK)
        return rc;
    if (problems->count > before || problems->is_incomplete)
        return STATUS_INVALID;
    entry.submission = reading.submission;
    entry.questionnaire = programme_questionnaire(layout->plan, reading.programme);
    *out = entry;
    return STATUS_OK;
}
