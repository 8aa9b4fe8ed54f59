#pragma once
/* temp_app.h: the pages over a temporary store, called through the table of routes
   and past its guard, without a server: what a handler answers, and what is kept
   afterwards. */
#include "tests/support/temp_store.h"

#include "db/invitations.h"
#include "web/app.h"
#include "web/http/request.h"
#include "web/http/response.h"

struct temp_app {
    struct temp_store *temp;
    struct app app;
    struct arena *arena; /* of the request at hand */
    struct response response;
    struct text cookie;    /* the header Cookie of each request; empty: none */
    struct text origin;    /* the header Origin, the same */
    struct text site;      /* the header Sec-Fetch-Site, the same */
    bool has_entered;      /* the guard let the last request through */
    struct secret session; /* of temp_app_sign_in */
};

/* cmocka set-up and tear-down: *state is a struct temp_app, its calendar at
 * TEMP_STORE_TODAY. */
int temp_app_set_up(void **state);
/* The same with another plan, which must have the ids of temp_store_plan. */
int temp_app_set_up_with(void **state, const char *plan);
int temp_app_tear_down(void **state);

/* Asks for "/t/CODE?lang=en"; form is an encoded body, NULL for a GET. The answer lives
   until the next call. */
const struct response *temp_app_ask(
    struct temp_app *app, const char *target, const char *form);
/* The same, and the test fails unless it answers with that status. */
void assert_answer(
    struct temp_app *app, const char *target, const char *form, int status);
/* The answer's body as a terminated string. */
const char *temp_app_body(struct temp_app *app);

/* Adds an operator of that name (whose password nobody knows) and signs them in: from
   then on each request carries their cookie. */
void temp_app_sign_in(struct temp_app *app, const char *name);
/* "csrf=…&" and the rest of an encoded body, in the store's arena. */
const char *temp_app_proven(struct temp_app *app, const char *rest);

/* "/t/CODE" of a new slip of that wave, and of the open code, at centre north. In the
 * store's arena. */
const char *temp_app_slip(struct temp_app *app, const char *programme, const char *wave);
const char *temp_app_poster(struct temp_app *app, const char *programme);
/* The same of the tablet's code, and of the centre's own (its menu). */
const char *temp_app_kiosk(struct temp_app *app, const char *programme);
const char *temp_app_menu(struct temp_app *app);

/* From then on no answer is taken: the queue has no room. */
void temp_app_make_busy(struct temp_app *app);

/* Submissions counted in the tally of a programme. */
int64_t temp_app_received(struct temp_app *app, const char *programme);
