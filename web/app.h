#pragma once
/* app.h: what a serving process has, for handlers and jobs. Made by `serve`, shared by
   all threads; everything in it is constant or safe to share. */
#include "web/clock.h"
#include "web/guesses.h"
#include "web/password.h"
#include "web/press.h"
#include "web/rotation.h"
#include "web/tries.h"
#include "web/watch.h"

#include "db/intake.h"
#include "db/plans.h"
#include "db/store.h"

struct selftest;     /* web/selftest.h */
struct survey_shelf; /* web/pages/survey_shelf.h */
struct releasing;

struct app {
    struct clock clock;
    bool is_demo; /* the store holds made-up answers */
    struct store *store;
    struct plans *plans;
    struct intake *intake;
    struct passwords *passwords;
    struct tries *tries;
    struct guesses *guesses;
    struct rotation *rotation;
    struct press *press;
    struct watch *watch;
    struct releasing *releasing; /* web/releases.h */
    struct survey_shelf *shelf;
    struct selftest *selftest; /* NULL: none, as in tests of pages */
};
