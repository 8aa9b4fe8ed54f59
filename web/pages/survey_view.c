/* survey_view.c: puts the plan's words, the form's values and its problems side by side.
 */
#include "web/pages/survey_view.h"

#include "web/tr.h"

struct building {
    const struct request *request;
    const struct plan_questionnaire *questionnaire;
    const struct survey_filled *filled;
};

/* Level 5 first, as on every slip and poster. */
static const char *const level_words[] = {
    [5] = N_("Very satisfied"),
    [4] = N_("Satisfied"),
    [3] = N_("Fairly satisfied"),
    [2] = N_("Dissatisfied"),
    [1] = N_("Very dissatisfied"),
    [0] = N_("Can't say"),
};

static const struct text level_values[] = {[5] = {"5", 1},
    [4] = {"4", 1},
    [3] = {"3", 1},
    [2] = {"2", 1},
    [1] = {"1", 1},
    [0] = {"unknown", 7}};

static bool is_filled(
    const struct building *building, struct text item, struct text value)
{
    for (size_t i = 0; i < building->filled->field_count; i++)
        if (text_equals(building->filled->fields[i].name, item) &&
            text_equals(building->filled->fields[i].value, value))
            return true;
    return false;
}

static struct text typed_text(const struct building *building, struct text item)
{
    for (size_t i = 0; i < building->filled->field_count; i++)
        if (text_equals(building->filled->fields[i].name, item))
            return building->filled->fields[i].value;
    return (struct text){0};
}

/* Names the conditional items that a level of a rating opens: "opens-1 opens-2". */
static struct text opens_classes(const struct building *building, size_t item, int level)
{
    struct buffer names;
    buffer_init(&names, building->request->arena, 256);
    int condition = 0;
    for (size_t i = 0; i < building->questionnaire->item_count; i++) {
        const struct plan_item *other = &building->questionnaire->items[i];
        if (other->when_item == PLAN_NONE || ++condition > CONDITIONS_MAX)
            continue;
        if (other->when_item == item && level >= LEVEL_MIN && level <= other->when_level)
            buffer_add_format(&names, "%sopens-%d", names.len > 0 ? " " : "", condition);
    }
    return buffer_text(&names);
}

static enum status add_levels(
    const struct building *building, size_t item, struct survey_item *out)
{
    const struct plan_item *asked = out->item;
    struct arena *arena = building->request->arena;
    out->choices = arena_take_array(arena, LEVEL_COUNT + 1, sizeof *out->choices);
    if (out->choices == NULL)
        return STATUS_NO_MEMORY;
    for (int level = LEVEL_MAX; level >= (asked->unknown ? 0 : LEVEL_MIN); level--)
        out->choices[out->choice_count++] = (struct survey_choice){
            .value = level_values[level],
            .words = text_of(tr(building->request->language, level_words[level])),
            .is_chosen = is_filled(building, asked->id, level_values[level]),
            .has_face = true,
            .face = url_face(level),
            .row = level == 0 ? TEXT("row unknown") : TEXT("row"),
            .opens = opens_classes(building, item, level),
        };
    return STATUS_OK;
}

static enum status add_options(const struct building *building, struct survey_item *out)
{
    const struct plan_item *asked = out->item;
    out->choices = arena_take_array(
        building->request->arena, asked->option_count, sizeof *out->choices);
    if (out->choices == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < asked->option_count; i++)
        out->choices[out->choice_count++] = (struct survey_choice){
            .value = asked->options[i].id,
            .words = asked->options[i].text.in[building->request->language],
            .is_chosen = is_filled(building, asked->id, asked->options[i].id),
            .row = TEXT("row"),
        };
    return STATUS_OK;
}

/* What the rules say of a question that was left open (kiosk/submission_check.c). */
static bool is_left_open(const struct problem *problem)
{
    return text_equals(text_of(problem->message), TEXT("Please choose one."));
}

static struct text problem_of(
    const struct building *building, const struct plan_item *item)
{
    const struct problems *problems = building->filled->problems;
    enum language language = building->request->language;
    for (size_t i = 0; problems != NULL && i < problems->count; i++) {
        const struct problem *problem = &problems->list[i];
        if (!text_equals(problem->field, item->id))
            continue;
        if (item->unknown && is_left_open(problem))
            return text_of(
                tr(language, "Please choose one; “Can't say” will do as well."));
        return text_of(tr(language, problem->message));
    }
    return (struct text){0};
}

static bool is_answered(const struct survey_item *item)
{
    for (size_t i = 0; i < item->choice_count; i++)
        if (item->choices[i].is_chosen)
            return true;
    return false;
}

/* Ids and class names; a question with a problem is never hidden. */
static void name_parts(
    const struct building *building, struct survey_item *out, int condition)
{
    struct arena *arena = building->request->arena;
    bool is_wrong = out->problem.len > 0;
    bool is_hidden = !is_wrong && out->number == 0 && condition <= CONDITIONS_MAX;
    out->anchor = text_format(arena, "q-%.*s", TEXT_ARG(out->item->id));
    out->field = text_format(arena, "f-%.*s", TEXT_ARG(out->item->id));
    out->band = is_hidden ? text_format(arena, "item when-%d", condition)
                          : text_of(is_wrong ? "item wrong" : "item");
}

