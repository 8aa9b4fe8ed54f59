#pragma once
/* frame.h: what stands around every page: the federation's name, the language switch, the
   mark of a set calendar, the settings for the eye. */
#include "kiosk/plan.h"
#include "web/http/request.h"
#include "web/http/response.h"
#include "web/url.h"

struct page_frame {
    enum language language;
    struct text organisation; /* empty before a plan is in force */
    struct text title;        /* translated already */
    struct text looks;        /* class names of <html>: "large contrast" */
    struct url stylesheet;
    struct url module; /* the script that makes pages more comfortable; or empty */
    struct url other_language; /* this page in the other language, */
    struct url other_size;     /* in large letters, or not any more, */
    struct url other_contrast; /* in high contrast, or not any more */
    struct text set_calendar;  /* the day it is set to; empty normally */
    struct text demo_mark;     /* of a demonstration; empty normally */
    bool is_kiosk;             /* on a centre's tablet; what follows is set then only */
    struct text place;         /* the centre's name */
    struct url kiosk_home;     /* its first page, in Chinese and the ordinary look */
    struct url kiosk_stylesheet;
    struct url kiosk_module;
};

/* title is an English msgid marked with N_(). */
struct page_frame frame_of(const struct request *request, const char *title);

/* Makes it a page of the tablet of that centre. */
void frame_make_kiosk(const struct request *request, const struct plan_centre *centre,
    struct page_frame *frame);

/* Makes the addresses of this page in another look or language keep the proof of a form
   that was handed out in time; an empty one changes nothing. */
void frame_keep_form(
    const struct request *request, struct text proof, struct page_frame *frame);

/* An address of ours that carries this request's settings. */
struct url frame_url(const struct request *request, struct url url);

/* OK, or NO_MEMORY if the page did not fit. */
MUST_CHECK enum status page_done(struct response *response, int http_status);
