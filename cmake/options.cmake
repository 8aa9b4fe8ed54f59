# Compiler options live on one INTERFACE target: nothing is pushed into global flags.
add_library(manyi_options INTERFACE)
target_compile_features(manyi_options INTERFACE c_std_17)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
target_compile_definitions(manyi_options INTERFACE
    _POSIX_C_SOURCE=200809L MANYI_VERSION="${PROJECT_VERSION}")
target_include_directories(manyi_options INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
target_compile_options(manyi_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes
    -Wmissing-prototypes -Wold-style-definition -Wundef -Wvla -Wformat=2 -Wcast-qual
    -Wwrite-strings -Wswitch-enum -Wdouble-promotion -Wnull-dereference
    -Wimplicit-fallthrough -Wpointer-arith -Wdate-time
    -fstack-protector-strong -fno-common)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    target_compile_options(manyi_options INTERFACE
        -Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wjump-misses-init)
else()
    # NAN and INFINITY of <math.h> are floats to clang; gcc looks after promotions.
    target_compile_options(manyi_options INTERFACE
        -Wmissing-variable-declarations -Wno-double-promotion)
endif()
if(MANYI_WERROR)
    target_compile_options(manyi_options INTERFACE -Werror)
endif()
if(MANYI_SANITIZE)
    target_compile_options(manyi_options INTERFACE
        -fsanitize=${MANYI_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(manyi_options INTERFACE -fsanitize=${MANYI_SANITIZE})
else()
    # A request thread has 100 KB of stack (79 KB usable): no frame may grow near it.
    target_compile_options(manyi_options INTERFACE -Wframe-larger-than=8192)
    target_compile_definitions(manyi_options INTERFACE
        $<$<CONFIG:Release>:_FORTIFY_SOURCE=2>)
endif()
if(MANYI_COVERAGE)
    # Counters are added atomically: the tests have threads, and a lost count is a lie.
    target_compile_options(manyi_options INTERFACE
        --coverage -fprofile-update=atomic -O0)
    target_link_options(manyi_options INTERFACE --coverage)
endif()
if(MANYI_FUZZ)
    target_compile_options(manyi_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
# Assertions stay in the release: our own flags, NDEBUG is never defined.
set(CMAKE_C_FLAGS_RELEASE "-O2 -g")
set(CMAKE_C_FLAGS_DEBUG "-O1 -g")
