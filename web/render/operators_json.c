/* operators_json.c: the list of operators. */
#include "web/render/operators_json.h"

#include "web/render/json.h"

static json_t *account_json(
    struct arena *arena, const struct operator_account *account, minute_t now)
{
    static const char *const states[OPERATOR_STATE_COUNT] = {
        [OPERATOR_ACTIVE] = "active",
        [OPERATOR_INVITED] = "invited",
        [OPERATOR_EXPIRED] = "expired",
        [OPERATOR_DISABLED] = "disabled",
    };
    enum operator_state state = operator_state(account, now);
    json_t *until = state == OPERATOR_INVITED
                        ? json_of_text(minute_format(arena, account->link_expires))
                        : json_null();
    return json_pack("{s:o, s:s, s:o, s:o}", "name", json_of_text(account->name.shown),
        "state", states[state], "added_on",
        json_of_text(day_format(arena, account->made_on)), "invited_until", until);
}

struct text operators_json(struct arena *arena, const struct operator_account *accounts,
    size_t count, minute_t now)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        (void)json_array_append_new(list, account_json(arena, &accounts[i], now));
    return json_finish(arena, json_pack("{s:o}", "operators", list));
}
