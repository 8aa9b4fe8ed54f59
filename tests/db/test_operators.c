/* test_operators.c: operators, the links they are invited with, and their sessions. */
#include "tests/support/test.h"

#include "db/invitations.h"
#include "db/sessions.h"
#include "db/sql.h"
#include "kiosk/limits.h"
#include "tests/support/temp_store.h"

#include <stdio.h>

#define NOW ((minute_t)29500000)
#define HASH TEXT("$argon2id$one")

static struct operator_name name_of(const struct temp_store *temp, const char *typed)
{
    struct operator_name name;
    struct problems problems;
    problems_init(&problems, temp->arena);
    assert_int_equal(operator_name_check(
                         temp->arena, text_of(typed), (struct text){0}, &problems, &name),
        STATUS_OK);
    return name;
}

static struct secret invite(struct temp_store *temp, const char *typed)
{
    struct secret secret;
    struct operator_name name = name_of(temp, typed);
    assert_int_equal(
        invitations_make(temp->store, &name, &temp_store_actor, NOW, &secret), STATUS_OK);
    return secret;
}

static enum status use(struct temp_store *temp, const struct secret *link, minute_t now,
    struct secret *session)
{
    struct invitation_answer answer = {.secret = link,
        .name = name_of(temp, "First Of All"),
        .password = HASH,
        .today = TEMP_STORE_TODAY,
        .now = now};
    return invitations_use(temp->store, &answer, session);
}

/* An operator who has used the link; their first session. */
static struct secret join(struct temp_store *temp, const char *typed)
{
    struct secret session;
    struct secret link = invite(temp, typed);
    assert_int_equal(use(temp, &link, NOW, &session), STATUS_OK);
    return session;
}

static struct operator_account account_of(struct temp_store *temp, const char *folded)
{
    struct operator_account account;
    assert_int_equal(
        operators_find(temp->store, text_of(folded), temp->arena, &account), STATUS_OK);
    return account;
}

static enum status find_link(
    struct temp_store *temp, const struct secret *link, minute_t now)
{
    struct invitation invitation;
    return invitations_find(temp->store, link, now, temp->arena, &invitation);
}

static enum status find_session(
    struct temp_store *temp, const struct secret *session, minute_t now)
{
    struct operator_account account;
    return sessions_find(temp->store, session, now, temp->arena, &account);
}

static void check_state(
    struct temp_store *temp, const char *folded, enum operator_state expected)
{
    struct operator_account *list;
    size_t count = 0;
    assert_int_equal(operators_list(temp->store, temp->arena, &list, &count), STATUS_OK);
    for (size_t i = 0; i < count; i++)
        if (text_equals(list[i].name.folded, text_of(folded))) {
            assert_int_equal(operator_state(&list[i], NOW), expected);
            return;
        }
    fail_msg("%s is not on the list", folded);
}

/* ---- operators ---- */

static void an_invited_operator_has_no_password_and_all_duties(void **state)
{
    struct temp_store *temp = *state;
    invite(temp, "Wang Min");
    struct operator_account account = account_of(temp, "wangmin");
    assert_text_equal(account.name.shown, "Wang Min");
    assert_int_equal(account.password.len, 0);
    assert_int_equal(account.duties, DUTIES_ALL);
    assert_int_equal(account.made_on, TEMP_STORE_TODAY);
    assert_false(account.is_disabled);
    check_state(temp, "wangmin", OPERATOR_INVITED);
}

static void a_name_is_taken_once_whatever_its_case(void **state)
{
    struct temp_store *temp = *state;
    struct secret secret;
    struct operator_name again = name_of(temp, "wang MIN");
    invite(temp, "Wang Min");
    assert_int_equal(
        invitations_make(temp->store, &again, &temp_store_actor, NOW, &secret),
        STATUS_CONFLICT);
}

static void the_list_is_by_name_and_has_room_for_the_limit_and_no_more(void **state)
{
    struct temp_store *temp = *state;
    struct secret secret;
    struct operator_account *list;
    size_t count = 0;
    for (int i = 0; i < OPERATORS_MAX; i++) {
        char name[20];
        (void)snprintf(name, sizeof name, "N%03d", (i * 7) % OPERATORS_MAX);
        invite(temp, name);
    }
    struct operator_name more = name_of(temp, "one more");
    assert_int_equal(
        invitations_make(temp->store, &more, &temp_store_actor, NOW, &secret),
        STATUS_TOO_LARGE);
    assert_int_equal(operators_list(temp->store, temp->arena, &list, &count), STATUS_OK);
    assert_int_equal(count, OPERATORS_MAX);
    assert_text_equal(list[0].name.shown, "N000");
    assert_text_equal(list[OPERATORS_MAX - 1].name.shown, "N199");
}

