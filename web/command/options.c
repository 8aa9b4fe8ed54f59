/* options.c: options as a table; --name VALUE and --name=VALUE; help from the same table.
 */
#include "web/command/options.h"

#include "web/tr.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct option_row {
    const char *name;
    const char *value; /* NULL: it takes none */
    const char *meaning;
};

static const struct option_row option_rows[OPTION_COUNT] = {
    [OPTION_STORE] = {"store", "DIR",
        N_("folder of the store, or postgres://USER@HOST/DATABASE")},
    [OPTION_DEMO] = {"demo", NULL,
        N_("a demonstration: made-up answers in a store of its own")},
    [OPTION_LISTEN] = {"listen", "ADDR:PORT",
        N_("where to listen (default 127.0.0.1:8080; port 0 takes a free one)")},
    [OPTION_PUBLIC_URL] = {"public-url", "URL",
        N_("the address people see in links (default: the recorded one)")},
    [OPTION_PLAN] = {"plan", "FILE", N_("the plan that is rehearsed")},
    [OPTION_TRUTH] = {"truth", "FILE",
        N_("what is true: a table with the columns programme, satisfied, response; wave, "
           "walk_in, people")},
    [OPTION_PROGRAMME] = {"programme", "ID", N_("programme of the plan")},
    [OPTION_WAVE] = {"wave", "ID", N_("wave of the programme")},
    [OPTION_CENTRE] = {"centre", "ID", N_("service point that hands them out")},
    [OPTION_CHANNEL] = {"channel", "slip|link",
        N_("printed on a slip (default) or sent as a link")},
    [OPTION_COUNT_OF] = {"count", "N", N_("how many codes")},
    [OPTION_PER_PAGE] = {"per-page", "24|10", N_("slips on a sheet (default 24)")},
    [OPTION_PAPER] = {"paper", "a4|a3", N_("size of a poster (default a4)")},
    [OPTION_TEST] = {"test", NULL, N_("a print for trying: its codes open nothing")},
    [OPTION_VOID] = {"void", "BATCH", N_("take back what is unused of a batch")},
    [OPTION_WITHDRAW] = {"withdraw", "IMPORT", N_("take an import back whole")},
    [OPTION_REASON] = {"reason", "TEXT", N_("why, for the record")},
    [OPTION_FORMAT] = {"format", "FORMAT", N_("how to print the result:")},
    [OPTION_OUTPUT] = {"output", "FILE", N_("write to a file instead of the terminal")},
    [OPTION_INDICATOR] = {"indicator", "ID", N_("only this indicator")},
    [OPTION_AS_OF] = {"as-of", "DATE", N_("as of this day, YYYY-MM-DD (default: today)")},
    [OPTION_MEASURE] = {"measure", "top2|top3",
        N_("what counts as satisfied where the file does not say (default top2)")},
    [OPTION_TARGET_BP] = {"target-bp", "T",
        N_("target where the file has none, in hundredths of a percent (default 9000)")},
    [OPTION_CONFIDENCE] = {"confidence", "C",
        N_("0.9, 0.95 or 0.99 where the file does not say (default 0.95)")},
    [OPTION_EXPLAIN] = {"explain", NULL, N_("print the steps of each row in words")},
    [OPTION_NAME] = {"name", "NAME", N_("name of the operator")},
    [OPTION_KEY] = {"key", "FILE",
        N_("the key that was beside the store (default: the one in the folder)")},
    [OPTION_REPLACE] = {"replace", NULL, N_("move the store that is there aside")},
    [OPTION_FROM] = {"from", "STORE", N_("the store to copy: a folder or an address")},
    [OPTION_TO] = {"to", "STORE", N_("where to: a new folder or an empty database")},
    [OPTION_LANGUAGE] = {"lang", "zh|en", N_("language of messages")},
};

enum language options_language(const char *asked)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

    for (size_t i = 0; asked == NULL && i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        asked = value != NULL && value[0] != '\0' ? value : NULL;
    }
    return asked != NULL && strncmp(asked, "zh", 2) == 0 ? LANGUAGE_ZH : LANGUAGE_EN;
}

static bool is_taken(const struct command *command, int option)
{
    return option == OPTION_LANGUAGE || (command->takes & TAKES(option)) != 0;
}

/* The option of that name (without dashes) that the command takes, or OPTION_COUNT. */
static int find_option(const struct command *command, const char *name, size_t len)
{
    for (int i = 0; i < OPTION_COUNT; i++)
        if (is_taken(command, i) && strlen(option_rows[i].name) == len &&
            memcmp(option_rows[i].name, name, len) == 0)
            return i;
    return OPTION_COUNT;
}

/* Reads --name VALUE or --name=VALUE at *at; moves *at to the last argument used. */
static bool read_option(
    struct invocation *call, int argument_count, char **arguments, int *at)
{
    const char *name = arguments[*at] + 2;
    const char *equals = strchr(name, '=');
    size_t len = equals == NULL ? strlen(name) : (size_t)(equals - name);
    int option = find_option(call->command, name, len);
    if (option == OPTION_COUNT) {
        (void)usage_error(call, tr(call->language, "There is no option {1} here."),
            arguments[*at], NULL);
        return false;
    }
    if (call->values[option] != NULL) {
        (void)usage_error(
            call, tr(call->language, "{1} was given twice."), arguments[*at], NULL);
        return false;
    }
    bool has_value = option_rows[option].value != NULL;
    if (!has_value && equals != NULL) {
        (void)usage_error(call, tr(call->language, "--{1} takes no value."),
            option_rows[option].name, NULL);
        return false;
    }
    if (has_value && equals == NULL && *at + 1 == argument_count) {
        (void)usage_error(
            call, tr(call->language, "{1} needs a value."), arguments[*at], NULL);
        return false;
    }
    call->values[option] = !has_value       ? ""
                           : equals != NULL ? equals + 1
                                            : arguments[++*at];
    return true;
}

