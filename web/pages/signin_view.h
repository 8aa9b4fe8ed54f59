#pragma once
/* signin_view.h: the pages on which one signs in, and on which the bearer of a link
   chooses a password. */
#include "web/pages/console_frame.h"

#include "db/invitations.h"

struct signin_view {
    struct console_frame frame;
    struct url action;
    struct text then;   /* where to go on to; empty: nowhere in particular */
    struct text typed;  /* the name as it came */
    struct text notice; /* first line of the framed notice, or empty */
    struct text advice; /* its second line */
    struct text name_problem;
    struct text password_problem;
    struct text again_problem;

    /* the link's page */
    bool asks_name;   /* the first operator says who they are */
    struct text name; /* else it is known */
    struct url signin;
};

/* The frame of both, with the language switch leading to the same place. */
struct signin_view signin_view_of(
    const struct request *request, const char *title, struct url other_language);
/* A session has begun: its cookie, and on to that place. */
MUST_CHECK enum status signin_done(const struct request *request,
    struct response *response, const struct secret *session, struct text then);
/* Renders a form again, because the passwords' threads are busy. */
void signin_set_busy(
    const struct request *request, struct response *response, struct signin_view *view);
