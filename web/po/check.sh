#!/bin/sh
# check.sh SOURCE BUILD: compares the messages that the program says with the ones that
# are translated, and fails on any difference. What is missing is printed as entries to be
# filled in and added to the .po file of the room that says it.
set -eu
source=$1
build=$2
work=$build/translations
mkdir -p "$work"

# What is said: our C files and the pages as compiled by the build.
{
    cd "$source"
    find kiosk db web -name '*.[ch]' -exec realpath {} +
    find "$build/web" -name '*.html.c' -exec realpath {} +
} | LC_ALL=C sort > "$work/files"
xgettext --files-from="$work/files" --from-code=UTF-8 --language=C --no-location \
    --keyword --keyword=tr:2 --keyword=trn:2,3 --keyword=tr_format:3 --keyword=N_ \
    --force-po --output="$work/manyi.pot"
sed -i 's/charset=CHARSET/charset=UTF-8/' "$work/manyi.pot"

# What is translated. msgcat alone marks what two files translate differently as fuzzy.
po_files=$(find "$source/web/po" -name '*.po' | LC_ALL=C sort)
# shellcheck disable=SC2086 # a list of files
msgcat --use-first $po_files -o "$work/zh.po"
# shellcheck disable=SC2086
msgcat $po_files -o "$work/all.po"

failed=0
report() { # report TITLE FILE: fails if the file is not empty
    if [ -s "$2" ]; then
        printf '%s:\n' "$1"
        cat "$2"
        failed=1
    fi
}
without_header() { sed '1,/^$/d'; }

msgmerge --quiet --no-fuzzy-matching --no-location "$work/zh.po" "$work/manyi.pot" \
    -o "$work/merged.po"
msgattrib --untranslated --no-obsolete "$work/merged.po" | without_header > "$work/missing"
msgattrib --only-obsolete "$work/merged.po" | sed -n 's/^#~ msgid/msgid/p' > "$work/unused"
# shellcheck disable=SC2086
grep -h '^#~' $po_files > "$work/obsolete" || true
msgattrib --only-fuzzy --no-obsolete "$work/all.po" | without_header |
    sed 's/\\n"$/"/' > "$work/fuzzy"

for file in $po_files; do
    grep -q "^ *$(basename "$file")" "$source/web/po/CMakeLists.txt" || echo "$file"
done > "$work/unlisted"

report "Not listed in CMakeLists.txt" "$work/unlisted"
report "Said but not translated" "$work/missing"
report "Translated but never said" "$work/unused"
report "Obsolete entries" "$work/obsolete"
report "Marked fuzzy, or translated differently in two files" "$work/fuzzy"
msgfmt --statistics -o /dev/null "$work/zh.po"
exit $failed
