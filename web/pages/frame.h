#pragma once
/* frame.h: what stands around every page: the federation's name, the language switch, the
   mark of a set calendar, the settings for the eye. */
#include "web/http/request.h"
#include "web/http/response.h"
#include "web/url.h"

struct page_frame {
    enum language language;
    struct text organisation; /* empty before a plan is in force */
    struct text title;        /* translated already */
    struct text looks;        /* class names of <html>: "large contrast" */
    struct url stylesheet;
    struct url module;         /* the script that makes pages more comfortable */
    struct url other_language; /* this page in the other language, */
    struct url other_size;     /* in large letters, or not any more, */
    struct url other_contrast; /* in high contrast, or not any more */
    struct text set_calendar;  /* the day MANYI_TODAY set; empty normally */
};

/* title is an English msgid marked with N_(). */
struct page_frame frame_of(const struct request *request, const char *title);

/* An address of ours that carries this request's settings. */
struct url frame_url(const struct request *request, struct url url);

/* OK, or NO_MEMORY if the page did not fit. */
MUST_CHECK enum status page_done(struct response *response, int http_status);
