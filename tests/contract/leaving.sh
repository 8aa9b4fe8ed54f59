# shellcheck shell=bash disable=SC2154,SC2034 # names of contract.sh and steps.sh
# leaving.sh: what leaves the building, from the demonstration's store while it is served:
# files, published reports, the public pages.

case_is "a workbook and a document go to stdout or to a file, the same bytes"
for format in xlsx pdf; do
    run report --store "$demo" --format "$format"
    expect_status 0
    cp out stdout.file
    run report --store "$demo" --format "$format" --output "whole.$format"
    expect_status 0
    expect_equal "$(wc -c <out)" 0 "bytes on stdout"
    cmp -s stdout.file "whole.$format"
    verdict $? "$format is the same both ways"
done
expect_equal "$(head -c 2 whole.xlsx)" PK "the workbook begins with"
expect_equal "$(head -c 4 whole.pdf)" %PDF "the document begins with"

case_is "a file that can't be written says so"
run report --store "$demo" --format xlsx --output "$work/nowhere/report.xlsx"
expect_status 1
expect_in err nowhere

case_is "nothing is published until somebody does it"
http GET /published
expect_status 200
expect_in body '还没有公示过报告'
http GET /published/1
expect_status 404
run published list --store "$demo"
expect_status 0
expect_match out 'Nothing'

case_is "publishing is for once, and what is published can be seen without signing in"
run publish --store "$demo" --as-of 2026-11-23
expect_status 2
run publish --store "$demo"
expect_status 0
expect_match out 'no\. 1'
run publish --store "$demo"
expect_status 1
expect_match err 'already'
http GET /published/1
expect_status 200
run report --store "$demo" --format json
figure=$(jq -r '.indicators[] | select(.id == "relief") | .rate_bp' out)
expect_in body "$((figure / 100)).$(printf %02d $((figure % 100)))%"
expect_in body "$(jq -r .seal out)"
expect_in body '演示数据 · Demo data'
http GET "/published?seal=$(jq -r .seal out | cut -c 1-16)"
expect_in body '已公示报告：1 份'
http GET /published/1/notice.pdf
expect_status 200
http GET /publish
expect_status 303
http GET /reports.xlsx
expect_status 303

case_is "the published report is the report of that day, byte for byte"
run published show 1 --store "$demo"
cp out published.json
run report --store "$demo" --format json --lang zh
cmp -s out published.json
verdict $? "the same bytes"
expect_equal "$(b2sum -l 256 published.json | cut -d ' ' -f 1)" \
    "$("$manyi" published list --store "$demo" --format json 2>/dev/null |
        jq -r '.published[0].digest')" "its digest"
run published compare 1 --store "$demo"
expect_status 0
expect_match out 'not one answer has changed'
run published show 2 --store "$demo"
expect_status 1
run published show one --store "$demo"
expect_status 2
run verify --store "$demo" --format json
expect_equal "$(jq -r .published out)" 1 "published"
