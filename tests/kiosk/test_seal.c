/* test_seal.c: digests of rows, sets without order, chains; fixed values hold the form
   that is written down in seal.h. */
#include "tests/support/test.h"

#include "kiosk/seal.h"

#include <string.h>

enum { ROWS = 40 };

static struct submission sample(void)
{
    return (struct submission){
        .id = {{0, 0, 0x50, 0x05, 1, 2, 0x83, 4, 0x85, 6, 7, 8, 9, 10, 11, 12}},
        .programme = TEXT("visits"),
        .wave = TEXT("q1"),
        .centre = TEXT("north"),
        .channel = CHANNEL_POSTER,
        .mode = MODE_SELF,
        .plan_version = 1,
        .period = 20485,
        .answers = TEXT("430"),
    };
}

static struct seal_digest row_number(int number)
{
    struct submission submission = sample();
    submission.id.bytes[15] = (unsigned char)number;
    return seal_row(&submission, (struct seal_origin){0});
}

static struct arena *arena;

static int make_arena(void **state)
{
    (void)state;
    arena = arena_new(1 << 16);
    return arena == NULL;
}

static int free_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void check_hex(struct seal_digest digest, const char *expected)
{
    assert_text_equal(seal_digest_text(arena, &digest), expected);
}

/* Computed by a program of its own from the words in seal.h (Python's hashlib, and
   ChaCha20 of RFC 8439 with a nonce of zeros). */
static void a_row_has_the_digest_that_others_compute(void **state)
{
    (void)state;
    struct submission submission = sample();
    check_hex(seal_row(&submission, (struct seal_origin){0}),
        "67c71f342e8b6be77e59366bb6b52ca1"
        "9dc633ff21943f3689437cb696557ae9");
}

static void a_set_has_the_digest_that_others_compute(void **state)
{
    (void)state;
    struct seal_lanes lanes = {{0}};
    struct seal_digest first = row_number(1);
    struct seal_digest second = row_number(2);
    seal_lanes_add(&lanes, &first);
    seal_lanes_add(&lanes, &second);
    check_hex(seal_lanes_digest(&lanes), "8b6b5d64ad04cefe5bf1bea8a4450144"
                                         "086be560218127eca4f91a5a5ccbd7eb");
}

static void a_chain_has_the_value_that_others_compute(void **state)
{
    (void)state;
    struct seal seal = {.number = 2,
        .programme = TEXT("visits"),
        .wave = TEXT("q1"),
        .period = -3,
        .count = 10,
        .late = 1,
        .digest = row_number(1),
        .previous = row_number(2),
        .sealed_on = 20562,
        .is_supplement = true};
    check_hex(seal_chain(&seal), "b08cb57b0481ef3c089ad18218be974e"
                                 "bfcfbd343f58cd370fdd82aa5159baf7");
    struct audit_line line = {.number = 7,
        .day = 20562,
        .operator_id = TEXT("00ff"),
        .action = TEXT("plan.apply"),
        .subject = TEXT("plan 2"),
        .detail = TEXT("")};
    check_hex(audit_chain(&seal.previous, &line), "65025ca2fcf7cd8e2fcd98d2ee93e077"
                                                  "f4800a292ebdacac7b2a3141745002f1");
}

static void check_differs(const struct submission *changed, struct seal_origin origin)
{
    struct submission submission = sample();
    struct seal_digest before = seal_row(&submission, (struct seal_origin){0});
    struct seal_digest after = seal_row(changed, origin);
    assert_false(seal_digest_equals(&before, &after));
}

static void every_part_of_a_row_is_in_its_digest(void **state)
{
    (void)state;
    struct submission changed[11];
    for (size_t i = 0; i < 11; i++)
        changed[i] = sample();
    changed[0].id.bytes[15] ^= 1;
    changed[1].programme = TEXT("visit");
    changed[2].wave = TEXT("q2");
    changed[3].centre = TEXT("");
    changed[4].channel = CHANNEL_KIOSK;
    changed[5].mode = MODE_ASSISTED;
    changed[6].plan_version = 2;
    changed[7].period++;
    changed[8].answers = TEXT("431");
    changed[9].programme = TEXT("visitsq"); /* the letters in a row are the same */
    changed[9].wave = TEXT("1");
    changed[10].flags = 1;
    for (size_t i = 0; i < 11; i++)
        check_differs(&changed[i], (struct seal_origin){0});
    struct submission same = sample();
    check_differs(&same, (struct seal_origin){.import = 1});
    check_differs(&same, (struct seal_origin){.late = 1});
}

static void rows_with_other_flags_have_other_digests(void **state)
{
    (void)state;
    struct submission changed = sample();
    struct seal_digest before = seal_row(&changed, (struct seal_origin){0});
    for (changed.flags = 1; changed.flags < 16; changed.flags++) {
        struct seal_digest digest = seal_row(&changed, (struct seal_origin){0});
        assert_false(seal_digest_equals(&before, &digest));
        before = digest;
    }
}

static void a_row_longer_than_any_has_a_digest_too(void **state)
{
    (void)state;
    static char letters[2000];
    memset(letters, '4', sizeof letters);
    struct submission changed = sample();
    struct seal_digest before = seal_row(&changed, (struct seal_origin){0});
    for (size_t len = 300; len < sizeof letters; len++) {
        changed.answers = (struct text){letters, len};
        struct seal_digest digest = seal_row(&changed, (struct seal_origin){0});
        assert_false(seal_digest_equals(&before, &digest));
        before = digest;
    }
}