static void an_id_is_written_and_read_as_hexadecimal(void **state)
{
    struct temp_store *temp = *state;
    struct operator_id id;
    invite(temp, "a");
    struct operator_account account = account_of(temp, "a");
    struct text text = operator_id_format(temp->arena, &account.id);
    assert_int_equal(text.len, OPERATOR_ID_LETTERS);
    assert_true(operator_id_parse(text, &id));
    assert_memory_equal(id.bytes, account.id.bytes, sizeof id.bytes);
    assert_false(operator_id_parse((struct text){text.ptr, text.len - 1}, &id));
    assert_false(operator_id_parse(TEXT("GG000000000000000000000000000000"), &id));
}

static void nobody_of_that_name_or_id_is_not_found(void **state)
{
    struct temp_store *temp = *state;
    struct operator_account account;
    struct secret secret;
    const struct operator_id nobody = {{1}};
    assert_int_equal(
        operators_find(temp->store, TEXT("x"), temp->arena, &account), STATUS_NOT_FOUND);
    assert_int_equal(
        operators_get(temp->store, &nobody, temp->arena, &account), STATUS_NOT_FOUND);
    assert_int_equal(
        operators_disable(temp->store, &nobody, &temp_store_actor), STATUS_NOT_FOUND);
    assert_int_equal(
        invitations_reset(temp->store, &nobody, &temp_store_actor, NOW, &secret),
        STATUS_NOT_FOUND);
    assert_int_equal(
        invitations_renew(temp->store, &nobody, NOW, 60, &secret), STATUS_NOT_FOUND);
}

/* ---- links ---- */

static void a_link_sets_the_password_and_signs_in(void **state)
{
    struct temp_store *temp = *state;
    struct secret session = join(temp, "Wang Min");
    struct operator_account account;
    assert_int_equal(
        sessions_find(temp->store, &session, NOW, temp->arena, &account), STATUS_OK);
    assert_text_equal(account.name.shown, "Wang Min");
    assert_text_equal(account.password, HASH.ptr);
    check_state(temp, "wangmin", OPERATOR_ACTIVE);
}

static void a_link_works_once(void **state)
{
    struct temp_store *temp = *state;
    struct secret session;
    struct secret link = invite(temp, "a");
    assert_int_equal(use(temp, &link, NOW, &session), STATUS_OK);
    assert_int_equal(use(temp, &link, NOW, &session), STATUS_NOT_FOUND);
    assert_int_equal(find_link(temp, &link, NOW), STATUS_NOT_FOUND);
}

static void a_link_works_in_its_last_minute_and_not_in_the_next(void **state)
{
    struct temp_store *temp = *state;
    struct secret session;
    struct secret link = invite(temp, "a");
    minute_t last = NOW + INVITATION_MINUTES;
    assert_int_equal(find_link(temp, &link, last), STATUS_OK);
    assert_int_equal(find_link(temp, &link, last + 1), STATUS_NOT_FOUND);
    assert_int_equal(use(temp, &link, last + 1, &session), STATUS_NOT_FOUND);
    struct operator_account *list;
    size_t count;
    assert_int_equal(operators_list(temp->store, temp->arena, &list, &count), STATUS_OK);
    assert_int_equal(operator_state(&list[0], last), OPERATOR_INVITED);
    assert_int_equal(operator_state(&list[0], last + 1), OPERATOR_EXPIRED);
    assert_int_equal(use(temp, &link, last, &session), STATUS_OK);
}

static void a_secret_that_was_never_made_opens_nothing(void **state)
{
    struct temp_store *temp = *state;
    struct secret other = secret_make();
    struct secret link = invite(temp, "a");
    struct secret session = join(temp, "b");
    assert_int_equal(find_link(temp, &other, NOW), STATUS_NOT_FOUND);
    assert_int_equal(find_session(temp, &other, NOW), STATUS_NOT_FOUND);
    assert_int_equal(find_link(temp, &session, NOW), STATUS_NOT_FOUND);
    assert_int_equal(find_session(temp, &link, NOW), STATUS_NOT_FOUND);
}

