#pragma once
/* limits.h: every maximum of the product with its reason. ARCHITECTURE.md prints this
   table and a test compares the two: write each as NAME = value, then the reason on the
   same line. */

enum limit {
    PLAN_BYTES_MAX =
        1048576,        /* a year's plan is about 20 KB; a cap keeps parsing short */
    PROBLEMS_MAX = 200, /* nobody mends more than that before the next check */
    ID_BYTES_MAX = 40,  /* ids stand in addresses, keys and table cells */
    WORDING_CHARACTERS_MAX = 500,  /* a question must be read in one breath on a phone */
    QUESTIONNAIRE_ITEMS_MAX = 50,  /* the answers of one submission stay one short text */
    ITEM_OPTIONS_MAX = 20,         /* a bitmask of four base-32 characters */
    ITEM_TEXT_MAX = 2000,          /* characters of a comment that a plan may allow */
    PLAN_CENTRES_MAX = 500,        /* service points of one federation */
    PLAN_PROGRAMMES_MAX = 200,     /* programmes of one year */
    PLAN_QUESTIONNAIRES_MAX = 200, /* one a programme at most */
    PLAN_INDICATORS_MAX = 100,     /* a declaration has a handful of satisfaction lines */
    PLAN_UNITS_MAX = 100,          /* the federation and its budget units */
    PLAN_GRACE_DAYS_MAX = 366,     /* a tablet that was away longer than a year is lost */
    INDICATOR_SUBJECTS_MAX = 200,  /* posts appraised; the declaration has four people */
    INDICATOR_APPRAISERS_MAX = 10000, /* invited by name elsewhere, counted here */
    WAVE_POPULATION_MAX = 1000000000, /* figures of one wave stay far inside 64 bits */
    PROGRAMME_WAVES_MAX = 370,        /* a wave a day for a year */
    STRATA_MAX = 74000, /* of one figure: every wave of every programme of a year */
    BODY_BYTES_MAX =
        16384, /* a form with a comment of 2000 characters, percent-encoded */
    TARGET_BYTES_MAX = 2048, /* path and query; codes make about 40 bytes */
    HEADERS_MAX = 60,        /* the server's parser drops those after the 64th silently */
    REQUEST_ARENA_BYTES = 1048576,    /* a page of 50 items is about 150 KB */
    REPORT_ARENA_BYTES = 33554432,    /* 12 KB a wave: 2600 waves of one year */
    PICTURE_PIXELS_MAX = 8388608,     /* of a drawing as PNG: 32 MB while it is made */
    WORKER_THREADS = 256,             /* each connection owns one while it lives */
    KEEP_ALIVE_CONNECTIONS_MAX = 192, /* three in four workers; others serve newcomers */
    KEEP_ALIVE_MS = 5000,             /* a proxy keeps its side for four seconds */
    ACCEPT_BACKLOG = 1024,            /* the kernel's queue when a bell rings at noon */
    CONNECTION_QUEUE_MAX = 256,       /* accepted, waiting for a worker: one turn each */
    HEAD_BYTES_MAX = 16384,      /* request line and headers; browsers send about 1 KB */
    HEAD_DEADLINE_MS = 3000,     /* the head fits in one packet even on a slow phone */
    ANSWER_DEADLINE_MS = 30000,  /* 150 KB on a slow 2G phone take about 25 seconds */
    DISCARD_BYTES_MAX = 1048576, /* of an unwanted body, so that the refusal is read */
    DISCARD_DEADLINE_MS = 1000,  /* and no longer than that */
    DRAIN_DEADLINE_MS = 5000,    /* answers in flight when the server stops */
    RAW_BODY_BYTES_MAX = 524288, /* half an arena: body and answer share it */
    SHELF_PAGES_MAX = 64,        /* posters of a city that are scanned at one time */
    SHELF_BYTES_MAX = 4194304,   /* a tenth of the memory; a page takes some 15 KB */
    SHELF_NAME_BYTES_MAX = 200,  /* a code, a wave and numbers */
    COMPRESS_BYTES_MIN = 1024,   /* a smaller page fits into a packet or two as it is */
    FORM_FIELDS_MAX = 400,       /* 50 items, most of their 20 options ticked */
    BODY_DEADLINE_MS = 10000,    /* a form on a slow 2G phone takes about three seconds */
    INTAKE_QUEUE_MAX = 1024,     /* waiting submissions; more are asked to come back */
    ARRIVALS_MAX = 393216,       /* submissions where they came; more cost a page each */
    OPEN_CODE_MS = 1000, /* a replaced poster is refused as soon as a plan is seen */
    FREE_BYTES_MIN = 134217728, /* below it answers are refused: the log twice */
    READERS_MAX = 8, /* connections that read: 1 MiB of cache each, short statements */
    NODES_MAX = 64,  /* servers of one database: a tally's cell has a row for each */
    LEVELS_SHOWN_MIN =
        30, /* three measures of fewer answers give the distribution away */
    CSV_BYTES_MAX = 67108864,    /* a million rows of answers; read into memory whole */
    CSV_ROW_BYTES_MAX = 1048576, /* 50 texts of 2000 characters take 400 KB */
    CSV_CELLS_MAX = 1000,        /* a column an item of every questionnaire of a year */
    IMPORT_CHUNK = 1000,         /* rows of one transaction; phones wait some 20 ms */
    CODES_BATCH_MAX = 100000,  /* codes of one `manyi codes`; a city prints in batches */
    CODES_CONSOLE_MAX = 10000, /* slips of one print from the console; 3 s on its press */
    PRESS_QUEUE_MAX = 8,       /* prints that wait for the one being made */
    GUESSES_PREFIX_MAX = 5,    /* wrong codes of one first group, then it waits … */
    GUESSES_PREFIX_SECONDS = 60, /* … until a minute after the first of them */
    GUESSES_SECOND_MAX = 100, /* wrong codes a second of all: a year of them finds none */
    GUESSES_BURST_MAX = 1000, /* that many at once: a hall with a misprinted batch */
    FLAG_LINKS_MAX = 1024,    /* open codes whose pace is remembered: 200 KB */
    FLAG_MINUTES_MAX = 60,    /* over which a plan may look at the pace */
    FLAG_ANSWERS_MAX =
        10000, /* in that time, or equal in a row: one a third of a second */
    FLAG_FAST_SECONDS_MAX = 10, /* a question; slow readers take as long */
    FLAG_ROWS_MAX = 400,    /* of an indicator, looked at for what flags tell: 0.2 s */
    FLAG_GROUPS_MAX = 1024, /* centres times flags whose hours wait for k answers */
    ROTATING_SECONDS = 60,  /* a tablet's code is replaced, used or not */
    ROTATING_VALID_SECONDS = 600,  /* after it left the screen: no hurry with a phone */
    ROTATING_FORM_SECONDS = 86400, /* a form handed out in time: filled in at home */
    ROTATING_KNOWN_SECONDS = 31536000, /* for a year a photograph is told it is old */
    ROTATING_CENTRES_MAX = 1024,       /* whose screens are remembered; 1 KB each */
    REHEARSAL_ANSWERS_MAX =
        100000,               /* dealt in a rehearsal: a district's year, ten times */
    PUBLISHED_MAX = 1000,     /* reports of a store: one a week for twenty years */
    REPORT_COMMENTS_MAX = 20, /* of a programme in a report: what is read at a sitting */
    REPORT_COMMENT_BYTES_MAX =
        98304, /* of a report's comments, in a page of a request's arena, escaped */
    COMMENTS_PAGE_MAX = 20, /* on a page to be reviewed, each of 2000 characters */
    OPERATORS_MAX = 200,    /* a federation's staff; all stand on one page */
    OPERATOR_NAME_CHARACTERS_MAX =
        40,                        /* a name and a post; stands in every page's head */
    OPERATOR_NAME_BYTES_MAX = 400, /* a character may be a family of emoji */
    PASSWORD_CHARACTERS_MIN = 10,  /* guessed at twenty a second, it lasts for ages */
    PASSWORD_CHARACTERS_MAX = 200, /* a sentence; fits in a form beside its repetition */
    PASSWORDS_AT_ONCE = 2,         /* 64 MiB each while one is hashed */
    PASSWORD_QUEUE_MAX = 16,       /* waiting for those two: a quarter of a second each */
    SESSION_IDLE_MINUTES = 720,    /* a working day with its evening */
    SESSION_MINUTES_MAX = 10080,   /* seven days, however busy */
    INVITATION_MINUTES = 10080,    /* seven days: a week's leave is not too long */
    FIRST_LINK_MINUTES = 1440,     /* a day: whoever starts the server is at hand */
    SIGNIN_TRIES_MAX = 5,          /* wrong ones for a name, then it waits … */
    SIGNIN_TRIES_MINUTES = 10,     /* … until one of them is this old */
    SIGNIN_TRIES_KEPT = 32768      /* more than two hashes at once make in that time */
};
