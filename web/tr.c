/* tr.c: looks messages up in the embedded catalogue and fills in arguments. */
#include "web/tr.h"

#include "web/mo.h"

#include <string.h>

/* Made by the build from po/: see manyi_catalogue in po/CMakeLists.txt. */
extern const char catalogue_zh[] __attribute__((visibility("hidden")));
extern const uint64_t catalogue_zh_bytes __attribute__((visibility("hidden")));

struct text tr_catalogue(void)
{
    /* cppcheck-suppress comparePointers ; both ends of what the assembler embedded */
    return (struct text){catalogue_zh, catalogue_zh_bytes};
}

const char *tr(enum language language, const char *message)
{
    struct mo mo;
    if (language != LANGUAGE_ZH || !mo_open(tr_catalogue(), &mo))
        return message;
    const char *translation = mo_find(&mo, message);
    return translation == NULL ? message : translation;
}

const char *trn(enum language language, const char *one, const char *many, int64_t n)
{
    const char *translation = tr(language, one);
    return translation != one ? translation : n == 1 ? one : many;
}

static void add_formatted(
    struct buffer *out, const char *message, const struct text *arguments, size_t count)
{
    const char *at = message;
    for (const char *brace = strchr(at, '{'); brace != NULL;
         brace = strchr(brace + 1, '{')) {
        size_t n = (size_t)(brace[1] - '1'); /* below '1': far too large */
        if (n >= count || n >= 9 || brace[2] != '}')
            continue;
        buffer_add(out, at, (size_t)(brace - at));
        buffer_add_text(out, arguments[n]);
        at = brace + 3;
        brace += 2;
    }
    buffer_add_string(out, at);
}

static struct text finish(const struct buffer *out)
{
    if (out->is_full)
        return (struct text){0};
    return out->data == NULL ? TEXT("") : buffer_text(out);
}

struct text tr_format(struct arena *arena, enum language language, const char *message,
    const struct text *arguments, size_t count)
{
    struct buffer out;
    buffer_init(&out, arena, SIZE_MAX);
    add_formatted(&out, tr(language, message), arguments, count);
    return finish(&out);
}

struct text tr_problem(
    struct arena *arena, enum language language, const struct problem *problem)
{
    struct buffer out;
    buffer_init(&out, arena, SIZE_MAX);
    add_formatted(
        &out, tr(language, problem->message), problem->argument, PROBLEM_ARGUMENTS_MAX);
    if (problem->did_you_mean.len > 0) {
        if (language == LANGUAGE_EN)
            buffer_add_char(&out, ' ');
        add_formatted(
            &out, tr(language, "Did you mean “{1}”?"), &problem->did_you_mean, 1);
    }
    return finish(&out);
}

struct text tr_wording(enum language language, const struct wording *wording)
{
    struct text wanted = wording->in[language];
    enum language other = language == LANGUAGE_ZH ? LANGUAGE_EN : LANGUAGE_ZH;
    return wanted.len > 0 ? wanted : wording->in[other];
}

const char *tr_tag(enum language language)
{
    return language == LANGUAGE_EN ? "en" : "zh-CN";
}