static void a_reset_takes_password_sessions_and_old_links_away(void **state)
{
    struct temp_store *temp = *state;
    struct secret session = join(temp, "a");
    struct operator_account account = account_of(temp, "a");
    struct secret first;
    struct secret second;
    assert_int_equal(
        invitations_reset(temp->store, &account.id, &temp_store_actor, NOW, &first),
        STATUS_OK);
    assert_int_equal(
        invitations_reset(temp->store, &account.id, &temp_store_actor, NOW, &second),
        STATUS_OK);
    assert_int_equal(account_of(temp, "a").password.len, 0);
    assert_int_equal(find_session(temp, &session, NOW), STATUS_NOT_FOUND);
    assert_int_equal(find_link(temp, &first, NOW), STATUS_NOT_FOUND);
    assert_int_equal(find_link(temp, &second, NOW), STATUS_OK);
    check_state(temp, "a", OPERATOR_INVITED);
}

static void ones_own_link_leaves_the_password_until_it_is_used(void **state)
{
    struct temp_store *temp = *state;
    struct secret session = join(temp, "a");
    struct secret link;
    struct secret fresh;
    struct operator_account account = account_of(temp, "a");
    assert_int_equal(
        invitations_renew(temp->store, &account.id, NOW, 60, &link), STATUS_OK);
    assert_text_equal(account_of(temp, "a").password, HASH.ptr);
    assert_int_equal(find_session(temp, &session, NOW), STATUS_OK);
    assert_int_equal(find_link(temp, &link, NOW + 60), STATUS_OK);
    assert_int_equal(find_link(temp, &link, NOW + 61), STATUS_NOT_FOUND);
    assert_int_equal(use(temp, &link, NOW, &fresh), STATUS_OK);
    assert_int_equal(find_session(temp, &session, NOW), STATUS_NOT_FOUND);
    assert_int_equal(find_session(temp, &fresh, NOW), STATUS_OK);
}

static void disabling_ends_sessions_and_links_until_a_reset(void **state)
{
    struct temp_store *temp = *state;
    struct secret session = join(temp, "a");
    struct secret link;
    struct operator_account account = account_of(temp, "a");
    assert_int_equal(
        invitations_renew(temp->store, &account.id, NOW, 60, &link), STATUS_OK);
    assert_int_equal(
        operators_disable(temp->store, &account.id, &temp_store_actor), STATUS_OK);
    assert_int_equal(find_session(temp, &session, NOW), STATUS_NOT_FOUND);
    assert_int_equal(find_link(temp, &link, NOW), STATUS_NOT_FOUND);
    assert_int_equal(
        invitations_renew(temp->store, &account.id, NOW, 60, &link), STATUS_NOT_FOUND);
    check_state(temp, "a", OPERATOR_DISABLED);

    assert_int_equal(
        invitations_reset(temp->store, &account.id, &temp_store_actor, NOW, &link),
        STATUS_OK);
    check_state(temp, "a", OPERATOR_INVITED);
    assert_int_equal(use(temp, &link, NOW, &session), STATUS_OK);
}

/* ---- the first ---- */

static void the_first_link_makes_the_operator_who_uses_it(void **state)
{
    struct temp_store *temp = *state;
    struct secret link;
    struct secret session;
    struct invitation invitation;
    assert_int_equal(invitations_first(temp->store, NOW, &link), STATUS_OK);
    assert_int_equal(
        invitations_find(temp->store, &link, NOW, temp->arena, &invitation), STATUS_OK);
    assert_true(invitation.is_first);
    assert_int_equal(use(temp, &link, NOW, &session), STATUS_OK);
    assert_text_equal(account_of(temp, "firstofall").name.shown, "First Of All");
    assert_int_equal(find_session(temp, &session, NOW), STATUS_OK);
    assert_int_equal(use(temp, &link, NOW, &session), STATUS_NOT_FOUND);
    assert_int_equal(invitations_first(temp->store, NOW, &link), STATUS_CONFLICT);
}

static void the_first_link_lasts_a_day_and_the_newest_is_the_one(void **state)
{
    struct temp_store *temp = *state;
    struct secret old;
    struct secret link;
    assert_int_equal(invitations_first(temp->store, NOW, &old), STATUS_OK);
    assert_int_equal(invitations_first(temp->store, NOW, &link), STATUS_OK);
    assert_int_equal(find_link(temp, &old, NOW), STATUS_NOT_FOUND);
    assert_int_equal(find_link(temp, &link, NOW + FIRST_LINK_MINUTES), STATUS_OK);
    assert_int_equal(
        find_link(temp, &link, NOW + FIRST_LINK_MINUTES + 1), STATUS_NOT_FOUND);
    assert_int_equal(invitations_end_first(temp->store), STATUS_OK);
    assert_int_equal(find_link(temp, &link, NOW), STATUS_NOT_FOUND);
}

