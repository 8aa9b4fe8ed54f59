/* test_signin.c: signing in and out, links, the list of operators, as pages. */
#include "tests/support/temp_app.h"
#include "tests/support/test.h"

#include "kiosk/limits.h"
#include "web/guard.h"

#include <string.h>

#define PASSWORD "a+short+sentence"

static void assert_page_has(struct temp_app *app, const char *words)
{
    if (strstr(temp_app_body(app), words) == NULL)
        fail_msg("the page has no \"%s\":\n%s", words, temp_app_body(app));
}

static void assert_page_lacks(struct temp_app *app, const char *words)
{
    if (strstr(temp_app_body(app), words) != NULL)
        fail_msg("the page has \"%s\":\n%s", words, temp_app_body(app));
}

static const char *link_path(struct temp_app *app, const struct secret *secret)
{
    char letters[SECRET_LETTERS + 1];
    secret_format(secret, letters);
    return text_format(app->temp->arena, "/signin/%s", letters).ptr;
}

/* A link for a new operator. */
static const char *invite(struct temp_app *app, const char *name)
{
    struct secret secret;
    struct operator_name checked;
    assert_int_equal(operator_name_check(app->temp->arena, text_of(name),
                         (struct text){0}, &app->temp->problems, &checked),
        STATUS_OK);
    assert_int_equal(invitations_make(app->app.store, &checked, &temp_store_actor,
                         clock_minute(), &secret),
        STATUS_OK);
    return link_path(app, &secret);
}

/* An operator of that name with the password PASSWORD, not signed in here. */
static void join(struct temp_app *app, const char *name)
{
    const char *link = invite(app, name);
    assert_answer(app, link, "password=" PASSWORD "&again=" PASSWORD, 303);
    app->cookie = (struct text){0};
}

/* Keeps the cookie of the last answer, as a browser does. */
static void keep_cookie(struct temp_app *app)
{
    struct text cookie = app->response.cookie;
    const char *end = memchr(cookie.ptr, ';', cookie.len);
    assert_non_null(end);
    app->cookie = text_copy(
        app->temp->arena, (struct text){cookie.ptr, (size_t)(end - cookie.ptr)});
}

static struct operator_account account_of(struct temp_app *app, const char *folded)
{
    struct operator_account account;
    assert_int_equal(
        operators_find(app->app.store, text_of(folded), app->temp->arena, &account),
        STATUS_OK);
    return account;
}

/* "csrf=…&operator=ID&action=WORD" of a signed-in browser. */
static const char *action_on(struct temp_app *app, const char *folded, const char *action)
{
    struct operator_account account = account_of(app, folded);
    struct text id = operator_id_format(app->temp->arena, &account.id);
    return temp_app_proven(app,
        text_format(app->temp->arena, "operator=%.*s&action=%s", TEXT_ARG(id), action)
            .ptr);
}

/* The path of the link that the page shows. */
static const char *shown_link(struct temp_app *app)
{
    const char *at = strstr(temp_app_body(app), "/signin/");
    assert_non_null(at);
    return text_format(app->temp->arena, "%.*s", 8 + SECRET_LETTERS, at).ptr;
}

/* ---- signing in ---- */

static void the_door_asks_for_name_and_password_in_both_languages(void **state)
{
    assert_answer(*state, "/signin", NULL, 200);
    assert_page_has(*state, "<html lang=\"zh-CN\">");
    assert_page_has(*state, "工作人员登录");
    assert_page_has(*state, "测试工会");
    assert_page_has(*state, "name=\"password\" type=\"password\"");
    assert_page_lacks(*state, "<script");
    assert_answer(*state, "/signin?lang=en&then=%2Foperators", NULL, 200);
    assert_page_has(*state, "Staff sign in here");
    assert_page_has(*state, "name=\"then\" value=\"/operators\"");
    assert_page_has(*state, "href=\"/signin?then=%2Foperators\" lang=\"zh-CN\"");
}

