/* test_log.c: log lines as JSON. */
#include "tests/support/test.h"

#include "db/log.h"

#include <string.h>
#include <unistd.h>

/* What log_line writes to stderr. */
static struct text logged(
    enum log_level level, const char *event, struct text detail, char *room, size_t size)
{
    int ends[2];
    int kept = dup(STDERR_FILENO);
    assert_int_equal(pipe(ends), 0);
    assert_true(dup2(ends[1], STDERR_FILENO) >= 0);
    log_line(level, event, detail);
    assert_true(dup2(kept, STDERR_FILENO) >= 0);
    (void)close(ends[1]);
    (void)close(kept);
    ssize_t len = read(ends[0], room, size);
    (void)close(ends[0]);
    assert_true(len > 0);
    return (struct text){room, (size_t)len};
}

static void a_line_is_one_object_behind_journalds_level(void **state)
{
    (void)state;
    char room[4096];
    assert_text_equal(
        logged(LOG_LEVEL_ERROR, "store.failed", TEXT("commit: 磁盘"), room, sizeof room),
        "<3>{\"level\":\"error\",\"event\":\"store.failed\",\"detail\":\"commit: 磁盘\"}"
        "\n");
    assert_text_equal(
        logged(LOG_LEVEL_NOTICE, "serve.ready", TEXT(""), room, sizeof room),
        "<5>{\"level\":\"notice\",\"event\":\"serve.ready\"}\n");
}

static void a_detail_can_neither_end_its_string_nor_its_line(void **state)
{
    (void)state;
    char room[4096];
    assert_text_equal(
        logged(LOG_LEVEL_WARNING, "e", TEXT("a\"}\n\\\x7f"), room, sizeof room),
        "<4>{\"level\":\"warning\",\"event\":\"e\","
        "\"detail\":\"a\\u0022}\\u000a\\u005c\\u007f\"}\n");
    assert_text_equal(logged(LOG_LEVEL_WARNING, "e", TEXT("\xff"), room, sizeof room),
        "<4>{\"level\":\"warning\",\"event\":\"e\",\"detail\":\"\\u00ff\"}\n");
}

static void a_long_detail_is_cut_between_characters(void **state)
{
    (void)state;
    char detail[603];
    char room[4096];
    for (size_t i = 0; i + 3 <= sizeof detail; i += 3)
        memcpy(detail + i, "满", 3);
    detail[0] = 'a'; /* three bytes become 1 + 2: shift what follows */
    memmove(detail + 1, detail + 3, sizeof detail - 3);

    struct text line = logged(LOG_LEVEL_WARNING, "e",
        (struct text){detail, sizeof detail - 2}, room, sizeof room);

    assert_true(text_is_utf8(line));
    assert_true(line.len < 350);
    assert_int_equal(line.ptr[line.len - 1], '\n');
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(a_line_is_one_object_behind_journalds_level),
        cmocka_unit_test(a_detail_can_neither_end_its_string_nor_its_line),
        cmocka_unit_test(a_long_detail_is_cut_between_characters),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
