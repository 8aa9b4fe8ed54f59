/* commands.c: every command of the program, one row each. */
#include "web/command/commands.h"

/* clang-format off */
const struct command commands[] = {
    {"serve", N_("serve the pages people and managers see"), NULL,
        TAKES(OPTION_STORE) | TAKES(OPTION_DEMO) | TAKES(OPTION_LISTEN) |
        TAKES(OPTION_PUBLIC_URL),
        0, NULL,
        "manyi serve --store store --listen 127.0.0.1:8080 --public-url https://pj.example.cn",
        command_serve},
    {"plan check", N_("find every mistake in a plan file"), "FILE",
        TAKES(OPTION_FORMAT), 0, "text json",
        "manyi plan check deploy/plan-2026.yaml",
        command_plan_check},
    {"plan apply", N_("put a plan in force, as a new version"), "FILE",
        TAKES(OPTION_STORE), TAKES(OPTION_STORE), NULL,
        "manyi plan apply --store store deploy/plan-2026.yaml",
        command_plan_apply},
    {"plan show", N_("print the plan in force"), NULL,
        TAKES(OPTION_STORE) | TAKES(OPTION_FORMAT), TAKES(OPTION_STORE), "yaml json",
        "manyi plan show --store store",
        command_plan_show},
    {"codes", N_("make one-time codes, or take a batch back"), NULL,
        TAKES(OPTION_STORE) | TAKES(OPTION_PROGRAMME) | TAKES(OPTION_WAVE) |
        TAKES(OPTION_CENTRE) | TAKES(OPTION_CHANNEL) | TAKES(OPTION_COUNT_OF) |
        TAKES(OPTION_FORMAT) | TAKES(OPTION_PUBLIC_URL) | TAKES(OPTION_VOID) |
        TAKES(OPTION_REASON),
        TAKES(OPTION_STORE), "csv",
        "manyi codes --store store --programme three-visits --wave 2026-q4 --count 157",
        command_codes},
    {"links", N_("list the open link of every programme and centre"), NULL,
        TAKES(OPTION_STORE) | TAKES(OPTION_FORMAT) | TAKES(OPTION_PUBLIC_URL),
        TAKES(OPTION_STORE), "csv",
        "manyi links --store store",
        command_links},
    {"import", N_("take in answers collected elsewhere, or take them back"), "[FILE.csv]",
        TAKES(OPTION_STORE) | TAKES(OPTION_FORMAT) | TAKES(OPTION_WITHDRAW) |
        TAKES(OPTION_REASON),
        TAKES(OPTION_STORE), "text json",
        "manyi import --store store paper-2026-q1.csv",
        command_import},
    {"report", N_("the figures and verdicts of all indicators"), NULL,
        TAKES(OPTION_STORE) | TAKES(OPTION_FORMAT) | TAKES(OPTION_OUTPUT) |
        TAKES(OPTION_INDICATOR) | TAKES(OPTION_AS_OF),
        TAKES(OPTION_STORE), "text json csv",
        "manyi report --store store --format json --as-of 2026-11-22",
        command_report},
    {"stats", N_("compute the figures of a table: rate, mean, strata or score"), "TABLE FILE",
        TAKES(OPTION_MEASURE) | TAKES(OPTION_TARGET_BP) | TAKES(OPTION_CONFIDENCE), 0, NULL,
        "manyi stats rate waves.csv --target-bp 8500",
        command_stats},
    {"verify", N_("check that the counts equal the rows"), NULL,
        TAKES(OPTION_STORE), TAKES(OPTION_STORE), NULL,
        "manyi verify --store store",
        command_verify},
    {"version", N_("print the program's version"), NULL,
        0, 0, NULL,
        "manyi version",
        command_version},
    {.name = NULL},
};
/* clang-format on */
