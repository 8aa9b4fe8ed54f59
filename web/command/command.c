/* command.c: finds the command, reads its options, prints what it says. */
#include "web/command/command.h"

#include "web/command/options.h"
#include "web/tr.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { COMMAND_ARENA_BYTES = 64 * 1024 * 1024 }; /* touched only as far as it is used */

/* Fills {1} {2} {3} of a sentence that is translated already. */
static void print_sentence(
    const struct invocation *call, FILE *file, const char *message, va_list arguments)
{
    struct text filled[PROBLEM_ARGUMENTS_MAX];
    size_t count = 0;
    for (const char *argument = va_arg(arguments, const char *);
         argument != NULL && count < PROBLEM_ARGUMENTS_MAX;
         argument = va_arg(arguments, const char *))
        filled[count++] = text_of(argument);
    struct text sentence = tr_format(call->arena, LANGUAGE_EN, message, filled, count);
    (void)fprintf(file, "%.*s\n", TEXT_ARG(sentence));
}

void say(const struct invocation *call, const char *message, ...)
{
    va_list arguments;
    va_start(arguments, message);
    print_sentence(call, stdout, message, arguments);
    va_end(arguments);
}

void complain(const struct invocation *call, const char *message, ...)
{
    va_list arguments;
    va_start(arguments, message);
    (void)fputs("manyi: ", stderr);
    print_sentence(call, stderr, message, arguments);
    va_end(arguments);
}

enum exit_code usage_error(const struct invocation *call, const char *message, ...)
{
    va_list arguments;
    va_start(arguments, message);
    (void)fputs("manyi: ", stderr);
    print_sentence(call, stderr, message, arguments);
    va_end(arguments);
    bool is_named = call->command != NULL;
    (void)fprintf(stderr, "%s manyi %s%s--help\n", tr(call->language, "For help:"),
        is_named ? call->command->name : "", is_named ? " " : "");
    return EXIT_USAGE;
}

void print_problems(const struct invocation *call, bool to_stdout, const char *file,
    const struct problems *problems)
{
    FILE *out = to_stdout ? stdout : stderr;
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->list[i];
        if (problem->line > 0 && problem->column > 0)
            (void)fprintf(out, "%s:%u:%u: ", file, problem->line, problem->column);
        else if (problem->line > 0)
            (void)fprintf(out, "%s:%u: ", file, problem->line);
        else if (file != NULL)
            (void)fprintf(out, "%s: ", file);
        else
            (void)fputs("manyi: ", out);
        struct text sentence = tr_problem(call->arena, call->language, problem);
        (void)fprintf(out, "%.*s\n", TEXT_ARG(sentence));
    }
    if (problems->is_incomplete)
        (void)fprintf(out, "%s\n",
            tr(call->language, "There are more mistakes; mend these first."));
}

enum exit_code write_result(const struct invocation *call, struct text result)
{
    if (fwrite(result.ptr, 1, result.len, stdout) == result.len && fflush(stdout) == 0)
        return EXIT_DONE;
    complain(call, tr(call->language, "The result could not be written."), NULL);
    return EXIT_FAILED;
}

/* The command that the first one or two words name; *used says how many. */
static const struct command *find_command(int count, char **words, int *used)
{
    for (const struct command *row = commands; row->name != NULL; row++) {
        size_t first = strcspn(row->name, " ");
        bool is_first = count >= 1 && strlen(words[0]) == first &&
                        memcmp(words[0], row->name, first) == 0;
        bool is_two = row->name[first] == ' ';
        if (is_first &&
            (!is_two || (count >= 2 && strcmp(words[1], row->name + first + 1) == 0))) {
            *used = is_two ? 2 : 1;
            return row;
        }
    }
    return NULL;
}

/* "check apply show": the second words behind a first one, or an empty text. */
static struct text second_words(struct arena *arena, const char *first)
{
    enum { WORDS_BYTES_MAX = 200 };
    struct buffer words;
    buffer_init(&words, arena, WORDS_BYTES_MAX);
    size_t len = strlen(first);
    for (const struct command *row = commands; row->name != NULL; row++)
        if (strncmp(row->name, first, len) == 0 && row->name[len] == ' ')
            buffer_add_format(
                &words, "%s%s", words.len > 0 ? " " : "", row->name + len + 1);
    buffer_add_char(&words, '\0');
    return buffer_text(&words);
}

static enum exit_code unknown_command(const struct invocation *call, const char *first)
{
    struct text words = second_words(call->arena, first);
    if (words.len > 1)
        return usage_error(call, tr(call->language, "{1} goes with one of: {2}"), first,
            words.ptr, NULL);
    return usage_error(
        call, tr(call->language, "There is no command \"{1}\"."), first, NULL);
}

static bool asks_for_help(int count, char **words)
{
    for (int i = 0; i < count; i++)
        if (strcmp(words[i], "--help") == 0 || strcmp(words[i], "-h") == 0)
            return true;
    return false;
}

static enum exit_code run_named(struct invocation *call, int count, char **words)
{
    int used = 0;
    static char version[] = "version";
    if (count == 1 && strcmp(words[0], "--version") == 0)
        words[0] = version;
    bool wants_help = asks_for_help(count, words);
    call->command = find_command(count, words, &used);
    if (call->command != NULL && !wants_help) {
        if (!options_read(call, count - used, words + used))
            return EXIT_USAGE;
        return call->command->run(call);
    }
    if (call->command != NULL) {
        help_print(call);
        return EXIT_DONE;
    }
    if (wants_help || (count == 1 && strcmp(words[0], "help") == 0)) {
        help_print_all(call);
        return EXIT_DONE;
    }
    if (count == 0)
        return usage_error(call, tr(call->language, "Which command?"), NULL);
    return unknown_command(call, words[0]);
}

enum exit_code command_line(int argument_count, char **arguments)
{
    struct invocation call = {.language = options_language(NULL)};
    call.arena = arena_new(COMMAND_ARENA_BYTES);
    if (call.arena == NULL) {
        (void)fputs("manyi: no memory\n", stderr);
        return EXIT_FAILED;
    }
    enum exit_code code = run_named(&call, argument_count - 1, arguments + 1);
    arena_free(call.arena);
    if (code == EXIT_DONE && fflush(stdout) != 0)
        code = EXIT_FAILED;
    return code;
}
