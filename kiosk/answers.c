/* answers.c: reads the text of a submission's answers back. */
#include "kiosk/submission.h"

/* How many characters an item takes in the text: five options fit one base-32 character.
 */
static size_t item_width(const struct plan_item *item)
{
    switch (item->kind) {
    case ITEM_RATING:
        return 1;
    case ITEM_CHOICE:
        return (item->option_count + 4) / 5;
    case ITEM_TEXT:
        break;
    }
    return 0;
}

static size_t item_place(const struct plan_questionnaire *questionnaire, size_t item)
{
    size_t place = 0;
    for (size_t i = 0; i < item; i++)
        place += item_width(&questionnaire->items[i]);
    return place;
}

size_t answers_length(const struct plan_questionnaire *questionnaire)
{
    return item_place(questionnaire, questionnaire->item_count);
}

int answers_level(
    const struct plan_questionnaire *questionnaire, struct text answers, size_t item)
{
    char c = answers.ptr[item_place(questionnaire, item)];
    return c == '-' ? -1 : c - '0';
}

static int base32_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'v' ? c - 'a' + 10 : -1;
}

uint32_t answers_options(
    const struct plan_questionnaire *questionnaire, struct text answers, size_t item)
{
    const char *at = answers.ptr + item_place(questionnaire, item);
    uint32_t options = 0;
    for (size_t i = item_width(&questionnaire->items[item]); i-- > 0;)
        options = options << 5 | (uint32_t)base32_value(at[i]);
    return options;
}

static bool rating_fits(char c)
{
    return c == '-' || (c >= '0' && c <= '0' + LEVEL_MAX);
}

/* Only base-32 characters, and no bit beyond the item's options. */
static bool choice_fits(const struct plan_item *item, const char *at)
{
    uint64_t options = 0;
    for (size_t i = item_width(item); i-- > 0;) {
        int value = base32_value(at[i]);
        if (value < 0)
            return false;
        options = options << 5 | (uint64_t)value;
    }
    return options >> item->option_count == 0;
}

bool answers_fit(const struct plan_questionnaire *questionnaire, struct text answers)
{
    if (answers.len != answers_length(questionnaire))
        return false;
    const char *at = answers.ptr;
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        const struct plan_item *item = &questionnaire->items[i];
        if ((item->kind == ITEM_RATING && !rating_fits(*at)) ||
            (item->kind == ITEM_CHOICE && !choice_fits(item, at)))
            return false;
        at += item_width(item);
    }
    return true;
}