static void name_and_password_open_the_console(void **state)
{
    struct temp_app *app = *state;
    join(app, "Wang Min");
    assert_answer(app, "/signin", "name=wang+MIN&password=" PASSWORD, 303);
    assert_text_equal(app->response.location, "/reports");
    keep_cookie(app);
    assert_answer(app, "/operators", NULL, 200);
    assert_page_has(app, "Wang Min");
    assert_answer(app, "/signin?then=%2Foperators%3Fx", NULL, 303);
    assert_text_equal(app->response.location, "/operators?x");
}

static void the_cookie_is_kept_from_scripts_and_other_sites(void **state)
{
    struct temp_app *app = *state;
    join(app, "a");
    assert_answer(app, "/signin", "name=a&password=" PASSWORD, 303);
    struct text cookie = app->response.cookie;
    assert_int_equal(cookie.len, strlen("manyi=; Path=/; HttpOnly; SameSite=Lax; "
                                        "Max-Age=604800") +
                                     SECRET_LETTERS);
    assert_non_null(
        strstr(cookie.ptr, "; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800"));
    assert_int_equal(
        store_set_setting(app->app.store, "public_url", TEXT("https://pj.example.cn")),
        STATUS_OK);
    assert_answer(app, "/signin", "name=a&password=" PASSWORD, 303);
    assert_non_null(strstr(app->response.cookie.ptr, "; Max-Age=604800; Secure"));
}

static void a_wrong_password_and_an_unknown_name_are_answered_alike(void **state)
{
    struct temp_app *app = *state;
    join(app, "a");
    invite(app, "b");
    join(app, "c");
    struct operator_account disabled = account_of(app, "c");
    assert_int_equal(
        operators_disable(app->app.store, &disabled.id, &temp_store_actor), STATUS_OK);
    assert_answer(app, "/signin", "name=a&password=something+else", 422);
    const char *wrong = text_format(app->temp->arena, "%s", temp_app_body(app)).ptr;
    assert_page_has(app, "姓名或者密码不对");
    static const char *const others[] = {"name=x&password=" PASSWORD,
        "name=b&password=" PASSWORD, "name=c&password=" PASSWORD, "name=b&password=none"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_answer(app, "/signin", others[i], 422);
        assert_int_equal(app->response.cookie.len, 0);
        char *page = text_to_string(app->temp->arena, buffer_text(&app->response.body));
        char *typed = strstr(page, "id=\"name\" name=\"name\" value=\"");
        assert_non_null(typed);
        typed[strlen("id=\"name\" name=\"name\" value=\"")] = 'a';
        assert_string_equal(page, wrong);
    }
}

static void what_is_missing_is_said_beside_its_field(void **state)
{
    assert_answer(*state, "/signin", "", 422);
    assert_page_has(*state, "请输入您的姓名。");
    assert_page_has(*state, "请输入密码。");
    assert_answer(*state, "/signin?lang=en", "name=+&password=x", 422);
    assert_page_has(*state, "Please type your name.");
    assert_page_lacks(*state, "Please type your password.");
    assert_answer(*state, "/signin", "name=%FF&password=x%00", 422);
}

static void after_five_wrong_tries_a_name_waits_and_others_do_not(void **state)
{
    struct temp_app *app = *state;
    join(app, "a");
    join(app, "b");
    for (int i = 0; i < SIGNIN_TRIES_MAX; i++)
        assert_answer(app, "/signin", "name=a&password=wrong", 422);
    assert_answer(app, "/signin", "name=a&password=" PASSWORD, 429);
    assert_page_has(app, "分钟再试");
    assert_in_range(app->response.retry_after, 60, SIGNIN_TRIES_MINUTES * 60);
    assert_answer(app, "/signin?lang=en", "name=+A+&password=" PASSWORD, 429);
    assert_page_has(app, "then try again.");
    assert_answer(app, "/signin", "name=b&password=" PASSWORD, 303);
}

static void a_right_password_lets_one_mistype_again(void **state)
{
    struct temp_app *app = *state;
    join(app, "a");
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < SIGNIN_TRIES_MAX - 1; i++)
            assert_answer(app, "/signin", "name=a&password=wrong", 422);
        assert_answer(app, "/signin", "name=a&password=" PASSWORD, 303);
    }
}