static void inviting_somebody_ends_the_first_link(void **state)
{
    struct temp_store *temp = *state;
    struct secret link;
    assert_int_equal(invitations_first(temp->store, NOW, &link), STATUS_OK);
    invite(temp, "a");
    assert_int_equal(find_link(temp, &link, NOW), STATUS_NOT_FOUND);
}

/* ---- sessions ---- */

static void a_session_ends_twelve_hours_after_it_was_seen_last(void **state)
{
    struct temp_store *temp = *state;
    struct secret session = join(temp, "a");
    minute_t seen = NOW + SESSION_IDLE_MINUTES;
    assert_int_equal(find_session(temp, &session, seen), STATUS_OK);
    seen += SESSION_IDLE_MINUTES;
    assert_int_equal(find_session(temp, &session, seen + 1), STATUS_NOT_FOUND);
    assert_int_equal(find_session(temp, &session, seen), STATUS_OK);
}

static void a_session_ends_seven_days_after_it_began_however_busy(void **state)
{
    struct temp_store *temp = *state;
    struct secret session = join(temp, "a");
    minute_t last = NOW + SESSION_MINUTES_MAX;
    for (minute_t at = NOW; at <= last; at += SESSION_IDLE_MINUTES)
        assert_int_equal(find_session(temp, &session, at), STATUS_OK);
    assert_int_equal(find_session(temp, &session, last), STATUS_OK);
    assert_int_equal(find_session(temp, &session, last + 1), STATUS_NOT_FOUND);
}

static void a_new_session_replaces_the_one_before(void **state)
{
    struct temp_store *temp = *state;
    struct secret before = join(temp, "a");
    struct secret elsewhere;
    struct secret after;
    struct operator_account account = account_of(temp, "a");
    assert_int_equal(
        sessions_begin(temp->store, &account, NULL, NOW, &elsewhere), STATUS_OK);
    assert_int_equal(
        sessions_begin(temp->store, &account, &before, NOW, &after), STATUS_OK);
    assert_int_equal(find_session(temp, &before, NOW), STATUS_NOT_FOUND);
    assert_int_equal(find_session(temp, &elsewhere, NOW), STATUS_OK);
    assert_int_equal(find_session(temp, &after, NOW), STATUS_OK);
}

static void an_ended_session_stays_ended(void **state)
{
    struct temp_store *temp = *state;
    struct secret session = join(temp, "a");
    assert_int_equal(sessions_end(temp->store, &session), STATUS_OK);
    assert_int_equal(sessions_end(temp->store, &session), STATUS_OK);
    assert_int_equal(find_session(temp, &session, NOW), STATUS_NOT_FOUND);
}

static void no_session_begins_with_a_password_that_was_taken_away_meanwhile(void **state)
{
    struct temp_store *temp = *state;
    struct secret link;
    struct secret session;
    join(temp, "a");
    join(temp, "b");
    struct operator_account reset = account_of(temp, "a");
    struct operator_account disabled = account_of(temp, "b");
    assert_int_equal(
        invitations_reset(temp->store, &reset.id, &temp_store_actor, NOW, &link),
        STATUS_OK);
    assert_int_equal(
        operators_disable(temp->store, &disabled.id, &temp_store_actor), STATUS_OK);
    assert_int_equal(
        sessions_begin(temp->store, &reset, NULL, NOW, &session), STATUS_NOT_FOUND);
    assert_int_equal(
        sessions_begin(temp->store, &disabled, NULL, NOW, &session), STATUS_NOT_FOUND);
    reset = account_of(temp, "a");
    assert_int_equal(
        sessions_begin(temp->store, &reset, NULL, NOW, &session), STATUS_NOT_FOUND);
}

static int64_t count_rows(struct temp_store *temp, const char *query)
{
    int64_t count = -1;
    struct sql *sql = store_take_reader(temp->store);
    assert_int_equal(sql_ask_number(sql, query, &count), STATUS_OK);
    store_give_reader(temp->store, sql);
    return count;
}

