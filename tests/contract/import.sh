# shellcheck shell=bash disable=SC2154,SC2034 # names of contract.sh and steps.sh
# import.sh: answers collected elsewhere: taken in once, refused whole, taken back whole.
columns=programme,wave,centre,channel,mode,date

case_is "import has help, and wants a file or --withdraw with a reason"
run import --help
expect_status 0
expect_match out example
expect_in out 'manyi import'
expect_in out '[FILE.csv]'
wrong_usage import
wrong_usage import --store "$store"
wrong_usage import paper.csv
wrong_usage import --store "$store" --withdraw 1
wrong_usage import --store "$store" --withdraw 1 --reason ' '
wrong_usage import --store "$store" --withdraw 1 --reason wrong paper.csv
wrong_usage import --store "$store" --reason wrong paper.csv
wrong_usage import --store "$store" --format csv paper.csv

case_is "a file or a store that is not there is named"
run import --store "$store" no-such-file.csv
expect_status 1
expect_in err no-such-file.csv
run import --store "$work/nowhere" paper.csv
expect_status 1
expect_in err nowhere

case_is "rows are stored, whatever today is, with a byte order mark and CRLF"
before=$(received relief) before_past=$(received other)
printf '\xef\xbb\xbf%s,overall,timely,reasons,comment\r\n' "$columns" >paper.csv
{
    printf 'visit,spring,north,paper,assisted,2026-05-02,5,4,,"很好，谢谢\r\n""再见"""\r\n'
    printf 'visit,spring,,phone,,2026-05-31,2,,late;far,\r\n'
    printf '\r\n'
    printf 'visit,spring,south,paper,self,2026/5/3,,,,\r\n'
    printf 'past,winter,north,paper,self,2026-02-28,3\r\n'
    printf ',,,,,,,,,\r\n'
} >>paper.csv
run import --store "$store" paper.csv
expect_status 0
expect_in out 'Import 1: 4 rows, 4 stored, 0 there already.'
expect_equal "$(wc -c <err)" 0 "bytes on stderr"
expect_equal "$(received relief)" $((before + 3)) "received"
expect_equal "$(received other)" $((before_past + 1)) "received of a wave that is over"
run verify --store "$store"
expect_status 0

case_is "the same file again adds nothing, in JSON as well"
run import --store "$store" --format json paper.csv
expect_status 0
expect_equal "$(jq -c '[.import, .rows, .stored, .present]' out)" '[1,4,0,4]' result
expect_equal "$(received relief)" $((before + 3)) "received"

case_is "the same table in GB18030 is the same file"
sed 's/^\xef\xbb\xbf//' paper.csv | iconv -f UTF-8 -t GB18030 >paper-gb.csv
run import --store "$store" paper-gb.csv
expect_status 0
expect_in out 'Import 1: 4 rows, 0 stored, 4 there already.'

case_is "an import speaks Chinese"
run import --store "$store" --lang zh paper.csv
expect_in out '存入 0 份'

case_is "answers with an id are stored once, in whatever file they stand"
cat >ids.csv <<END_OF_FILE
$columns,submission,overall
visit,spring,north,paper,self,2026-05-02,7d444840-9dc0-41d1-b245-5ffdce74fad2,5
visit,spring,north,paper,self,2026-05-02,7d444840-9dc0-41d1-b245-5ffdce74fad3,4
END_OF_FILE
run import --store "$store" ids.csv
expect_in out '2 rows, 2 stored, 0 there already'
sed '2d' ids.csv >fewer-ids.csv
run import --store "$store" fewer-ids.csv
expect_in out '1 rows, 0 stored, 1 there already'

