#pragma once
/* operators_view.h: the list of operators, and what was just done to one. */
#include "web/pages/console_frame.h"

struct operators_row {
    struct text id; /* for the fields of its forms */
    struct text name;
    enum operator_state state;
    struct text state_words;
    struct text state_class;
    struct text until; /* of an open link; else empty */
    struct text made_on;
    bool is_self;
};

struct operators_view {
    struct console_frame frame;
    struct url action;
    struct operators_row *rows;
    size_t row_count;

    struct text made_for; /* a link was made for that name; else empty */
    struct text link;
    struct text made_until;

    struct text problem; /* why it was not done; else empty */
    struct text typed;   /* the name to invite, as it came */
    struct text typed_problem;
};
