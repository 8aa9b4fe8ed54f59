#pragma once
/* report_scene.h: a report with every kind of result, built from counts in C over a plan
   whose every wording tries to be a formula; for tests of what reports are written as.
   Indicators: relief (top3, three waves, one of them too small to show, one without a
   population), unions (invited only), score (a mean), few (too few to show), none (no
   answers), staff (an appraisal). */
#include "kiosk/report.h"

enum { SCENE_CELLS_MAX = 32, SCENE_COMMENTS_MAX = 64 };

struct report_scene {
    struct arena *arena;
    const struct plan *plan;
    struct tally_cell cells[SCENE_CELLS_MAX];
    size_t cell_count;
    struct report_comment_wave comment_waves[SCENE_COMMENTS_MAX];
    struct report_comment comments[SCENE_COMMENTS_MAX][SCENE_COMMENTS_MAX]; /* of each */
    struct report_comment_wave sorted_waves[SCENE_COMMENTS_MAX];
    struct report_comments_input comment_input; /* without waves: comments are not told */
    struct report report;
    char file[40]; /* an empty one of its own under /tmp */
};

extern const char report_scene_plan[];

/* cmocka set-up and tear-down: *state is a struct report_scene on 2026-11-22. */
int report_scene_set_up(void **state);
int report_scene_tear_down(void **state);

/* Adds flagged answers to relief, unions, score and few, and builds the report again. */
void report_scene_flag(struct report_scene *scene);

/* A comment on a wave that may be shown; its id begins with first. The report is built by
   report_scene_build. */
void report_scene_say(struct report_scene *scene, const char *programme, const char *wave,
    unsigned char first, struct text text);
/* So many more of a wave that became this; REVIEW_SHOWN too, without words. */
void report_scene_count(struct report_scene *scene, const char *programme,
    const char *wave, enum review review, int64_t count);
/* So many satisfied answers more of the wave, with a slip, at north. */
void report_scene_answer(
    struct report_scene *scene, const char *programme, const char *wave, int count);
void report_scene_build(struct report_scene *scene);

enum { SCENE_WEEKS = 61 };
/* Gives relief weeks of 41 answers to visits, the last of them far below; and to elders
   some that are not shown. */
void report_scene_weeks(struct report_scene *scene);
