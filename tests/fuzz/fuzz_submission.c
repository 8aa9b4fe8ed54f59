/* fuzz_submission.c: a filled questionnaire, from the form's bytes to what is kept. */
#include "tests/fuzz/fuzz.h"
#include "tests/support/sample.h"

#include "kiosk/submission.h"
#include "web/http/form.h"

static void check_kept(
    const struct plan_questionnaire *questionnaire, const struct submission *submission)
{
    assert(answers_fit(questionnaire, submission->answers));
    assert(submission->overall >= 0 && submission->overall <= 5); /* it is required */
    for (size_t i = 0; i < submission->comment_count; i++) {
        struct text text = submission->comments[i].text;
        assert(text.len > 0);
        assert(text_count_characters(text) <= 5);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = fuzz_arena(64 * size + 65536);
    struct plan_questionnaire questionnaire = sample_questionnaire();
    struct submission submission = {0};
    struct problems problems;
    struct field *fields = NULL;
    size_t count = 0;
    problems_init(&problems, arena);
    if (form_parse(arena, fuzz_text(data, size), &fields, &count) == STATUS_OK) {
        enum status rc = submission_check(
            arena, &questionnaire, fields, count, &problems, &submission);
        assert((rc == STATUS_INVALID) == (problems.count > 0));
        if (rc == STATUS_OK)
            check_kept(&questionnaire, &submission);
    }
    arena_free(arena);
    return 0;
}
