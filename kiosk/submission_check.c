/* submission_check.c: what was filled in, against the questionnaire. Each field is read
   into its item, conditions are applied, what is required is looked for, and the answers
   are written as one text. */
#include "kiosk/plan_spell.h"
#include "kiosk/shown.h"
#include "kiosk/submission.h"

#include <string.h>

enum mistake {
    MISTAKE_NOT_ASKED,
    MISTAKE_MISSING,
    MISTAKE_LEVEL,
    MISTAKE_LEVEL_OR_UNKNOWN,
    MISTAKE_OPTION,
    MISTAKE_ANSWERED_TWICE,
    MISTAKE_TEXT_TWICE,
    MISTAKE_TEXT_CHARACTERS,
    MISTAKE_TEXT_LENGTH,
    MISTAKE_COUNT
};

/* To the person who filled in the form. */
static const char *const words_to_person[MISTAKE_COUNT] = {
    [MISTAKE_NOT_ASKED] =
        N_("The form has a question that is not asked here; please open it again."),
    [MISTAKE_MISSING] = N_("Please choose one."),
    [MISTAKE_LEVEL] = N_("This is not one of the answers; please choose one."),
    [MISTAKE_LEVEL_OR_UNKNOWN] = N_("This is not one of the answers; please choose one."),
    [MISTAKE_OPTION] = N_("This is not one of the answers; please choose one."),
    [MISTAKE_ANSWERED_TWICE] = N_("This question was answered twice; please choose one."),
    [MISTAKE_TEXT_TWICE] = N_("This text came twice; please send the form once more."),
    [MISTAKE_TEXT_CHARACTERS] =
        N_("This text has characters that can't be kept; please type it again."),
    [MISTAKE_TEXT_LENGTH] = N_("This text is too long; please shorten it."),
};

/* To the office that collected the answers: {1} is the item, {2} the value, {3} the most
   characters. */
static const char *const words_to_office[MISTAKE_COUNT] = {
    [MISTAKE_NOT_ASKED] = N_("This programme does not ask “{1}”. Leave the cell empty."),
    [MISTAKE_LEVEL] = N_("“{2}” is no answer to “{1}”. Write a level from 1 to 5, or "
                         "leave the cell empty."),
    [MISTAKE_LEVEL_OR_UNKNOWN] =
        N_("“{2}” is no answer to “{1}”. Write a level from 1 to 5 or unknown, or leave "
           "the cell empty."),
    [MISTAKE_OPTION] = N_("“{1}” has no option “{2}”."),
    [MISTAKE_ANSWERED_TWICE] = N_("“{1}” takes one answer only."),
    [MISTAKE_TEXT_TWICE] = N_("“{1}” takes one answer only."),
    [MISTAKE_TEXT_CHARACTERS] =
        N_("The text of “{1}” has characters that can't be kept. Type it again."),
    [MISTAKE_TEXT_LENGTH] =
        N_("The text of “{1}” is longer than {3} characters. Shorten it."),
};

/* What was given for one item so far. */
struct given {
    bool is_given;    /* a field named it, even with an empty value */
    bool is_bad;      /* a problem was reported already */
    int level;        /* rating: 1–5, 0 unknown, -1 blank */
    uint32_t options; /* choice: bit 0 the first option */
    struct text text; /* text: cleaned */
};

struct check {
    struct arena *arena;
    const char *const *words; /* one a mistake */
    bool is_collected;        /* nothing is required, and an office reads the words */
    const struct plan_questionnaire *questionnaire;
    struct given *given; /* one an item */
    struct problems *problems;
    bool is_full;
};

static void report(
    struct check *check, enum mistake mistake, struct text field, struct problem problem)
{
    problem.field = field;
    problem.message = check->words[mistake];
    problem.argument[0] = field;
    problems_add(check->problems, problem);
}

static void report_value(
    struct check *check, enum mistake mistake, size_t item, struct text value)
{
    check->given[item].is_bad = true;
    report(check, mistake, check->questionnaire->items[item].id,
        (struct problem){.argument = {[1] = value}});
}

