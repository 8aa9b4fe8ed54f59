#pragma once
/* frame.h: what stands around every page: the federation's name, the language switch, the
   mark of a set calendar. */
#include "web/http/request.h"
#include "web/http/response.h"
#include "web/url.h"

struct page_frame {
    enum language language;
    struct text organisation; /* empty before a plan is in force */
    struct text title;        /* translated already */
    struct url stylesheet;
    struct url other_language; /* this page in the other language */
    struct text set_calendar;  /* the day it is set to; empty normally */
    struct text demo_mark;     /* of a demonstration; empty normally */
};

/* title is an English msgid marked with N_(). */
struct page_frame frame_of(const struct request *request, const char *title);

/* OK, or NO_MEMORY if the page did not fit. */
MUST_CHECK enum status page_done(struct response *response, int http_status);
