#!/usr/bin/env bash
# print.sh: slips and posters as they come out: read by a scanner at two resolutions, their
# words found as text, their fonts inside the file.
# Usage: print.sh MANYI
# shellcheck disable=SC2119 # a server without arguments is meant
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
manyi=$(realpath "$1")
work=$(mktemp -d)
store=$work/store
export MANYI_TODAY=2026-05-15 LC_ALL=C.UTF-8
cd "$work" || exit 1
# shellcheck source=steps.sh
source "$here/steps.sh"
trap 'stop_server; rm -rf "$work"' EXIT
"$manyi" plan apply --store "$store" "$here/plan.yaml" >out
# words found as text, their fonts inside the file.
address=https://pj.shgh-songjiang.cn

# The symbols of a page of slips, one a line, in no order: each cut out first, as a telephone
# sees it.
scan() { # FILE.pdf DPI COLUMNS ROWS WIDTH HEIGHT (of a slip, in tenths of a millimetre)
    local column row width=$(($5 * $2 / 254)) height=$(($6 * $2 / 254))
    for ((row = 0; row < $4; row++)); do
        for ((column = 0; column < $3; column++)); do
            pdftoppm -r "$2" -gray -singlefile -x $((column * width)) \
                -y $((row * height)) -W "$width" -H "$height" "$1" scanned
            zbarimg --quiet --raw --nodbus -Sdisable -Sqrcode.enable scanned.pgm 2>/dev/null
        done
    done | sort
}

scan_24() { # FILE.pdf DPI
    scan "$1" "$2" 3 8 700 370
}

slips() { # ARGUMENT…
    run codes --store "$store" --programme visit --wave spring --format pdf \
        --public-url "$address" "$@"
    shown=(err)
}

asked() {
    "$manyi" report --store "$store" --format json |
        jq '[.indicators[].strata[]? | .asked // 0] | add'
}

for resolution in 300 100; do
    case_is "every symbol of a sheet is read at $resolution dpi"
    slips --count 24
    expect_status 0
    cp out slips.pdf
    scan_24 slips.pdf "$resolution" >scanned
    expect_equal "$(sort -u scanned | wc -l)" 24 "symbols"
    expect_equal "$(grep -cE '^https://PJ\.SHGH-SONGJIANG\.CN/T/[0-9A-HJKMNP-TV-Z]{12}$' scanned)" \
        24 "whole addresses"

    case_is "every symbol of a sheet of ten is read at $resolution dpi"
    slips --count 10 --per-page 10
    scan out "$resolution" 2 5 1050 594 >scanned
    expect_equal "$(sort -u scanned | wc -l)" 10 "symbols"

    case_is "a poster's symbol is read at $resolution dpi"
    run links --store "$store" --format pdf --public-url "$address"
    expect_status 0
    cp out posters.pdf
    run links --store "$store" --public-url "$address"
    expected=$(sed -n 2p out | tr -d '\r')
    expect_equal "$(scan posters.pdf "$resolution" 1 1 2100 2970)" \
        "https://PJ.SHGH-SONGJIANG.CN/T/${expected##*/}" "address"
done

case_is "a symbol opens what is typed beside it"
slips --count 1
pdftotext out words
letters=$(grep -oE '^[0-9A-Z]{4}( [0-9A-Z]{4})?$' words | tr -d ' \n')
expect_equal "$(scan out 300 1 1 700 370)" "https://PJ.SHGH-SONGJIANG.CN/T/$letters" "address"

case_is "slips have the programme, the reason, the address, and no name or number"
expect_in words "评一评，帮我们改进"
expect_in words "不记姓名和电话"
expect_in words "pj.shgh-songjiang.cn"

case_is "Chinese and Latin letters are in the file itself"
pdffonts slips.pdf >fonts
expect_match fonts 'NotoSansCJK.*yes yes yes'
expect_equal "$(tail -n +3 fonts | grep -cv 'yes yes yes')" 0 "fonts that are not embedded"

case_is "a batch that is printed counts as asked, one page more or less"
before=$(asked)
slips --count 25
expect_equal "$(pdfinfo out | sed -n 's/^Pages: *//p')" 2 "pages"
expect_equal "$(asked)" $((before + 25)) "asked"

case_is "a test print fills a sheet, says so, and is asked of nobody"
slips --test
expect_status 0
cp out test.pdf
pdftotext test.pdf words
expect_equal "$(grep -c '试打印' words)" 24 "marks"
expect_equal "$(asked)" $((before + 25)) "asked"
run verify --store "$store"
expect_status 0

case_is "a code of a test print says that it is one, and takes no answer"
tested=$(scan test.pdf 300 1 1 700 370)
start_server
http GET "/T/${tested##*/}?lang=en"
expect_status 410
expect_in body "test print"
http POST "/T/${tested##*/}?lang=en" --data overall=5
expect_status 410
stop_server

case_is "posters have the title, the organisation, all five faces, and a page each"
pdftotext posters.pdf words
for word in 请您评一评 非常满意 满意 基本满意 不满意 非常不满意 打开微信，扫一扫; do
    expect_in words "$word"
done
run links --store "$store"
expect_equal "$(pdfinfo posters.pdf | sed -n 's/^Pages: *//p')" $(($(wc -l <out) - 1)) "pages"

case_is "an A3 poster is an A4 one, larger"
run links --store "$store" --format pdf --paper a3
expect_status 0
pdfinfo out >information
expect_match information 'Page size: *841\.[0-9]+ x 1190\.[0-9]+ pts'

case_is "the same posters are the same bytes"
run links --store "$store" --format pdf --public-url "$address"
cp out again.pdf
run links --store "$store" --format pdf --public-url "$address"
cmp --quiet out again.pdf
verdict $? "the files are equal"

case_is "without a Chinese font nothing is printed, and no code is made"
before=$(asked)
printf '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>%s</dir></fontconfig>' \
    "$work/no-fonts" >fonts.conf
mkdir -p no-fonts
FONTCONFIG_FILE=$work/fonts.conf slips --count 3
expect_status 1
expect_in err fonts-noto-cjk
expect_equal "$(wc -c <out)" 0 "bytes on stdout"
FONTCONFIG_FILE=$work/fonts.conf run links --store "$store" --format pdf
expect_status 1
expect_in err fonts-noto-cjk
expect_equal "$(asked)" "$before" "asked"

case_is "an address that no symbol holds is a failure, and its codes are taken back"
address=https://$(printf 'x%.0s' {1..3500}).cn
slips --count 3
expect_status 1
expect_in err --public-url
expect_equal "$(asked)" "$before" "asked"

case_is "sheets of other sizes and papers are wrong usage"
slips --count 3 --per-page 12
expect_status 2
run links --store "$store" --format pdf --paper a5
expect_status 1
summary