static void read_rating(struct check *check, size_t item, struct text value)
{
    const struct plan_item *asked = &check->questionnaire->items[item];
    struct given *given = &check->given[item];
    if (given->is_given)
        report_value(check, MISTAKE_ANSWERED_TWICE, item, value);
    else if (value.len == 0)
        given->level = -1;
    else if (value.len == 1 && value.ptr[0] >= '0' + LEVEL_MIN &&
             value.ptr[0] <= '0' + LEVEL_MAX)
        given->level = value.ptr[0] - '0';
    else if (asked->unknown && text_equals(value, TEXT("unknown")))
        given->level = 0;
    else
        report_value(check, asked->unknown ? MISTAKE_LEVEL_OR_UNKNOWN : MISTAKE_LEVEL,
            item, value);
}

/* A form's options come from the page; only a file's are typed by somebody. */
static void report_option(struct check *check, size_t item, struct text value)
{
    const struct plan_item *asked = &check->questionnaire->items[item];
    struct spelling spelling = spelling_of(value);
    for (size_t i = 0; check->is_collected && i < asked->option_count; i++)
        spelling_try(&spelling, asked->options[i].id);
    check->given[item].is_bad = true;
    report(check, MISTAKE_OPTION, asked->id,
        (struct problem){.argument = {[1] = value}, .did_you_mean = spelling.best});
}

static void read_choice(struct check *check, size_t item, struct text value)
{
    const struct plan_item *asked = &check->questionnaire->items[item];
    struct given *given = &check->given[item];
    if (value.len == 0)
        return;
    size_t at = 0;
    while (at < asked->option_count && !text_equals(asked->options[at].id, value))
        at++;
    if (at == asked->option_count)
        report_option(check, item, value);
    else if (!asked->many && given->options != 0)
        report_value(check, MISTAKE_ANSWERED_TWICE, item, value);
    else
        given->options |= UINT32_C(1) << at;
}

static void report_length(struct check *check, size_t item)
{
    const struct plan_item *asked = &check->questionnaire->items[item];
    check->given[item].is_bad = true;
    report(check, MISTAKE_TEXT_LENGTH, asked->id,
        (struct problem){
            .argument = {[2] = text_format(check->arena, "%u", asked->max)}});
}

static void read_text(struct check *check, size_t item, struct text value)
{
    const struct plan_item *asked = &check->questionnaire->items[item];
    struct given *given = &check->given[item];
    bool is_full = false;
    if (given->is_given)
        report_value(check, MISTAKE_TEXT_TWICE, item, value);
    else if (!text_clean(check->arena, value, &given->text, &is_full) && !is_full)
        report_value(check, MISTAKE_TEXT_CHARACTERS, item, value);
    else if (text_count_characters(given->text) > (int64_t)asked->max)
        report_length(check, item);
    check->is_full |= is_full;
}

static void read_field(struct check *check, const struct field *field)
{
    static void (*const readers[])(struct check *, size_t, struct text) = {
        [ITEM_RATING] = read_rating,
        [ITEM_CHOICE] = read_choice,
        [ITEM_TEXT] = read_text,
    };

    if (text_equals(field->name, TEXT("submission")) ||
        text_equals(field->name, TEXT(SHOWN_FIELD)))
        return;
    size_t item = questionnaire_find_item(check->questionnaire, field->name);
    if (item == PLAN_NONE) {
        report(check, MISTAKE_NOT_ASKED, field->name, (struct problem){0});
        return;
    }
    readers[check->questionnaire->items[item].kind](check, item, field->value);
    check->given[item].is_given = true;
}

static bool is_asked(const struct check *check, const struct plan_item *item)
{
    if (item->when_item == PLAN_NONE)
        return true;
    int level = check->given[item->when_item].level;
    return level >= LEVEL_MIN && level <= item->when_level;
}