static enum status add_answers(
    const struct building *building, size_t item, struct survey_item *out)
{
    enum status status = STATUS_OK;
    if (out->item->kind == ITEM_TEXT)
        out->typed = typed_text(building, out->item->id);
    else if (out->item->kind == ITEM_RATING)
        status = add_levels(building, item, out);
    else
        status = add_options(building, out);
    out->is_folded = out->problem.len == 0 && is_answered(out);
    return status;
}

static enum status add_item(const struct building *building, size_t item, int *conditions,
    struct survey_view *view)
{
    const struct plan_item *asked = &building->questionnaire->items[item];
    struct survey_item *out = &view->items[view->item_count++];
    *out = (struct survey_item){
        .item = asked,
        .words = asked->text.in[building->request->language],
        .problem = problem_of(building, asked),
    };
    if (asked->when_item == PLAN_NONE)
        out->number = ++view->question_count;
    else
        ++*conditions;
    name_parts(building, out, *conditions);
    if (out->problem.len > 0 && view->first_problem == NULL) {
        view->first_problem = out;
        view->to_first_problem = url_anchor(building->request->arena, out->anchor);
    }
    return add_answers(building, item, out);
}

/* A problem that belongs to no question shown, such as a form that grew old. */
static const struct problem *general_problem(const struct building *building)
{
    const struct problems *problems = building->filled->problems;
    for (size_t i = 0; problems != NULL && i < problems->count; i++)
        if (questionnaire_find_item(building->questionnaire, problems->list[i].field) ==
            PLAN_NONE)
            return &problems->list[i];
    return NULL;
}

static int count_problems(const struct survey_view *view)
{
    int count = 0;
    for (size_t i = 0; i < view->item_count; i++)
        count += view->items[i].problem.len > 0;
    return count;
}

static bool are_all_left_open(const struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++)
        if (!is_left_open(&problems->list[i]))
            return false;
    return true;
}

/* How many questions are left open, or not filled in as they can be. */
static struct text open_questions(const struct building *building, int count)
{
    enum language language = building->request->language;
    struct text number = text_format(building->request->arena, "%d", count);
    const char *words =
        are_all_left_open(building->filled->problems)
            ? trn(language, "{1} question is open.", "{1} questions are open.", count)
            : trn(language, "{1} question needs another look.",
                  "{1} questions need another look.", count);
    return tr_format(building->request->arena, language, words, &number, 1);
}

static struct text way_to(
    const struct building *building, const struct survey_item *problem)
{
    enum language language = building->request->language;
    if (problem->number == 0)
        return text_of(tr(language, "Go to the question"));
    struct text number = text_format(building->request->arena, "%d", problem->number);
    return tr_format(
        building->request->arena, language, "Go to question {1}", &number, 1);
}

/* The framed notice at the top: what happened, then what to do. */
static void add_notice(const struct building *building, struct survey_view *view)
{
    enum language language = building->request->language;
    const struct problem *general = general_problem(building);
    int count = count_problems(view);
    if (building->filled->is_busy) {
        view->notice = text_of(tr(language, "Not received yet, we are busy."));
        view->advice =
            text_of(tr(language, "Your answers are here; please try again shortly."));
    } else if (count > 0) {
        view->notice = open_questions(building, count);
        view->to_first_words = way_to(building, view->first_problem);
        view->advice = text_of(tr(language, "The other answers are kept."));
    } else if (general != NULL) {
        view->notice = text_of(tr(language, general->message));
        view->advice = text_of(tr(language, "Your answers are kept."));
    }
}

/* The centre's name; on its tablet also the frame. */
static void add_centre(
    const struct request *request, const struct door *door, struct survey_view *view)
{
    const struct plan_centre *centre =
        plan_find_centre(door->version->plan, door->grant.centre);
    if (centre == NULL)
        return;
    view->centre = centre->name.in[request->language];
    if (!door_is_on_tablet(door))
        return;
    frame_make_kiosk(request, centre, &view->frame);
    view->kept_one = text_of(trn(
        request->language, "Your {1} answer is kept.", "Your {1} answers are kept.", 1));
    view->kept_many = text_of(trn(
        request->language, "Your {1} answer is kept.", "Your {1} answers are kept.", 2));
}

enum status survey_view_build(const struct request *request, const struct door *door,
    const struct survey_filled *filled, const struct submission_id *id,
    struct survey_view *out)
{
    struct building building = {request, door->questionnaire, filled};
    int conditions = 0;
    *out = (struct survey_view){
        .frame = frame_of(request, N_("Your rating")),
        .programme = door->admitted.programme->name.in[request->language],
        .action = frame_url(request, url_code(request->arena, request->parameter,
                                         request->language, door->version->version)),
    };
    out->action = url_with_form(request->arena, out->action, door->proof);
    frame_keep_form(request, door->proof, &out->frame);
    submission_id_format(id, out->submission);
    out->shown_at = filled->shown_at;
    add_centre(request, door, out);
    out->items = arena_take_array(
        request->arena, door->questionnaire->item_count, sizeof *out->items);
    if (out->items == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < door->questionnaire->item_count; i++) {
        enum status status = add_item(&building, i, &conditions, out);
        if (status != STATUS_OK)
            return status;
    }
    add_notice(&building, out);
    return STATUS_OK;
}
