/* every_page.c: how each page is reached. */
#include "tests/support/every_page.h"

#include "tests/support/test.h"

#include "kiosk/limits.h"
#include "web/publishing.h"

/* What stands before the query. */
enum place {
    PLACE_AS_WRITTEN, /* query is the whole target */
    PLACE_POSTER,     /* of the programme */
    PLACE_KIOSK,      /* the tablet's code of the programme */
    PLACE_MENU,       /* the centre's own code */
    PLACE_SLIP,       /* a new one of the programme's wave */
    PLACE_USED_SLIP,
    PLACE_PUBLISHED, /* as written, by a stranger, and a report is published */
    PLACE_CONSOLE,   /* as written, and an operator is signed in */
    PLACE_COMMENTS   /* the same, and three comments can be read */
};

struct page {
    const char *name;
    enum place place;
    const char *programme;
    const char *wave;
    const char *query;
    const char *form; /* NULL: GET */
    int status;
};

static const struct page pages[] = {
    {"home", PLACE_AS_WRITTEN, NULL, NULL, "/", NULL, 200},
    {"home_en", PLACE_AS_WRITTEN, NULL, NULL, "/?lang=en", NULL, 200},
    {"mistyped", PLACE_AS_WRITTEN, NULL, NULL, "/", "code=%22%3E%3Cscript%3E", 422},
    {"survey", PLACE_POSTER, "visits", NULL, "", NULL, 200},
    {"survey_en", PLACE_POSTER, "visits", NULL, "?lang=en", NULL, 200},
    {"survey_large", PLACE_POSTER, "visits", NULL, "?size=large&contrast=high&x=1", NULL,
        200},
    {"missing", PLACE_POSTER, "visits", NULL, "",
        "timely=4&reasons=late&comment=%3C%2Ftextarea%3E%3Cscript%3Ealert(1)", 422},
    {"missing_en", PLACE_POSTER, "visits", NULL, "?lang=en&size=large", "timely=1", 422},
    {"wrong", PLACE_POSTER, "visits", NULL, "", "overall=2&reasons=nobody", 422},
    {"old", PLACE_POSTER, "visits", NULL, "", "overall=2&submission=1", 422},
    {"thanks", PLACE_AS_WRITTEN, NULL, NULL, "/thanks", NULL, 200},
    {"thanks_en", PLACE_AS_WRITTEN, NULL, NULL, "/thanks?lang=en&size=large", NULL, 200},
    {"used", PLACE_USED_SLIP, "visits", "q1", "", NULL, 409},
    {"used_en", PLACE_USED_SLIP, "visits", "q1", "?lang=en", NULL, 409},
    {"unknown", PLACE_AS_WRITTEN, NULL, NULL, "/t/%3Cb%3E\"'<b>", NULL, 404},
    {"not_yet", PLACE_SLIP, "visits", "q2", "", NULL, 410},
    {"not_yet_en", PLACE_SLIP, "visits", "q2", "?lang=en", NULL, 410},
    {"coded_only", PLACE_POSTER, "courses", NULL, "", NULL, 410},
    {"menu", PLACE_MENU, NULL, NULL, "", NULL, 200},
    {"menu_en", PLACE_MENU, NULL, NULL, "?lang=en&contrast=high", NULL, 200},
    {"kiosk_centres", PLACE_AS_WRITTEN, NULL, NULL, "/kiosk", NULL, 200},
    {"kiosk", PLACE_AS_WRITTEN, NULL, NULL, "/kiosk?centre=north", NULL, 200},
    {"kiosk_en", PLACE_AS_WRITTEN, NULL, NULL, "/kiosk?centre=north&lang=en", NULL, 200},
    {"kiosk_survey", PLACE_KIOSK, "visits", NULL, "", NULL, 200},
    {"kiosk_missing", PLACE_KIOSK, "visits", NULL, "?lang=en", "timely=4", 422},
    {"kiosk_thanks", PLACE_AS_WRITTEN, NULL, NULL, "/thanks?centre=north", NULL, 200},
    {"kiosk_coded_only", PLACE_KIOSK, "courses", NULL, "", NULL, 410},
    {"signin", PLACE_AS_WRITTEN, NULL, NULL, "/signin", NULL, 200},
    {"signin_en", PLACE_AS_WRITTEN, NULL, NULL, "/signin?lang=en&then=%2Freports", NULL,
        200},
    {"signin_missing", PLACE_AS_WRITTEN, NULL, NULL, "/signin", "name=%22%3E%3Cb%3E",
        422},
    {"signin_gone", PLACE_AS_WRITTEN, NULL, NULL, "/signin/0", NULL, 410},
    {"published_none", PLACE_AS_WRITTEN, NULL, NULL, "/published", NULL, 200},
    {"published_list", PLACE_PUBLISHED, NULL, NULL, "/published", NULL, 200},
    {"published_unknown", PLACE_PUBLISHED, NULL, NULL,
        "/published?lang=en&seal=%3Cscript%3E", NULL, 200},
    {"published", PLACE_PUBLISHED, NULL, NULL, "/published/1", NULL, 200},
    {"published_en", PLACE_PUBLISHED, NULL, NULL,
        "/published/1?lang=en&size=large&contrast=high", NULL, 200},
    {"reports", PLACE_CONSOLE, NULL, NULL, "/reports", NULL, 200},
    {"reports_en", PLACE_CONSOLE, NULL, NULL, "/reports?lang=en&as_of=2026-03-31", NULL,
        200},
    {"reports_wrong", PLACE_CONSOLE, NULL, NULL, "/reports?as_of=%3Cb%3E", NULL, 422},
    {"indicator", PLACE_CONSOLE, NULL, NULL, "/reports/relief", NULL, 200},
    {"indicator_en", PLACE_CONSOLE, NULL, NULL, "/reports/relief?lang=en", NULL, 200},
    {"publish", PLACE_CONSOLE, NULL, NULL, "/publish", NULL, 200},
    {"publish_en", PLACE_CONSOLE, NULL, NULL, "/publish?lang=en", NULL, 200},
    {"publish_compare", PLACE_CONSOLE, NULL, NULL, "/publish/1", NULL, 200},
    {"publish_compare_en", PLACE_CONSOLE, NULL, NULL, "/publish/1?lang=en", NULL, 200},
    {"codes", PLACE_CONSOLE, NULL, NULL, "/codes", NULL, 200},
    {"codes_en", PLACE_CONSOLE, NULL, NULL, "/codes?lang=en", NULL, 200},
    {"codes_wave", PLACE_CONSOLE, NULL, NULL, "/codes/visits?wave=q1", NULL, 200},
    {"codes_wave_en", PLACE_CONSOLE, NULL, NULL, "/codes/visits?wave=q1&lang=en", NULL,
        200},
    {"operators", PLACE_CONSOLE, NULL, NULL, "/operators", NULL, 200},
    {"operators_en", PLACE_CONSOLE, NULL, NULL, "/operators?lang=en", NULL, 200},
    {"comments_none", PLACE_CONSOLE, NULL, NULL, "/comments", NULL, 200},
    {"comments", PLACE_COMMENTS, NULL, NULL, "/comments", NULL, 200},
    {"comments_en", PLACE_COMMENTS, NULL, NULL,
        "/comments?lang=en&programme=visits&wave=q1&state=shown", NULL, 200},
    {"flags", PLACE_CONSOLE, NULL, NULL, "/flags", NULL, 200},
    {"flags_en", PLACE_CONSOLE, NULL, NULL, "/flags?lang=en", NULL, 200},
    {"selftest", PLACE_CONSOLE, NULL, NULL, "/selftest", NULL, 200},
    {"selftest_en", PLACE_CONSOLE, NULL, NULL, "/selftest?lang=en", NULL, 200},
    {"busy", PLACE_POSTER, "visits", NULL, "", "overall=2&reasons=late&comment=%3Cb%3E",
        503},
    {"busy_en", PLACE_POSTER, "visits", NULL, "?lang=en&contrast=high", "overall=5", 503},
    {"busy_kiosk", PLACE_KIOSK, "visits", NULL, "", "overall=3", 503},
};