static void the_order_of_rows_does_not_matter(void **state)
{
    (void)state;
    struct seal_lanes forward = {{0}};
    struct seal_lanes backward = {{0}};
    for (int i = 0; i < ROWS; i++) {
        struct seal_digest first = row_number(i);
        struct seal_digest last = row_number(ROWS - 1 - i);
        seal_lanes_add(&forward, &first);
        seal_lanes_add(&backward, &last);
    }
    assert_memory_equal(&forward, &backward, sizeof forward);
}

static void a_row_that_is_taken_out_leaves_nothing(void **state)
{
    (void)state;
    struct seal_lanes lanes = {{0}};
    struct seal_lanes before;
    struct seal_digest kept = row_number(1);
    struct seal_digest removed = row_number(2);
    seal_lanes_add(&lanes, &kept);
    before = lanes;
    seal_lanes_add(&lanes, &removed);
    assert_memory_not_equal(&lanes, &before, sizeof lanes);
    seal_lanes_remove(&lanes, &removed);
    assert_memory_equal(&lanes, &before, sizeof lanes);
}

static void a_row_counted_twice_is_another_set(void **state)
{
    (void)state;
    struct seal_lanes once = {{0}};
    struct seal_digest row = row_number(1);
    seal_lanes_add(&once, &row);
    struct seal_lanes twice = once;
    seal_lanes_add(&twice, &row);
    struct seal_digest first = seal_lanes_digest(&once);
    struct seal_digest second = seal_lanes_digest(&twice);
    assert_false(seal_digest_equals(&first, &second));
}

static void sets_join_and_part(void **state)
{
    (void)state;
    struct seal_lanes whole = {{0}};
    struct seal_lanes parts[2] = {{{0}}};
    for (int i = 0; i < ROWS; i++) {
        struct seal_digest row = row_number(i);
        seal_lanes_add(&whole, &row);
        seal_lanes_add(&parts[i % 2], &row);
    }
    seal_lanes_join(&parts[0], &parts[1]);
    assert_memory_equal(&parts[0], &whole, sizeof whole);
    seal_lanes_part(&whole, &parts[1]);
    seal_lanes_join(&whole, &parts[1]);
    assert_memory_equal(&parts[0], &whole, sizeof whole);
}

static void a_part_joins_as_its_row_is_added(void **state)
{
    (void)state;
    struct submission submission = sample();
    struct seal_part part;
    struct seal_lanes added = {0};
    struct seal_lanes joined = {0};
    memset(&part, 0xff, sizeof part);
    seal_lanes_add(&added, &(struct seal_digest){{7}});
    joined = added;

    seal_part_of(&submission, (struct seal_origin){.import = 3}, &part);
    struct seal_digest row = seal_row(&submission, (struct seal_origin){.import = 3});
    seal_lanes_add(&added, &row);
    seal_lanes_join(&joined, &part.lanes);

    assert_true(seal_digest_equals(&part.digest, &row));
    assert_memory_equal(&joined, &added, sizeof added);
}

static void lanes_are_kept_as_2048_bytes(void **state)
{
    (void)state;
    unsigned char bytes[SEAL_LANES_BYTES];
    struct seal_lanes lanes = {{0}};
    struct seal_lanes read;
    struct seal_digest row = row_number(1);
    seal_lanes_add(&lanes, &row);
    lanes.lane[0] = 0x0102;
    seal_lanes_pack(&lanes, bytes);
    assert_int_equal(bytes[0], 2);
    assert_int_equal(bytes[1], 1);
    assert_true(seal_lanes_unpack(bytes, sizeof bytes, &read));
    assert_memory_equal(&read, &lanes, sizeof lanes);
    assert_false(seal_lanes_unpack(bytes, sizeof bytes - 1, &read));
}

static void a_report_has_one_value_in_whatever_order_periods_come(void **state)
{
    (void)state;
    struct seal_period one = {TEXT("visits"), TEXT("q1"), 20454, 3, row_number(1)};
    struct seal_period two = {TEXT("visits"), TEXT("q1"), 20485, 3, row_number(2)};
    struct seal_period three = {TEXT("courses"), TEXT("q2"), 20454, 3, row_number(3)};
    struct seal_period forward[] = {one, two, three};
    struct seal_period backward[] = {three, two, one};
    struct seal_digest first = seal_report(forward, 3);
    struct seal_digest second = seal_report(backward, 3);
    struct seal_digest fewer = seal_report(forward, 2);
    assert_true(seal_digest_equals(&first, &second));
    assert_false(seal_digest_equals(&first, &fewer));
    check_hex(first, "54df6aa3833fab60fa45156ad08cc24f"
                     "21676651ebab5c7c1cff87659747d69d");
    check_hex(seal_report(NULL, 0), "c31855d3ba989889015ebfb86af0dfa5"
                                    "908009c99401a507777e9e07de95dbc8");
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(a_row_has_the_digest_that_others_compute),
        cmocka_unit_test(a_set_has_the_digest_that_others_compute),
        cmocka_unit_test(a_chain_has_the_value_that_others_compute),
        cmocka_unit_test(every_part_of_a_row_is_in_its_digest),
        cmocka_unit_test(rows_with_other_flags_have_other_digests),
        cmocka_unit_test(a_row_longer_than_any_has_a_digest_too),
        cmocka_unit_test(the_order_of_rows_does_not_matter),
        cmocka_unit_test(a_row_that_is_taken_out_leaves_nothing),
        cmocka_unit_test(a_row_counted_twice_is_another_set),
        cmocka_unit_test(sets_join_and_part),
        cmocka_unit_test(a_part_joins_as_its_row_is_added),
        cmocka_unit_test(lanes_are_kept_as_2048_bytes),
        cmocka_unit_test(a_report_has_one_value_in_whatever_order_periods_come),
    };
    return cmocka_run_group_tests(cases, make_arena, free_arena);
}
