#pragma once
/* command.h: the command line as a table: what each command takes, and what it prints for
   --help. Results go to stdout, messages to stderr; exit 0 done, 1 the thing asked failed
   or does not hold, 2 wrong usage. */
#include "kiosk/arena.h"
#include "kiosk/language.h"
#include "kiosk/problems.h"
#include "kiosk/status.h"

#include <stdio.h>

enum exit_code { EXIT_DONE, EXIT_FAILED, EXIT_USAGE };

/* Every option of every command, once: its name, value and explanation stand in
 * options.c. */
enum option {
    OPTION_STORE,
    OPTION_DEMO,
    OPTION_LISTEN,
    OPTION_PUBLIC_URL,
    OPTION_PLAN,
    OPTION_TRUTH,
    OPTION_PROGRAMME,
    OPTION_WAVE,
    OPTION_CENTRE,
    OPTION_CHANNEL,
    OPTION_COUNT_OF, /* --count */
    OPTION_PER_PAGE,
    OPTION_PAPER,
    OPTION_TEST,
    OPTION_VOID,
    OPTION_WITHDRAW,
    OPTION_REASON,
    OPTION_FORMAT,
    OPTION_OUTPUT,
    OPTION_INDICATOR,
    OPTION_AS_OF,
    OPTION_MEASURE,
    OPTION_TARGET_BP,
    OPTION_CONFIDENCE,
    OPTION_EXPLAIN,
    OPTION_NAME,
    OPTION_KEY,
    OPTION_REPLACE,
    OPTION_FROM,
    OPTION_TO,
    OPTION_LANGUAGE,
    OPTION_COUNT
};
#define TAKES(option) (1u << (option))
_Static_assert(OPTION_COUNT <= 32, "a set of options is 32 bits");

enum { OPERANDS_MAX = 2 };

/* One call of a command, its options read and looked at. */
struct invocation {
    const struct command *command;
    const char *values[OPTION_COUNT];   /* NULL: not given; "" of one without a value */
    const char *operands[OPERANDS_MAX]; /* as the command's row names them */
    enum language language;
    struct arena *arena; /* COMMAND_ARENA_BYTES, for the command's whole life */
};

struct command {
    const char *name;    /* "plan apply" */
    const char *summary; /* msgid, one line */
    /* "FILE", "TABLE FILE", "[FILE]" if it may be left out, or NULL if it takes none */
    const char *operand;
    unsigned takes;      /* TAKES() of each option; all take OPTION_LANGUAGE */
    unsigned needs;      /* those that must be given */
    const char *formats; /* allowed values of --format, the default first: "text json" */
    const char *example; /* a whole line to try */
    enum exit_code (*run)(const struct invocation *call);
};

/* One row a command, ended by a NULL name (commands.c). */
extern const struct command commands[];

/* Reads the arguments behind the program's name and runs what they ask for. */
enum exit_code command_line(int argument_count, char **arguments);

/* ---- for commands ---- */

/* True if --format has that value (or it is the default). */
bool has_format(const struct invocation *call, const char *format);
/* Prints a translated sentence, {1} {2} {3} filled in, and a line end. NULL ends the
 * arguments. */
void say(const struct invocation *call, const char *message, ...);
void complain(const struct invocation *call, const char *message, ...);
/* Prints problems to stderr (or stdout, for `plan check`), one a line; file may be NULL.
 */
void print_problems(const struct invocation *call, bool to_stdout, const char *file,
    const struct problems *problems);
/* Complains of wrong usage and says how to see the help; returns EXIT_USAGE. */
enum exit_code usage_error(const struct invocation *call, const char *message, ...);
/* Writes a result to stdout; EXIT_FAILED with a message if it can't be written. */
enum exit_code write_result(const struct invocation *call, struct text result);
/* The same of a file that was written to and is read from its beginning; not closed. */
enum exit_code write_spooled(const struct invocation *call, FILE *spool);
/* A result: a text, or a file that was made whole before anything is written. */
struct product {
    struct text text;
    FILE *spool; /* NULL: the text */
};
/* To --output, else to stdout; the file is not closed. EXIT_FAILED after a message. */
enum exit_code write_product(
    const struct invocation *call, const struct product *product);
/* False after a message if stdout is a terminal, which can't show pages. */
bool can_write_pages(const struct invocation *call);
/* Says why a print could not be made. */
void complain_of_print(const struct invocation *call, enum status status);