case_is "one bad row keeps the whole file out, and every bad row is listed"
before=$(received relief)
cat >bad.csv <<END_OF_FILE
$columns,submission,overall,timely,reasons,comment
visit,spring,north,paper,self,2026-05-02,,5,,,
visits,spring,north,paper,self,2026-05-02,,5,,,
visit,sprung,north,paper,self,2026-05-02,,5,,,
visit,spring,nord,paper,self,2026-05-02,,5,,,
visit,spring,north,papier,self,2026-05-02,,5,,,
visit,spring,north,paper,me,2026-05-02,,5,,,
visit,spring,north,paper,self,2026-06-01,,5,,,
visit,spring,north,paper,self,2026-05-32,,5,,,
visit,spring,north,paper,self,2026-05-02,,6,,,
visit,spring,north,paper,self,2026-05-02,,0,,,
visit,spring,north,paper,self,2026-05-02,,unknown,,,
visit,spring,north,paper,self,2026-05-02,,1,,early,
visit,spring,north,paper,self,2026-05-02,,1,,,$(printf 'x%.0s' {1..201})
visit,spring,north,paper,self,2026-05-02,1234,1,,,
visit,spring,north,paper,self,2026-05-02,7d444840-9dc0-41d1-b245-5ffdce74fad9,1,,,
visit,spring,north,paper,self,2026-05-02,7D444840-9DC0-41D1-B245-5FFDCE74FAD9,1,,,
visit,spring,north,"paper"x,self,2026-05-02,,1,,,
END_OF_FILE
run import --store "$store" bad.csv
expect_status 1
expect_equal "$(wc -c <out)" 0 "bytes on stdout"
expect_equal "$(grep -o -E '^bad\.csv:[0-9]+:[0-9]+: ' err | tr -d '\n')" \
    "bad.csv:3:1: bad.csv:4:2: bad.csv:5:3: bad.csv:6:4: bad.csv:7:5: bad.csv:8:6: \
bad.csv:9:6: bad.csv:10:8: bad.csv:11:8: bad.csv:12:8: bad.csv:13:10: bad.csv:14:11: \
bad.csv:15:7: bad.csv:17:7: bad.csv:18:1: " "places"
expect_match err 'bad\.csv:3:1: .*did you mean “visit”'
expect_match err 'bad\.csv:6:4: .*did you mean “paper”'
expect_match err 'bad\.csv:17:7: .*line 16'
expect_in err 'Nothing was imported.'
expect_equal "$(received relief)" "$before" "received"

case_is "of very many bad rows the first are listed, and that there are more"
{
    echo "$columns"
    for _ in {1..300}; do echo visit,spring,north,fax,self,2026-05-02; done
} >many-bad.csv
run import --store "$store" many-bad.csv
expect_status 1
expect_equal "$(grep -c '^many-bad\.csv:' err)" 200 "lines"
expect_in err 'There are more mistakes'

refused_file() { # WORDS: the file refused.csv is refused so
    run import --store "$store" refused.csv
    expect_status 1
    expect_in err "$1"
}
case_is "columns that are unknown, doubled or missing are refused"
echo "$columns,overal" >refused.csv
refused_file 'Did you mean “overall”?'
echo "$columns,overall,overall" >refused.csv
refused_file 'there twice'
echo "programme,wave,centre,channel,date,overall" >refused.csv
refused_file '“mode” is missing'

case_is "a file without rows, an empty one and UTF-16 are refused"
echo "$columns" >refused.csv
refused_file 'no rows'
: >refused.csv
refused_file 'is empty'
echo "$columns" | iconv -f UTF-8 -t UTF-16 >refused.csv
refused_file 'UTF-16'

case_is "an import is taken back whole, once, with a reason"
before=$(received relief) before_past=$(received other)
run import --store "$store" --withdraw 1 --reason 'the wrong month'
expect_status 0
expect_in out 'Import 1: 4 submissions were taken back.'
expect_equal "$(received relief)" $((before - 3)) "received"
expect_equal "$(received other)" $((before_past - 1)) "received"
run verify --store "$store"
expect_status 0
run import --store "$store" --withdraw 1 --reason again
expect_status 1
expect_match err 'before'
run import --store "$store" --withdraw 999 --reason 'no such import'
expect_status 1
expect_in err 999

case_is "after that the same file is a new import"
run import --store "$store" paper.csv
expect_status 0
expect_in out ': 4 rows, 4 stored, 0 there already.'
expect_equal "$(received relief)" "$before" "received"

case_is "an import that is killed is completed by the next, beside a running server"
start_server
before=$(received relief)
{
    echo "$columns,overall"
    for number in {1..30000}; do
        echo "visit,spring,north,paper,self,2026-05-$((10 + number % 20)),$((number % 5 + 1))"
    done
} >large.csv
"$manyi" import --store "$store" large.csv >out 2>err &
importer=$!
for _ in {1..200}; do
    (($(received relief) == before)) || break
done
kill -KILL $importer 2>/dev/null
wait $importer 2>/dev/null
cut=$(($(received relief) - before))
sent="kill -9 during manyi import" status=$cut
((cut > 0 && cut % 1000 == 0))
verdict $? "whole chunks are there after the kill"
http POST "$visit" --data overall=5
expect_status 303
run import --store "$store" large.csv
expect_status 0
expect_in out ": 30000 rows, $((30000 - cut)) stored, $cut there already."
expect_equal "$(received relief)" $((before + 30001)) "received"
run verify --store "$store"
expect_status 0
stop_server
expect_status 0
