#pragma once
/* options.h: reads a command's arguments by its row of the table, and prints its help
 * from it. */
#include "web/command/command.h"

/* Fills values, operand and language of *call. False after a message to stderr. */
bool options_read(struct invocation *call, int argument_count, char **arguments);
/* The language of messages: --lang, else LC_ALL, LC_MESSAGES, LANG (zh… is Chinese), else
 * English. */
enum language options_language(const char *asked);

void help_print(const struct invocation *call);     /* of one command */
void help_print_all(const struct invocation *call); /* the list of commands */
