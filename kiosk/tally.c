/* tally.c: the counters of a cell and how they are packed. */
#include "kiosk/tally.h"

static size_t item_counters(const struct plan_item *item)
{
    switch (item->kind) {
    case ITEM_RATING:
        return TALLY_RATING_COUNT;
    case ITEM_CHOICE:
        return 1 + item->option_count;
    case ITEM_TEXT:
        break;
    }
    return 0;
}

size_t tally_offset(const struct plan_questionnaire *questionnaire, size_t item)
{
    size_t offset = 1; /* the first counts submissions */
    for (size_t i = 0; i < item; i++)
        offset += item_counters(&questionnaire->items[i]);
    return offset;
}

size_t tally_size(const struct plan_questionnaire *questionnaire)
{
    return tally_offset(questionnaire, questionnaire->item_count);
}

static void add_options(uint32_t options, size_t option_count, int64_t *counters)
{
    if (options == 0)
        counters[TALLY_BLANK]++;
    for (size_t i = 0; i < option_count; i++)
        counters[1 + i] += options >> i & 1;
}

void tally_add(const struct plan_questionnaire *questionnaire, struct text answers,
    int64_t *counters)
{
    counters[0]++;
    int64_t *of_item = counters + 1;
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        const struct plan_item *item = &questionnaire->items[i];
        if (item->kind == ITEM_RATING)
            of_item[answers_level(questionnaire, answers, i) + TALLY_UNKNOWN]++;
        else if (item->kind == ITEM_CHOICE)
            add_options(
                answers_options(questionnaire, answers, i), item->option_count, of_item);
        of_item += item_counters(item);
    }
}

bool tally_pack(const int64_t *counters, size_t count, unsigned char *bytes)
{
    for (size_t i = 0; i < count; i++) {
        if (counters[i] < 0 || counters[i] > UINT32_MAX)
            return false;
        for (unsigned part = 0; part < 4; part++)
            bytes[4 * i + part] = (unsigned char)(counters[i] >> (8 * part));
    }
    return true;
}

bool tally_unpack(
    const unsigned char *bytes, size_t size, int64_t *counters, size_t count)
{
    if (size != 4 * count)
        return false;
    for (size_t i = 0; i < count; i++) {
        counters[i] = 0;
        for (unsigned part = 0; part < 4; part++)
            counters[i] |= (int64_t)bytes[4 * i + part] << (8 * part);
    }
    return true;
}