static void sweeping_removes_what_is_over_and_nothing_else(void **state)
{
    struct temp_store *temp = *state;
    static const char sessions[] = "SELECT count(*) FROM session";
    static const char links[] = "SELECT count(*) FROM invitation";
    struct secret session = join(temp, "a");
    invite(temp, "b");
    assert_int_equal(sessions_sweep(temp->store, NOW + SESSION_IDLE_MINUTES), STATUS_OK);
    assert_int_equal(count_rows(temp, sessions), 1);
    assert_int_equal(count_rows(temp, links), 1);
    assert_int_equal(
        sessions_sweep(temp->store, NOW + SESSION_IDLE_MINUTES + 1), STATUS_OK);
    assert_int_equal(count_rows(temp, sessions), 0);
    assert_int_equal(sessions_sweep(temp->store, NOW + INVITATION_MINUTES), STATUS_OK);
    assert_int_equal(count_rows(temp, links), 1);
    assert_int_equal(
        sessions_sweep(temp->store, NOW + INVITATION_MINUTES + 1), STATUS_OK);
    assert_int_equal(count_rows(temp, links), 0);
    assert_int_equal(find_session(temp, &session, NOW), STATUS_NOT_FOUND);
}

/* ---- secrets ---- */

static void a_secret_is_written_and_read_as_hexadecimal(void **state)
{
    struct secret secret = secret_make();
    struct secret again = secret_make();
    char letters[SECRET_LETTERS + 1];
    (void)state;
    assert_memory_not_equal(secret.bytes, again.bytes, SECRET_BYTES);
    secret_format(&secret, letters);
    assert_true(secret_parse(text_of(letters), &again));
    assert_memory_equal(secret.bytes, again.bytes, SECRET_BYTES);
    assert_false(secret_parse((struct text){letters, SECRET_LETTERS - 1}, &again));
    letters[5] = 'A';
    assert_false(secret_parse(text_of(letters), &again));
}

static void each_purpose_and_each_store_has_hashes_of_its_own(void **state)
{
    struct temp_store *temp = *state;
    struct secret secret = secret_make();
    const struct code_key other = {{7}};
    struct secret_hash a = secret_hash(store_key(temp->store), SECRET_SESSION, &secret);
    struct secret_hash b = secret_hash(store_key(temp->store), SECRET_FORM, &secret);
    struct secret_hash c = secret_hash(&other, SECRET_SESSION, &secret);
    struct secret_hash d = secret_hash(store_key(temp->store), SECRET_SESSION, &secret);
    assert_false(secret_hash_equals(&a, &b));
    assert_false(secret_hash_equals(&a, &c));
    assert_true(secret_hash_equals(&a, &d));
}

#define STORE_TEST(f)                                                                    \
    cmocka_unit_test_setup_teardown(f, temp_store_set_up, temp_store_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        STORE_TEST(an_invited_operator_has_no_password_and_all_duties),
        STORE_TEST(a_name_is_taken_once_whatever_its_case),
        STORE_TEST(the_list_is_by_name_and_has_room_for_the_limit_and_no_more),
        STORE_TEST(an_id_is_written_and_read_as_hexadecimal),
        STORE_TEST(nobody_of_that_name_or_id_is_not_found),
        STORE_TEST(a_link_sets_the_password_and_signs_in),
        STORE_TEST(a_link_works_once),
        STORE_TEST(a_link_works_in_its_last_minute_and_not_in_the_next),
        STORE_TEST(a_secret_that_was_never_made_opens_nothing),
        STORE_TEST(a_reset_takes_password_sessions_and_old_links_away),
        STORE_TEST(ones_own_link_leaves_the_password_until_it_is_used),
        STORE_TEST(disabling_ends_sessions_and_links_until_a_reset),
        STORE_TEST(the_first_link_makes_the_operator_who_uses_it),
        STORE_TEST(the_first_link_lasts_a_day_and_the_newest_is_the_one),
        STORE_TEST(inviting_somebody_ends_the_first_link),
        STORE_TEST(a_session_ends_twelve_hours_after_it_was_seen_last),
        STORE_TEST(a_session_ends_seven_days_after_it_began_however_busy),
        STORE_TEST(a_new_session_replaces_the_one_before),
        STORE_TEST(an_ended_session_stays_ended),
        STORE_TEST(no_session_begins_with_a_password_that_was_taken_away_meanwhile),
        STORE_TEST(sweeping_removes_what_is_over_and_nothing_else),
        STORE_TEST(a_secret_is_written_and_read_as_hexadecimal),
        STORE_TEST(each_purpose_and_each_store_has_hashes_of_its_own),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
