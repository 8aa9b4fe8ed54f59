/* test_rehearse.c: `manyi rehearse`, run as a program: the acceptance sheet, the store
   that it leaves, and what it says about bad files. */
#include "tests/support/shell.h"
#include "tests/support/temp_store.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PLAN SOURCE_DIR "/deploy/plan-2026.yaml"

enum { ARENA_BYTES = 32 << 20 };

struct scene {
    struct arena *arena;
    char folder[40];
    int status; /* of the last run */
};

static int set_up(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    *state = scene;
    if (scene == NULL || !temp_folder_make(scene->folder))
        return 1;
    scene->arena = arena_new(ARENA_BYTES);
    return scene->arena == NULL;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    (void)shell_run(
        scene->arena, text_format(scene->arena, "rm -rf '%s'", scene->folder).ptr, NULL);
    arena_free(scene->arena);
    free(scene);
    return 0;
}

static void write_truth(struct scene *scene, const char *content)
{
    char path[80];
    (void)snprintf(path, sizeof path, "%s/truth.csv", scene->folder);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fputs(content, file) >= 0, 1);
    assert_int_equal(fclose(file), 0);
}

/* What it says on both streams, run in the folder; TMPDIR is the folder. */
static const char *rehearse(struct scene *scene, const char *rest)
{
    return shell_run(scene->arena,
        text_format(scene->arena,
            "cd '%s' && TMPDIR=$PWD LC_ALL=C %s rehearse --plan %s --truth truth.csv %s "
            "2>&1",
            scene->folder, MANYI, PLAN, rest)
            .ptr,
        &scene->status)
        .ptr;
}

static const char *run(struct scene *scene, const char *command)
{
    return shell_run(scene->arena,
        text_format(scene->arena, "cd '%s' && LC_ALL=C %s 2>&1", scene->folder, command)
            .ptr,
        &scene->status)
        .ptr;
}

static void has(const char *said, const char *words)
{
    if (strstr(said, words) == NULL)
        fail_msg("there is no \"%s\" in:\n%s", words, said);
}

static const char good[] = "programme,wave,satisfied,response,walk_in,people\n"
                           "new-year,,91%,80%,5%,\n"
                           "three-visits,,88.5%,70%,,\n"
                           "summer-cooling,,86%,50%,10%,\n"
                           "double-ninth,,84%,4%,,\n"
                           "elder-service,,93%,50%,30%,600\n"
                           "flexible-workers-service,,89.75%,20%,20%,\n"
                           "grassroots-unions,,95%,40%,,320\n";

static void every_figure_is_what_it_must_be(void **state)
{
    struct scene *scene = *state;
    write_truth(scene, good);
    const char *said = rehearse(scene, "");
    assert_int_equal(scene->status, 0);
    has(said, "Demo data");
    has(said, "Different: 0.");
    has(said, "expected");
    has(said, "too few to show"); /* 8 of 189 answered */
    assert_null(strstr(said, "DIFFERENT"));
}

static void without_a_store_nothing_is_left_behind(void **state)
{
    struct scene *scene = *state;
    write_truth(scene, good);
    (void)rehearse(scene, "");
    assert_string_equal(run(scene, "ls"), "truth.csv\n");
}

static void the_same_files_give_the_same_sheet(void **state)
{
    struct scene *scene = *state;
    write_truth(scene, good);
    const char *first = rehearse(scene, "");
    assert_string_equal(rehearse(scene, ""), first);
}

static void its_store_never_passes_for_a_real_one(void **state)
{
    struct scene *scene = *state;
    write_truth(scene, good);
    (void)rehearse(scene, "--store kept");
    assert_int_equal(scene->status, 0);
    has(run(scene, MANYI " report --store kept"), "Demo data");
    has(run(scene, MANYI " verify --store kept"), "everything matches");
    has(rehearse(scene, "--store kept"), "is there already");
    assert_int_equal(scene->status, 1);
}

static void a_manager_can_sign_it_on_paper(void **state)
{
    struct scene *scene = *state;
    write_truth(scene, good);
    (void)rehearse(scene, "--format pdf --lang zh --output sheet.pdf");
    assert_int_equal(scene->status, 0);
    const char *words = run(scene, "pdftotext sheet.pdf - | tr -d ' \\n'");
    has(words, "2026年度演练验收单");
    has(words, "验收人");
    has(words, "不一致0项");
    has(run(scene, "qpdf --check sheet.pdf"), "No syntax or stream encoding errors");
}

static void every_mistake_of_the_file_is_told_with_its_line(void **state)
{
    struct scene *scene = *state;
    write_truth(scene, "programme,satisfied,response,wave\n"
                       "nope,88,101%,\n"
                       "new-year,88%,50%,bad\n"
                       "elder-service,88%,50%,\n"
                       "three-visits,8%,5%,\n"
                       "three-visits,8%,5%,2026-q1\n");
    const char *said = rehearse(scene, "--store kept");
    assert_int_equal(scene->status, 1);
    has(said, "truth.csv:2: The plan has no programme \"nope\".");
    has(said, "truth.csv:2:2: “88” is not a percentage");
    has(said, "truth.csv:2:3: “101%” is not a percentage");
    has(said, "truth.csv:3: The programme new-year has no wave \"bad\".");
    has(said, "truth.csv:4: The plan has no population for elder-service");
    has(said, "truth.csv:6: three-visits 2026-q1 stands in the file twice.");
    assert_string_equal(run(scene, "ls"), "truth.csv\n");
}

static void columns_that_are_missing_or_unknown_are_named(void **state)
{
    struct scene *scene = *state;
    write_truth(scene, "programme,satisfied,respons\nnew-year,88%,50%\n");
    const char *said = rehearse(scene, "");
    assert_int_equal(scene->status, 1);
    has(said, "truth.csv:1:1: The column “response” is missing.");
    has(said, "truth.csv:1:3: There is no column “respons” here.");
}

static void an_empty_file_says_what_it_needs(void **state)
{
    struct scene *scene = *state;
    write_truth(scene, "");
    has(rehearse(scene, ""), "The column “programme” is missing.");
    assert_int_equal(scene->status, 1);
    write_truth(scene, "programme,satisfied,response\n");
    has(rehearse(scene, ""), "There is no row beneath");
    assert_int_equal(scene->status, 1);
}

static void help_has_an_example(void **state)
{
    struct scene *scene = *state;
    has(run(scene, MANYI " rehearse --help"), "manyi rehearse --plan deploy/");
    assert_int_equal(scene->status, 0);
    (void)run(scene, MANYI " rehearse --plan x");
    assert_int_equal(scene->status, 2);
}

#define WITH_SCENE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCENE(every_figure_is_what_it_must_be),
        WITH_SCENE(without_a_store_nothing_is_left_behind),
        WITH_SCENE(the_same_files_give_the_same_sheet),
        WITH_SCENE(its_store_never_passes_for_a_real_one),
        WITH_SCENE(a_manager_can_sign_it_on_paper),
        WITH_SCENE(every_mistake_of_the_file_is_told_with_its_line),
        WITH_SCENE(columns_that_are_missing_or_unknown_are_named),
        WITH_SCENE(an_empty_file_says_what_it_needs),
        WITH_SCENE(help_has_an_example),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