static void only_a_place_of_ours_is_gone_on_to(void **state)
{
    static const char *const ours[] = {"/operators", "/reports?as_of=2026-01-01", "/"};
    static const char *const others[] = {"//evil.cn", "/%5Cevil.cn", "https://evil.cn",
        "evil.cn", "%2F%2Fevil.cn", "/%09/evil.cn", "/%0D%0AX:y", "/%C3%A9", "/signout",
        "/signin", "javascript:alert(1)", "", "/a+b"};
    struct temp_app *app = *state;
    join(app, "a");
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
        const char *form =
            text_format(app->temp->arena, "name=a&password=" PASSWORD "&then=%s", ours[i])
                .ptr;
        assert_answer(app, "/signin", form, 303);
        assert_text_equal(app->response.location, ours[i]);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        const char *form = text_format(
            app->temp->arena, "name=a&password=" PASSWORD "&then=%s", others[i])
                               .ptr;
        assert_answer(app, "/signin", form, 303);
        assert_text_equal(app->response.location, "/reports");
        const char *target =
            text_format(app->temp->arena, "/signin?then=%s", others[i]).ptr;
        assert_answer(app, target, NULL, 200);
        assert_page_has(app, "name=\"then\" value=\"\"");
    }
}

static void a_place_of_five_hundred_bytes_is_gone_on_to_and_one_more_is_not(void **state)
{
    struct temp_app *app = *state;
    join(app, "a");
    for (int extra = 0; extra < 2; extra++) {
        const char *form = text_format(app->temp->arena,
            "name=a&password=" PASSWORD "&then=/%0*d", THEN_BYTES_MAX - 1 + extra, 7)
                               .ptr;
        assert_answer(app, "/signin", form, 303);
        assert_int_equal(app->response.location.len,
            extra == 0 ? (size_t)THEN_BYTES_MAX : strlen("/reports"));
    }
}