static bool is_blank(const struct plan_item *item, const struct given *given)
{
    switch (item->kind) {
    case ITEM_RATING:
        return given->level < 0;
    case ITEM_CHOICE:
        return given->options == 0;
    case ITEM_TEXT:
        break;
    }
    return given->text.len == 0;
}

/* In the questionnaire's order: a condition refers to an earlier item, which may itself
 * be dropped. */
static void settle_items(struct check *check)
{
    for (size_t i = 0; i < check->questionnaire->item_count; i++) {
        const struct plan_item *item = &check->questionnaire->items[i];
        struct given *given = &check->given[i];
        if (!is_asked(check, item))
            *given = (struct given){.level = -1, .is_bad = given->is_bad};
        else if (!check->is_collected && item->required && !given->is_bad &&
                 is_blank(item, given))
            report_value(check, MISTAKE_MISSING, i, TEXT(""));
    }
}

static void write_answers(const struct check *check, struct buffer *answers)
{
    static const char base32[] = "0123456789abcdefghijklmnopqrstuv";

    for (size_t i = 0; i < check->questionnaire->item_count; i++) {
        const struct plan_item *item = &check->questionnaire->items[i];
        const struct given *given = &check->given[i];
        if (item->kind == ITEM_RATING)
            buffer_add_char(answers, given->level < 0 ? '-' : (char)('0' + given->level));
        for (size_t bit = 0; item->kind == ITEM_CHOICE && bit < item->option_count;
             bit += 5)
            buffer_add_char(answers, base32[given->options >> bit & 31]);
    }
}

static bool collect_comments(const struct check *check, struct submission *out)
{
    const struct plan_questionnaire *questionnaire = check->questionnaire;
    struct comment *comments =
        arena_take_array(check->arena, questionnaire->item_count, sizeof *comments);
    if (comments == NULL)
        return false;
    size_t count = 0;
    for (size_t i = 0; i < questionnaire->item_count; i++)
        if (check->given[i].text.len > 0)
            comments[count++] =
                (struct comment){questionnaire->items[i].id, check->given[i].text};
    out->comments = comments;
    out->comment_count = count;
    return true;
}

static enum status check_fields(
    struct check check, const struct field *fields, size_t count, struct submission *out)
{
    const struct plan_questionnaire *questionnaire = check.questionnaire;
    const struct problems *problems = check.problems;
    size_t before = problems->count;
    check.given =
        arena_take_array(check.arena, questionnaire->item_count, sizeof *check.given);
    if (check.given == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < questionnaire->item_count; i++)
        check.given[i].level = -1;

    for (size_t i = 0; i < count; i++)
        read_field(&check, &fields[i]);
    settle_items(&check);
    if (check.is_full)
        return STATUS_NO_MEMORY;
    if (problems->count > before || problems->is_incomplete)
        return STATUS_INVALID;

    struct buffer answers;
    buffer_init(&answers, check.arena, answers_length(questionnaire) + 1);
    write_answers(&check, &answers);
    if (answers.is_full || !collect_comments(&check, out))
        return STATUS_NO_MEMORY;
    out->answers = buffer_text(&answers);
    out->overall = check.given[questionnaire->overall].level;
    return STATUS_OK;
}

enum status submission_check(struct arena *arena,
    const struct plan_questionnaire *questionnaire, const struct field *fields,
    size_t field_count, struct problems *problems, struct submission *out)
{
    return check_fields((struct check){.arena = arena,
                            .words = words_to_person,
                            .questionnaire = questionnaire,
                            .problems = problems},
        fields, field_count, out);
}

enum status submission_check_collected(struct arena *arena,
    const struct plan_questionnaire *questionnaire, const struct field *fields,
    size_t field_count, struct problems *problems, struct submission *out)
{
    return check_fields((struct check){.arena = arena,
                            .words = words_to_office,
                            .is_collected = true,
                            .questionnaire = questionnaire,
                            .problems = problems},
        fields, field_count, out);
}