/* Where the name of operand number index begins in "TABLE FILE"; NULL: there are fewer.
 */
static const char *operand_name(const struct command *command, size_t index)
{
    const char *name = command->operand;
    for (; name != NULL && index > 0; index--) {
        name = strchr(name, ' ');
        name = name == NULL ? NULL : name + 1;
    }
    return name;
}

static bool read_operand(struct invocation *call, const char *argument)
{
    size_t index = 0;
    while (index < OPERANDS_MAX && call->operands[index] != NULL)
        index++;
    if (index == OPERANDS_MAX || operand_name(call->command, index) == NULL) {
        (void)usage_error(
            call, tr(call->language, "\"{1}\" is one word too many."), argument, NULL);
        return false;
    }
    call->operands[index] = argument;
    return true;
}

static bool has_all_operands(const struct invocation *call)
{
    for (size_t i = 0; i < OPERANDS_MAX; i++) {
        const char *name = operand_name(call->command, i);
        if (name == NULL || name[0] == '[' || call->operands[i] != NULL)
            continue; /* in brackets: may be left out */
        struct text missing =
            text_format(call->arena, "%.*s", (int)strcspn(name, " "), name);
        (void)usage_error(call, tr(call->language, "{1} is missing."),
            text_to_string(call->arena, missing), NULL);
        return false;
    }
    return true;
}

static bool has_all_needed(const struct invocation *call)
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        if ((call->command->needs & TAKES(i)) == 0 || call->values[i] != NULL)
            continue;
        (void)usage_error(call, tr(call->language, "--{1} {2} is missing."),
            option_rows[i].name, option_rows[i].value, NULL);
        return false;
    }
    return has_all_operands(call);
}

/* True if word is one of the words of a list that are separated by spaces. */
static bool is_among(const char *words, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = words; at != NULL && *at != '\0';) {
        size_t here = strcspn(at, " ");
        if (here == len && memcmp(at, word, len) == 0)
            return true;
        at += here + (at[here] == ' ');
    }
    return false;
}

bool options_read(struct invocation *call, int argument_count, char **arguments)
{
    for (int i = 0; i < argument_count; i++) {
        bool is_option = strncmp(arguments[i], "--", 2) == 0 && arguments[i][2] != '\0';
        if (is_option ? !read_option(call, argument_count, arguments, &i)
                      : !read_operand(call, arguments[i]))
            return false;
    }
    call->language = options_language(call->values[OPTION_LANGUAGE]);
    const char *format = call->values[OPTION_FORMAT];
    if (format != NULL && !is_among(call->command->formats, format)) {
        (void)usage_error(call, tr(call->language, "--format {1} is not among: {2}"),
            format, call->command->formats, NULL);
        return false;
    }
    return has_all_needed(call);
}

bool has_format(const struct invocation *call, const char *format)
{
    const char *given = call->values[OPTION_FORMAT];
    if (given != NULL)
        return strcmp(given, format) == 0;
    size_t len = strcspn(call->command->formats, " ");
    return strlen(format) == len && memcmp(call->command->formats, format, len) == 0;
}

static void print_usage(const struct command *command)
{
    printf("manyi %s", command->name);
    for (int i = 0; i < OPTION_COUNT; i++) {
        if ((command->takes & TAKES(i)) == 0)
            continue;
        bool is_needed = (command->needs & TAKES(i)) != 0;
        const char *value = option_rows[i].value;
        printf(is_needed ? " --%s%s%s" : " [--%s%s%s]", option_rows[i].name,
            value == NULL ? "" : " ", value == NULL ? "" : value);
    }
    printf(command->operand == NULL ? "\n" : " %s\n", command->operand);
}

void help_print(const struct invocation *call)
{
    const struct command *command = call->command;
    printf("%s\n\n", tr(call->language, command->summary));
    printf("%s\n  ", tr(call->language, "Usage:"));
    print_usage(command);
    printf("\n%s\n", tr(call->language, "Options:"));
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (!is_taken(command, i))
            continue;
        char left[40];
        const char *value = option_rows[i].value;
        (void)snprintf(left, sizeof left, "--%s %s", option_rows[i].name,
            value == NULL ? "" : value);
        printf("  %-24s %s%s%s\n", left, tr(call->language, option_rows[i].meaning),
            i == OPTION_FORMAT ? " " : "", i == OPTION_FORMAT ? command->formats : "");
    }
    printf("\n%s\n  %s\n", tr(call->language, "Example:"), command->example);
}

void help_print_all(const struct invocation *call)
{
    printf("%s\n\n%s\n",
        tr(call->language, "manyi asks the people you serve: were you satisfied?"),
        tr(call->language, "Commands:"));
    for (const struct command *row = commands; row->name != NULL; row++)
        printf("  %-17s %s\n", row->name, tr(call->language, row->summary));
    printf("\n%s\n  manyi plan apply --store store deploy/plan-2026.yaml\n"
           "  manyi serve --store store\n",
        tr(call->language, "Example:"));
    printf("\n%s\n", tr(call->language, "manyi COMMAND --help says more of each."));
}