const size_t every_page_count = sizeof pages / sizeof *pages;

const char *every_page_name(size_t page)
{
    return pages[page].name;
}

/* The first report of the store, once. */
static void publish(struct temp_app *app)
{
    struct publishing_draft draft;
    struct publishing_result result;
    struct arena *arena = arena_new(REPORT_ARENA_BYTES);
    assert_non_null(arena);
    assert_int_equal(publishing_make(app->temp->store, plans_current(app->temp->plans),
                         TEMP_STORE_TODAY, TEMP_STORE_TODAY, arena, &draft),
        STATUS_OK);
    enum status status =
        publishing_do(app->temp->store, arena, &temp_store_actor, &draft, &result);
    assert_true(status == STATUS_OK || status == STATUS_CONFLICT);
    arena_free(arena);
}

/* With ids of their own choice, so that a page is the same each time. */
static void write_comments(struct temp_app *app)
{
    static const char rows[] =
        "INSERT INTO comment (id, programme, wave, centre, overall, item, text, state)"
        " VALUES (x'00000000000000000000000000000001', 'visits', 'q1', 'north', 5,"
        " 'comment', '谢谢</p><script>alert(1)</script>\"&', 1),"
        " (x'00000000000000000000000000000002', 'visits', 'q1', 'south', 1, 'comment',"
        " '太慢', 1), (x'00000000000000000000000000000003', 'visits', 'q1', '', 4,"
        " 'comment', '好\n好', 2) ON CONFLICT DO NOTHING;"
        "INSERT INTO comment_count VALUES ('visits', 'q1', 1, 2), ('visits', 'q1', 2, 1)"
        " ON CONFLICT DO NOTHING";
    assert_int_equal(temp_store_tamper(app->temp, rows), STATUS_OK);
}

