/* guard.c: lets in by session, and only what our own pages send. */
#include "web/guard.h"

#include "web/app.h"
#include "web/url.h"

#include "kiosk/limits.h"

#include <string.h>

/* ---- sessions and cookies ---- */

static struct text proof_of(const struct request *request, const struct secret *session)
{
    const struct app *app = request->app;
    struct secret_hash proof = secret_hash(store_key(app->store), SECRET_FORM, session);
    return text_hex(request->arena, proof.bytes, sizeof proof.bytes);
}

enum status guard_find_visitor(const struct request *request, struct visitor **out)
{
    const struct app *app = request->app;
    struct secret session;
    *out = NULL;
    if (!secret_parse(request_cookie(request, SESSION_COOKIE), &session))
        return STATUS_OK;
    struct visitor *visitor = arena_take(request->arena, sizeof *visitor);
    if (visitor == NULL)
        return STATUS_NO_MEMORY;
    enum status status = sessions_find(
        app->store, &session, clock_minute(), request->arena, &visitor->account);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (status != STATUS_OK)
        return status;
    visitor->session = session;
    visitor->proof = proof_of(request, &session);
    if (visitor->proof.ptr == NULL)
        return STATUS_NO_MEMORY;
    *out = visitor;
    return STATUS_OK;
}

/* The recorded address that people see; empty if there is none. */
static struct text public_url(const struct request *request)
{
    const struct app *app = request->app;
    struct text url;
    if (store_get_setting(app->store, "public_url", request->arena, &url) != STATUS_OK)
        return (struct text){0};
    return url;
}

struct text guard_cookie(const struct request *request, const struct secret *session)
{
    char letters[SECRET_LETTERS + 1] = "";
    bool is_https = text_starts_with(public_url(request), TEXT("https://"));
    if (session != NULL)
        secret_format(session, letters);
    return text_format(request->arena,
        SESSION_COOKIE "=%s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%d%s", letters,
        session == NULL ? 0 : SESSION_MINUTES_MAX * 60, is_https ? "; Secure" : "");
}

/* ---- where a form comes from ---- */

/* What follows the scheme of an origin: host and port; a path is left out. */
static struct text host_of(struct text url)
{
    static const struct text schemes[] = {{"https://", 8}, {"http://", 7}};
    for (size_t i = 0; url.ptr != NULL && i < sizeof schemes / sizeof *schemes; i++) {
        if (!text_starts_with(url, schemes[i]))
            continue;
        struct text host = {url.ptr + schemes[i].len, url.len - schemes[i].len};
        const char *slash = host.len == 0 ? NULL : memchr(host.ptr, '/', host.len);
        return slash == NULL ? host : (struct text){host.ptr, (size_t)(slash - host.ptr)};
    }
    return (struct text){0};
}

/* A proxy may have changed the Host, so the recorded address does as well. */
static bool is_our_origin(const struct request *request, struct text origin)
{
    struct text host = host_of(origin);
    if (host.len == 0)
        return false;
    return text_equals_ignoring_case(host, request_header(request, "Host")) ||
           text_equals_ignoring_case(host, host_of(public_url(request)));
}

bool guard_is_from_here(const struct request *request)
{
    struct text site = request_header(request, "Sec-Fetch-Site");
    struct text origin = request_header(request, "Origin");
    if (site.len > 0 && !text_equals(site, TEXT("same-origin")))
        return false;
    return origin.len == 0 || is_our_origin(request, origin);
}

/* ---- the table's column ---- */

static bool has_proof(const struct request *request, const struct route *route,
    const struct visitor *visitor)
{
    const struct app *app = request->app;
    struct secret_hash right =
        secret_hash(store_key(app->store), SECRET_FORM, &visitor->session);
    struct secret_hash given;
    struct text sent = {0};
    if (route->body == BODY_RAW)
        sent = request_header(request, "X-CSRF-Token");
    else
        (void)request_form(request, "csrf", &sent);
    return text_from_hex(sent, given.bytes, sizeof given.bytes) &&
           secret_hash_equals(&given, &right);
}

/* To the page where one signs in, and from there back. */
static void lead_to_signin(const struct request *request, struct response *response)
{
    struct text target = request->path;
    if (request->query.len > 0 && request->path.len + request->query.len < THEN_BYTES_MAX)
        target = text_format(request->arena, "%.*s?%.*s", TEXT_ARG(request->path),
            TEXT_ARG(request->query));
    if (target.len > THEN_BYTES_MAX)
        target = (struct text){0};
    response->status = 303;
    response->location = url_signin(request->arena, request->language, target).address;
}

enum status guard_enter(struct request *request, const struct route *route,
    struct response *response, bool *may_enter)
{
    struct visitor *visitor = NULL;
    *may_enter = route->who == WHO_ANYONE;
    if (*may_enter)
        return STATUS_OK;
    enum status status = guard_find_visitor(request, &visitor);
    if (status != STATUS_OK)
        return status;
    bool is_post = request->method == METHOD_POST;
    if (visitor == NULL && !is_post) {
        lead_to_signin(request, response);
        return STATUS_OK;
    }
    *may_enter =
        visitor != NULL &&
        (!is_post || (guard_is_from_here(request) && has_proof(request, route, visitor)));
    if (!*may_enter)
        response->status = 403;
    request->visitor = *may_enter ? visitor : NULL;
    response->referrer = REFERRER_OUR_OWN;
    return STATUS_OK;
}
