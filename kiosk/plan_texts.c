/* plan_texts.c: texts for people, ids, words of a list, and conditions. */
#include "kiosk/plan_reading.h"

#include "kiosk/language.h"
#include "kiosk/limits.h"
#include "kiosk/plan_spell.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool read_text(const struct reading *reading, void *value)
{
    struct text clean;
    bool is_full;
    if (!text_clean(reading->reader->arena, reading->scalar.text, &clean, &is_full)) {
        reading->reader->is_full |= is_full;
        return is_full
                   ? false
                   : reading_refuse_plainly(reading, N_("This text has invisible control "
                                                        "characters. Type it again."));
    }
    int64_t count = text_count_characters(clean);
    if (count == 0)
        return reading_refuse_plainly(reading, N_("This text is empty. Write it."));
    if (count > reading->key->max)
        return reading_refuse(reading,
            N_("This text has {2} characters; at most {3} can be read in one breath. "
               "Shorten it."),
            reading_number(reading, count), reading_number(reading, reading->key->max),
            (struct text){0});
    ((struct text_value *)value)->text = clean;
    return true;
}

static bool is_id(struct text text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool is_letter = c >= 'a' && c <= 'z';
        if (!is_letter && !is_digit(c) && !(c == '-' && i > 0))
            return false;
    }
    return text.len > 0;
}

/* Capitals in lower case, spaces, dots and underscores as dashes; empty if still no id.
 */
static struct text id_meant(const struct reading *reading)
{
    struct text text = text_trim(reading->scalar.text);
    char *copy = arena_take(reading_notes(reading), text.len);
    if (copy == NULL || text.len > ID_BYTES_MAX)
        return (struct text){0};
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        copy[i] = c >= 'A' && c <= 'Z'               ? (char)(c - 'A' + 'a')
                  : c == ' ' || c == '_' || c == '.' ? '-'
                                                     : c;
    }
    struct text meant = {copy, text.len};
    return is_id(meant) ? meant : (struct text){0};
}

/* Also a wrong id is kept: what refers to it is not wrong, too. */
bool read_id(const struct reading *reading, void *value)
{
    struct text text = reading->scalar.text;
    if (!reading_keep(reading, text, &((struct text_value *)value)->text))
        return false;
    if (!is_id(text))
        return reading_refuse_for(reading,
            N_("“{1}” cannot be an id. Use lower-case letters, digits and -, and begin "
               "with a letter or a digit."),
            id_meant(reading));
    if (text.len > ID_BYTES_MAX)
        return reading_refuse(reading,
            N_("The id “{1}” has {2} letters; at most {3} are allowed. Shorten it."),
            reading_number(reading, (int64_t)text.len),
            reading_number(reading, ID_BYTES_MAX), (struct text){0});
    return true;
}

/* Names of fields and columns that stand beside the items' in forms and tables. */
static const char *const reserved[] = {
    "submission", "lang", "programme", "wave", "centre", "channel", "mode", "date"};

bool read_item_id(const struct reading *reading, void *value)
{
    struct text text = reading->scalar.text;
    if (!reading_keep(reading, text, &((struct text_value *)value)->text))
        return false;
    if (is_id(text) && is_digit(text.ptr[0]))
        return reading_refuse_plainly(
            reading, N_("The id of an item begins with a letter. Choose another id than "
                        "“{1}”."));
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (text_equals(text, text_of(reserved[i])))
            return reading_refuse_plainly(
                reading, N_("“{1}” is a word that forms and tables use "
                            "themselves. Choose another id for this "
                            "item."));
    return read_id(reading, value);
}

bool read_reference(const struct reading *reading, void *value)
{
    return reading_keep(
        reading, reading->scalar.text, &((struct text_value *)value)->text);
}

/* The words as a list, for the message. */
static struct text words_text(const struct reading *reading)
{
    struct buffer buffer;
    buffer_init(&buffer, reading_notes(reading), 200);
    for (const char *const *word = reading->key->words; *word != NULL; word++) {
        buffer_add_string(&buffer, word == reading->key->words ? "" : ", ");
        buffer_add_string(&buffer, *word);
    }
    return buffer_text(&buffer);
}

bool read_word(const struct reading *reading, void *value)
{
    struct text text = reading->scalar.text;
    struct spelling spelling = spelling_of(text);
    for (int i = 0; reading->key->words[i] != NULL; i++) {
        struct text word = text_of(reading->key->words[i]);
        if (text_equals(text, word)) {
            ((struct number_value *)value)->number = i;
            return true;
        }
        spelling_try(&spelling, word);
    }
    return reading_refuse(reading,
        N_("“{1}” is not a word that can stand here. Write one of: {2}."),
        words_text(reading), (struct text){0}, spelling.best);
}

/* What YAML 1.1, other formats and people write for true and false. */
static const struct {
    const char *word;
    const char *meant;
} flag_words[] = {
    {"yes", "true"},
    {"no", "false"},
    {"on", "true"},
    {"off", "false"},
    {"y", "true"},
    {"n", "false"},
    {"1", "true"},
    {"0", "false"},
    {"是", "true"},
    {"否", "false"},
    {"true", "true"},
    {"false", "false"},
};

bool read_flag(const struct reading *reading, void *value)
{
    struct text text = reading->scalar.text;
    bool is_true = text_equals(text, TEXT("true"));
    if (reading->scalar.is_plain && (is_true || text_equals(text, TEXT("false")))) {
        ((struct number_value *)value)->number = is_true;
        return true;
    }
    struct spelling spelling = spelling_of(text);
    spelling_try(&spelling, TEXT("true"));
    spelling_try(&spelling, TEXT("false"));
    for (size_t i = 0; i < sizeof flag_words / sizeof *flag_words; i++)
        if (text_equals_ignoring_case(text, text_of(flag_words[i].word)))
            spelling.best = text_of(flag_words[i].meant);
    return reading_refuse_for(reading,
        N_("“{1}” is neither true nor false. Write one of these two, without quotation "
           "marks."),
        spelling.best);
}

/* ITEM <= 1..4, with or without spaces. */
bool read_when(const struct reading *reading, void *value)
{
    struct text text = text_trim(reading->scalar.text);
    size_t len = 0;
    while (len < text.len && text.ptr[len] != ' ' && text.ptr[len] != '<')
        len++;
    struct text item = {text.ptr, len};
    struct text rest = text_trim(text_skip(text, len));
    struct text level = text_starts_with(rest, TEXT("<=")) ? text_trim(text_skip(rest, 2))
                                                           : (struct text){0};
    bool is_level = level.len == 1 && level.ptr[0] >= '1' && level.ptr[0] <= '4';
    if (item.len == 0 || !is_level)
        return reading_refuse_plainly(reading,
            N_("“{1}” is not a condition. Write the id of an earlier rating, <= and a "
               "level from 1 to 4, like “overall <= 2”."));
    struct when_value *when = value;
    when->level = level.ptr[0] - '0';
    return reading_keep(reading, item, &when->item);
}