static void signing_in_changes_the_session_and_signing_out_ends_it(void **state)
{
    struct temp_app *app = *state;
    temp_app_sign_in(app, "Wang Min");
    struct text before = app->cookie;
    assert_answer(app, "/operators", NULL, 200);
    join(app, "b");
    app->cookie = before;
    assert_answer(app, "/signin", "name=b&password=" PASSWORD, 303);
    assert_answer(app, "/operators", NULL, 303);

    temp_app_sign_in(app, "Li Na");
    const char *form = temp_app_proven(app, "");
    assert_answer(app, "/signout", form, 303);
    assert_text_equal(app->response.location, "/signin");
    assert_text_equal(
        app->response.cookie, "manyi=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    assert_answer(app, "/operators", NULL, 303);
    assert_answer(app, "/signout", form, 403);
}

static void a_form_of_another_site_signs_nobody_in(void **state)
{
    struct temp_app *app = *state;
    join(app, "a");
    const char *link = invite(app, "b");
    app->origin = TEXT("https://evil.cn");
    assert_answer(app, "/signin", "name=a&password=" PASSWORD, 403);
    assert_answer(app, link, "password=" PASSWORD "&again=" PASSWORD, 403);
    app->origin = (struct text){0};
    app->site = TEXT("cross-site");
    assert_answer(app, "/signin", "name=a&password=" PASSWORD, 403);
    assert_answer(app, link, "password=" PASSWORD "&again=" PASSWORD, 403);
    app->site = TEXT("same-origin");
    assert_answer(app, link, "password=" PASSWORD "&again=" PASSWORD, 303);
}

/* ---- links ---- */

static void a_link_asks_for_a_password_and_looking_uses_nothing_up(void **state)
{
    struct temp_app *app = *state;
    const char *link = invite(app, "王敏");
    for (int i = 0; i < 3; i++)
        assert_answer(app, link, NULL, 200);
    assert_page_has(app, "给 王敏 用的");
    assert_page_lacks(app, "您的姓名");
    assert_answer(app, link, "password=" PASSWORD "&again=" PASSWORD, 303);
    assert_text_equal(app->response.location, "/reports");
    keep_cookie(app);
    assert_answer(app, "/operators", NULL, 200);
    assert_answer(app, link, NULL, 410);
    assert_page_has(app, "这个链接不能用了");
    assert_answer(app, link, "password=" PASSWORD "&again=" PASSWORD, 410);
}

static void a_password_that_does_not_do_uses_nothing_up(void **state)
{
    struct temp_app *app = *state;
    const char *link = invite(app, "Wang Min Songjiang");
    assert_answer(app, link, "", 422);
    assert_page_has(app, "至少要 10 个字符");
    assert_answer(app, link, "password=short&again=short", 422);
    assert_answer(app, link, "password=1234567890&again=1234567890", 422);
    assert_answer(app, link, "password=wangminsongjiang&again=wangminsongjiang", 422);
    assert_page_has(app, "不能就是您的姓名");
    assert_answer(app, link, "password=" PASSWORD "&again=" PASSWORD ".", 422);
    assert_page_has(app, "两遍输得不一样");
    assert_page_lacks(app, "a short sentence");
    assert_answer(app, link, "password=" PASSWORD "+&again=" PASSWORD, 303);
}

static void what_is_no_link_is_gone(void **state)
{
    assert_answer(*state, "/signin/x", NULL, 410);
    assert_answer(*state, "/signin/x?lang=en", "password=" PASSWORD, 410);
    assert_page_has(*state, "This link works no more");
    assert_answer(*state,
        "/signin/0000000000000000000000000000000000000000000000000000000000000000", NULL,
        410);
}

static void the_first_operator_says_who_they_are(void **state)
{
    struct temp_app *app = *state;
    struct secret secret;
    assert_int_equal(
        invitations_first(app->app.store, clock_minute(), &secret), STATUS_OK);
    const char *link = link_path(app, &secret);
    assert_answer(app, link, NULL, 200);
    assert_page_has(app, "您的姓名");
    assert_answer(app, link, "password=" PASSWORD "&again=" PASSWORD, 422);
    assert_page_has(app, "请输入姓名。");
    assert_answer(app, link, "name=Wang+Min&password=" PASSWORD "&again=" PASSWORD, 303);
    assert_text_equal(account_of(app, "wangmin").name.shown, "Wang Min");
    keep_cookie(app);
    assert_answer(app, "/operators", NULL, 200);
}

/* ---- the list ---- */

static void the_list_says_who_can_sign_in_and_marks_the_page_one_is_on(void **state)
{
    struct temp_app *app = *state;
    invite(app, "Li Na");
    temp_app_sign_in(app, "Wang Min");
    assert_answer(app, "/operators?lang=en", NULL, 200);
    assert_page_has(app, "Li Na");
    assert_page_has(app, "invited");
    assert_page_has(app, "this is you");
    assert_page_has(
        app, "<a href=\"/operators?lang=en\" aria-current=\"page\">Staff</a>");
    assert_page_has(app, "<a href=\"/reports?lang=en\">Reports</a>");
    assert_page_has(app, "action=\"/signout?lang=en\"");
    assert_page_has(app, "2026-02-09");
}

static void an_invitation_shows_its_link_once(void **state)
{
    struct temp_app *app = *state;
    assert_int_equal(
        store_set_setting(app->app.store, "public_url", TEXT("https://pj.example.cn/")),
        STATUS_OK);
    temp_app_sign_in(app, "Wang Min");
    assert_answer(
        app, "/operators", temp_app_proven(app, "action=invite&name=Li+Na"), 200);
    assert_page_has(app, "https://pj.example.cn/signin/");
    const char *link = shown_link(app);
    assert_answer(app, "/operators", NULL, 200);
    assert_page_lacks(app, "/signin/");
    assert_answer(app, link, "password=" PASSWORD "&again=" PASSWORD, 303);
    keep_cookie(app);
    assert_answer(app, "/operators", NULL, 200);
    assert_page_has(app, "Li Na");
}

static void a_name_that_is_taken_or_none_is_not_invited(void **state)
{
    struct temp_app *app = *state;
    temp_app_sign_in(app, "Wang Min");
    assert_answer(
        app, "/operators", temp_app_proven(app, "action=invite&name=wang+min"), 409);
    assert_page_has(app, "名单上已经有这个姓名");
    assert_page_has(app, "value=\"wang min\"");
    assert_answer(app, "/operators", temp_app_proven(app, "action=invite&name="), 422);
    assert_answer(app, "/operators", temp_app_proven(app, "action=invite&name=%FF"), 422);
    assert_answer(app, "/operators", temp_app_proven(app, "action=bogus"), 422);
    assert_answer(app, "/operators", temp_app_proven(app, ""), 422);
}

static void disabling_ends_the_others_session(void **state)
{
    struct temp_app *app = *state;
    temp_app_sign_in(app, "Li Na");
    struct text hers = app->cookie;
    temp_app_sign_in(app, "Wang Min");
    struct text mine = app->cookie;
    assert_answer(app, "/operators", action_on(app, "lina", "disable"), 303);
    assert_text_equal(app->response.location, "/operators");
    app->cookie = hers;
    assert_answer(app, "/operators", NULL, 303);
    app->cookie = mine;
    assert_answer(app, "/operators", NULL, 200);
    assert_page_has(app, "已停用");
}

static void a_new_link_lets_a_disabled_one_in_again(void **state)
{
    struct temp_app *app = *state;
    join(app, "Li Na");
    temp_app_sign_in(app, "Wang Min");
    assert_answer(app, "/operators", action_on(app, "lina", "disable"), 303);
    assert_answer(app, "/operators", action_on(app, "lina", "reset"), 200);
    const char *link = shown_link(app);
    assert_answer(app, "/signin", "name=Li+Na&password=" PASSWORD, 422);
    assert_answer(app, link, "password=another+sentence&again=another+sentence", 303);
    assert_answer(app, "/signin", "name=Li+Na&password=another+sentence", 303);
}

static void nobody_can_end_their_own_account(void **state)
{
    struct temp_app *app = *state;
    temp_app_sign_in(app, "Wang Min");
    assert_answer(app, "/operators", action_on(app, "wangmin", "disable"), 409);
    assert_answer(app, "/operators", action_on(app, "wangmin", "reset"), 409);
    assert_answer(app, "/operators",
        temp_app_proven(app, "operator=00000000000000000000000000000000&action=reset"),
        404);
    assert_answer(
        app, "/operators", temp_app_proven(app, "operator=x&action=disable"), 404);
    assert_answer(app, "/operators", NULL, 200);
}

static void ones_own_password_is_changed_through_a_link(void **state)
{
    struct temp_app *app = *state;
    temp_app_sign_in(app, "Wang Min");
    assert_answer(app, "/operators", temp_app_proven(app, "action=renew"), 303);
    const char *link = text_to_string(app->temp->arena, app->response.location);
    assert_answer(app, link, NULL, 200);
    assert_page_has(app, "给 Wang Min 用的");
    assert_answer(app, "/operators", NULL, 200);
    struct text before = app->cookie;
    assert_answer(app, link, "password=" PASSWORD "&again=" PASSWORD, 303);
    keep_cookie(app);
    assert_answer(app, "/operators", NULL, 200);
    app->cookie = before;
    assert_answer(app, "/operators", NULL, 303);
}

/* ---- names of any kind ---- */

static void an_evil_name_is_shown_as_it_is_on_every_page(void **state)
{
    static const char name[] = "<script>\"'&amp;{{ x }}😀\xf0\xa0\xae\xb7";
    static const char shown[] = "&lt;script&gt;";
    static const char typed[] =
        "name=%3Cscript%3E%22%27%26amp%3B%7B%7B+x+%7D%7D&password=x";
    struct temp_app *app = *state;
    const char *link = invite(app, "<script>other</script>");
    assert_answer(app, link, NULL, 200);
    assert_page_has(app, shown);
    assert_page_lacks(app, "<script");
    assert_answer(app, "/signin", typed, 422);
    assert_page_has(app, "value=\"&lt;script&gt;&#34;");
    assert_page_lacks(app, "<script");
    temp_app_sign_in(app, name);
    assert_answer(app, "/operators", NULL, 200);
    assert_page_has(app, "&lt;script&gt;\"'&amp;amp;{{ x }}😀\xf0\xa0\xae\xb7");
    assert_page_lacks(app, "<script");
    assert_answer(
        app, "/operators", temp_app_proven(app, "action=invite&name=%3Cscript%3E"), 200);
    assert_page_has(app, shown);
    assert_page_lacks(app, "<script");
    assert_answer(
        app, "/operators", temp_app_proven(app, "action=invite&name=%3Cscript%3E"), 409);
    assert_page_has(app, "value=\"&lt;script&gt;\"");
    assert_page_lacks(app, "<script");
}

static void the_longest_names_fit_in_the_page(void **state)
{
    struct temp_app *app = *state;
    temp_app_sign_in(app, "Wang Min");
    for (int i = 1; i < OPERATORS_MAX; i++)
        invite(app, text_format(app->temp->arena, "%02d %s", i,
                        "敏敏敏敏敏敏敏敏敏敏敏敏敏敏敏敏敏敏敏敏敏敏敏敏敏敏敏敏敏敏"
                        "敏敏敏敏敏敏")
                        .ptr);
    assert_answer(app, "/operators", NULL, 200);
    assert_page_has(app, "199 敏");
    assert_answer(app, "/operators", temp_app_proven(app, "action=invite&name=x"), 422);
    assert_page_has(app, "名单满了");
}

static void the_front_door_has_quiet_links_for_tablets_and_staff(void **state)
{
    assert_answer(*state, "/", NULL, 200);
    assert_page_has(*state, "href=\"/kiosk\">");
    assert_page_has(*state, "href=\"/signin\">");
    assert_answer(*state, "/?lang=en", NULL, 200);
    assert_page_has(*state, "href=\"/signin?lang=en\">");
}

#define with_app(f)                                                                      \
    cmocka_unit_test_setup_teardown(f, temp_app_set_up, temp_app_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        with_app(the_door_asks_for_name_and_password_in_both_languages),
        with_app(name_and_password_open_the_console),
        with_app(the_cookie_is_kept_from_scripts_and_other_sites),
        with_app(a_wrong_password_and_an_unknown_name_are_answered_alike),
        with_app(what_is_missing_is_said_beside_its_field),
        with_app(after_five_wrong_tries_a_name_waits_and_others_do_not),
        with_app(a_right_password_lets_one_mistype_again),
        with_app(only_a_place_of_ours_is_gone_on_to),
        with_app(a_place_of_five_hundred_bytes_is_gone_on_to_and_one_more_is_not),
        with_app(signing_in_changes_the_session_and_signing_out_ends_it),
        with_app(a_form_of_another_site_signs_nobody_in),
        with_app(a_link_asks_for_a_password_and_looking_uses_nothing_up),
        with_app(a_password_that_does_not_do_uses_nothing_up),
        with_app(what_is_no_link_is_gone),
        with_app(the_first_operator_says_who_they_are),
        with_app(the_list_says_who_can_sign_in_and_marks_the_page_one_is_on),
        with_app(an_invitation_shows_its_link_once),
        with_app(a_name_that_is_taken_or_none_is_not_invited),
        with_app(disabling_ends_the_others_session),
        with_app(a_new_link_lets_a_disabled_one_in_again),
        with_app(nobody_can_end_their_own_account),
        with_app(ones_own_password_is_changed_through_a_link),
        with_app(an_evil_name_is_shown_as_it_is_on_every_page),
        with_app(the_longest_names_fit_in_the_page),
        with_app(the_front_door_has_quiet_links_for_tablets_and_staff),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
