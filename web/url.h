#pragma once
/* url.h: the only makers of struct url. Addresses are paths of this server; arguments are
   percent-encoded. Chinese is the default language and is left out; English adds lang=en.
   Results live in the arena or are static; when the arena is full, the address is empty.
 */
#include "kiosk/calendar.h"
#include "kiosk/language.h"
#include "web/html.h"
#include "web/settings.h"

struct url url_home(enum language language);   /* static */
struct url url_thanks(enum language language); /* static */
/* The questionnaire of a code; plan_version 0 is left out, else it is carried as plan=,
   so that an answer is checked against the form that was shown. */
struct url url_code(
    struct arena *arena, struct text code, enum language language, int64_t plan_version);
/* The reports, one indicator's report, and the reports as a file ("json", "csv"), as of a
   day; DAY_NONE, which means today, is left out. */
struct url url_reports(struct arena *arena, enum language language, day_t as_of);
struct url url_report(
    struct arena *arena, struct text indicator, enum language language, day_t as_of);
struct url url_report_file(
    struct arena *arena, const char *format, enum language language, day_t as_of);
/* A drawing of one indicator as PNG ("waves"); programme: of weeks, else empty. */
struct url url_report_picture(struct arena *arena, struct text indicator,
    const char *drawing, struct text programme, enum language language, day_t as_of);
/* A page of a published report: "/published/" 3 "/notice.pdf"; before and behind are
   constants. */
struct url url_published(struct arena *arena, const char *before, int64_t number,
    const char *behind, enum language language);
/* A page by its path ("/operators"), which is a constant. */
struct url url_page(struct arena *arena, const char *path, enum language language);
/* The codes of a wave, and the poster of a programme at a centre as a file ("pdf",
   "png"); an empty programme: the centre's own, an empty centre: all of the programme's.
 */
struct url url_codes_wave(
    struct arena *arena, struct text programme, struct text wave, enum language language);
struct url url_poster(
    struct arena *arena, const char *format, struct text programme, struct text centre);
/* The comments of a wave in a state (review_word), those after an id; empty: the first,
   an empty state: those that wait, an empty programme: of whichever wave has some. */
struct comments_address {
    struct text programme;
    struct text wave;
    struct text state;
    struct text after;
};
struct url url_comments(
    struct arena *arena, const struct comments_address *address, enum language language);
/* Where operators sign in; then is the path to go on to, empty: none. */
struct url url_signin(struct arena *arena, enum language language, struct text then);
/* The link that lets its bearer choose a password. */
struct url url_invitation(struct arena *arena, struct text token, enum language language);
/* The tablet's pages: the first one of a centre; an empty centre: the list of centres. */
struct url url_kiosk(struct arena *arena, struct text centre, enum language language);
/* The thanks that a centre's tablet shows before it goes back to its first page. */
struct url url_kiosk_thanks(
    struct arena *arena, struct text centre, enum language language);
/* The same address that carries the settings too; the ordinary look is left out. */
struct url url_with(struct arena *arena, struct url url, struct settings settings);
/* The same address that carries the proof of a rotating code's form; an empty one changes
   nothing. */
struct url url_with_form(struct arena *arena, struct url url, struct text proof);
/* Where a tablet asks whether its symbol is still the one to show: which it was of which
   slot, which is no secret. */
struct url url_kiosk_symbol(struct arena *arena, struct text centre,
    enum language language, uint32_t slot, uint32_t number);
/* The page at hand in that language, whatever stood behind its '?'. Static. */
struct url url_same_page(enum language language);
/* A place on the page at hand, by its id. */
struct url url_anchor(struct arena *arena, struct text id);
/* The symbol of a level's face on the page at hand, 5 to 1; 0: of 说不清. Static. */
struct url url_face(int level);
/* An embedded asset by name ("manyi.css"); the name must exist. Static. */
struct url url_asset(const char *name);