static const char *path_of(struct temp_app *app, const struct page *page)
{
    const char *path = "";
    switch (page->place) {
    case PLACE_AS_WRITTEN:
        app->cookie = (struct text){0};
        break;
    case PLACE_PUBLISHED:
        app->cookie = (struct text){0};
        publish(app);
        break;
    case PLACE_COMMENTS:
        write_comments(app);
        if (app->cookie.len == 0)
            temp_app_sign_in(app, "Wang Min");
        break;
    case PLACE_CONSOLE:
        if (app->cookie.len == 0)
            temp_app_sign_in(app, "Wang Min");
        break;
    case PLACE_POSTER:
        path = temp_app_poster(app, page->programme);
        break;
    case PLACE_KIOSK:
        path = temp_app_kiosk(app, page->programme);
        break;
    case PLACE_MENU:
        path = temp_app_menu(app);
        break;
    case PLACE_SLIP:
    case PLACE_USED_SLIP:
        path = temp_app_slip(app, page->programme, page->wave);
        break;
    }
    if (page->place == PLACE_USED_SLIP)
        assert_int_equal(temp_app_ask(app, path, "overall=5")->status, 303);
    return path;
}

const char *every_page_ask(struct temp_app *app, size_t at)
{
    const struct page *page = &pages[at];
    const char *target =
        text_format(app->temp->arena, "%s%s", path_of(app, page), page->query).ptr;
    if (page->status == 503)
        temp_app_make_busy(app);
    int status = temp_app_ask(app, target, page->form)->status;
    if (status != page->status)
        fail_msg("%s answers %d, not %d", page->name, status, page->status);
    return temp_app_body(app);
}
