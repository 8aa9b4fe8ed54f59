/* codes.c: `manyi codes`: makes one-time codes, or takes back what is unused of a batch.
 */
#include "web/command/codes_print.h"
#include "web/command/commands.h"
#include "web/command/session.h"
#include "web/render/csv.h"
#include "web/tr.h"

#include "db/codes.h"
#include "kiosk/limits.h"

/* A row is a code of 14 letters, a URL of at most 512 bytes and what separates them. */
enum { CODES_ROW_BYTES = 600 };

/* The programme, wave and centre named by the options, checked against the plan. */
static bool name_order(const struct invocation *call, const struct session *session,
    const struct plan *plan, struct codes_order *out)
{
    struct text id = text_of(call->values[OPTION_PROGRAMME]);
    struct text wave = text_of(call->values[OPTION_WAVE]);
    struct text centre = text_of(call->values[OPTION_CENTRE]);
    const struct plan_programme *programme = plan_find_programme(plan, id);
    if (programme == NULL) {
        complain(
            call, tr(call->language, "The plan has no programme \"{1}\"."), id.ptr, NULL);
        return false;
    }
    const struct plan_wave *found = programme_find_wave(programme, wave);
    if (found == NULL) {
        complain(call, tr(call->language, "Programme {1} has no wave \"{2}\"."), id.ptr,
            wave.ptr, NULL);
        return false;
    }
    if (session->today > found->closes) {
        complain(call,
            tr(call->language, "Wave {1} of {2} is over; its codes would open nothing."),
            wave.ptr, id.ptr, NULL);
        return false;
    }
    if (centre.len > 0 && !programme_has_centre(plan, programme, centre)) {
        complain(call, tr(call->language, "Programme {1} has no centre \"{2}\"."), id.ptr,
            centre.ptr, NULL);
        return false;
    }
    out->programme = programme->id;
    out->wave = found->id;
    out->centre = centre;
    out->today = session->today;
    return true;
}

static bool read_count(const struct invocation *call, size_t *out)
{
    int64_t count = 0;
    if (call->values[OPTION_COUNT_OF] == NULL) /* a test print: one sheet */
        return true;
    if (text_to_number(text_of(call->values[OPTION_COUNT_OF]), &count) && count >= 1 &&
        count <= CODES_BATCH_MAX) {
        *out = (size_t)count;
        return true;
    }
    struct text most = text_format(call->arena, "%d", CODES_BATCH_MAX);
    (void)usage_error(call, tr(call->language, "--count takes a number from 1 to {1}."),
        most.ptr, NULL);
    return false;
}

static bool read_channel(const struct invocation *call, enum channel *out)
{
    struct text asked = text_of(call->values[OPTION_CHANNEL]);
    *out = CHANNEL_SLIP;
    if (asked.len == 0 ||
        (channel_parse(asked, out) && (*out == CHANNEL_SLIP || *out == CHANNEL_LINK)))
        return true;
    (void)usage_error(call, tr(call->language, "--channel is slip or link."), NULL);
    return false;
}

static enum exit_code print_codes(const struct invocation *call,
    const struct session *session, const struct code *codes, size_t count)
{
    struct text public_url = session_public_url(call, session);
    struct buffer out;
    buffer_init(&out, call->arena, (count + 1) * CODES_ROW_BYTES);
    buffer_add_string(&out, "code,url\r\n");
    for (size_t i = 0; i < count; i++) {
        char grouped[CODE_LETTERS + 3];
        code_group(&codes[i], grouped);
        csv_add_text(&out, true, text_of(grouped));
        buffer_add_format(&out, ",%.*s/t/%s", TEXT_ARG(public_url), codes[i].letters);
        csv_end_row(&out);
    }
    if (!out.is_full)
        return write_result(call, buffer_text(&out));
    complain(
        call, tr(call->language, "So many codes don't fit; make fewer at a time."), NULL);
    return EXIT_FAILED;
}

static void say_batch(
    const struct invocation *call, const struct codes_order *order, int64_t batch)
{
    struct text number = text_format(call->arena, "%lld", (long long)batch);
    struct text count = text_format(call->arena, "%zu", order->count);
    if (order->is_test) {
        complain(call,
            tr(call->language, "A test print of {1} codes: they open nothing."),
            count.ptr, NULL);
        return;
    }
    complain(call,
        tr(call->language,
            "Batch {1}: {2} codes. To take it back: manyi codes --store {3} --void {1} "
            "--reason TEXT"),
        number.ptr, count.ptr, session_store_name(call), NULL);
}

/* Codes of which nobody has a print are taken back at once. */
static enum exit_code give_up(const struct invocation *call, struct session *session,
    const struct codes_order *order, int64_t batch, enum status why)
{
    int64_t voided = 0;
    complain_of_print(call, why);
    enum status status = order->is_test
                             ? STATUS_OK
                             : codes_void(session->store, batch,
                                   text_of(tr(call->language, "it could not be printed")),
                                   order->today, &voided);
    if (status != STATUS_OK)
        say_batch(call, order, batch);
    return EXIT_FAILED;
}

static enum exit_code hand_out(const struct invocation *call, struct session *session,
    const struct codes_order *order, const struct code *codes, int64_t batch)
{
    enum exit_code code = EXIT_FAILED;
    enum status status = STATUS_OK;
    if (has_format(call, "pdf"))
        status = codes_print(call, session, order, codes, &code);
    else
        code = print_codes(call, session, codes, order->count);
    if (status != STATUS_OK)
        return give_up(call, session, order, batch, status);
    say_batch(call, order, batch);
    return code;
}

static enum exit_code make_codes(const struct invocation *call, struct session *session,
    const struct codes_order *wanted)
{
    struct codes_order order = *wanted;
    int64_t batch = 0;
    const struct plan_version *version = session_plan(call, session);
    if (version == NULL || !name_order(call, session, version->plan, &order))
        return EXIT_FAILED;
    struct code *codes = arena_take_array(call->arena, order.count, sizeof *codes);
    enum status status = codes == NULL
                             ? STATUS_NO_MEMORY
                             : codes_make(session->store, &order, codes, &batch);
    if (status != STATUS_OK) {
        complain(call, tr(call->language, "No codes were made: {1}."),
            status_words(status), NULL);
        return EXIT_FAILED;
    }
    return hand_out(call, session, &order, codes, batch);
}

static enum exit_code void_batch(const struct invocation *call, struct session *session)
{
    int64_t batch = 0;
    int64_t voided = 0;
    const char *name = call->values[OPTION_VOID];
    struct text reason = text_trim(text_of(call->values[OPTION_REASON]));
    enum status status = STATUS_NOT_FOUND;
    if (text_to_number(text_of(name), &batch))
        status = codes_void(session->store, batch, reason, session->today, &voided);
    if (status == STATUS_OK) {
        struct text number = text_format(call->arena, "%lld", (long long)voided);
        say(call, tr(call->language, "Batch {1}: {2} unused codes are void now."), name,
            number.ptr, NULL);
        return EXIT_DONE;
    }
    if (status == STATUS_NOT_FOUND)
        complain(call, tr(call->language, "There is no batch {1}."), name, NULL);
    else if (status == STATUS_CONFLICT)
        complain(
            call, tr(call->language, "Batch {1} was taken back before."), name, NULL);
    else
        complain(call, tr(call->language, "The batch can't be taken back: {1}."),
            status_words(status), NULL);
    return EXIT_FAILED;
}

/* What can be wrong without a look at the store: making needs a programme, a wave and a
   count, taking back a reason. */
static bool read_usage(const struct invocation *call, struct codes_order *out)
{
    struct text reason = text_trim(text_of(call->values[OPTION_REASON]));
    if (call->values[OPTION_VOID] != NULL) {
        if (reason.len > 0 && text_is_utf8(reason))
            return true;
        (void)usage_error(
            call, tr(call->language, "Say why with --reason TEXT; it is kept."), NULL);
        return false;
    }
    out->is_test = call->values[OPTION_TEST] != NULL;
    out->count = codes_per_page(call);
    bool has_count = out->is_test || call->values[OPTION_COUNT_OF] != NULL;
    if (call->values[OPTION_PROGRAMME] != NULL && call->values[OPTION_WAVE] != NULL &&
        has_count)
        return read_count(call, &out->count) && read_channel(call, &out->channel);
    (void)usage_error(
        call, tr(call->language, "Name --programme, --wave and --count."), NULL);
    return false;
}

enum exit_code command_codes(const struct invocation *call)
{
    struct session session;
    struct codes_order wanted = {0};
    if (!read_usage(call, &wanted))
        return EXIT_USAGE;
    enum exit_code code =
        call->values[OPTION_VOID] == NULL ? codes_can_print(call) : EXIT_DONE;
    if (code != EXIT_DONE)
        return code;
    if (session_open(call, STORE_CHANGE, &session) != STATUS_OK)
        return EXIT_FAILED;
    code = call->values[OPTION_VOID] != NULL ? void_batch(call, &session)
                                             : make_codes(call, &session, &wanted);
    session_close(&session);
    return code;
}
