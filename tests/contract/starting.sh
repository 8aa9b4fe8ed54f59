# shellcheck shell=bash disable=SC2154,SC2034 # names of contract.sh and steps.sh
# starting.sh: what serve refuses at its start: each in one sentence, in both languages,
# that says what to do; and nothing is changed by it.
kept_manyi=$manyi

checksum() { # STORE
    cat "$1"/manyi.db* "$1"/key 2>/dev/null | sha256sum
}

# The log's lines (<3>{…}) tell the engine's words; the sentence is the program's own.
refused_at_start() { # SENTENCE STORE ENGLISH_WORDS CHINESE_WORDS
    local language before
    case_is "$1"
    before=$(checksum "$2")
    for language in en zh; do
        run serve --store "$2" --listen 127.0.0.1:0 --lang "$language"
        expect_status 1
        [[ $language == en ]] && expect_in err "$3"
        [[ $language == zh ]] && expect_in err "$4"
        expect_in err "$2"
        expect_equal "$(grep -v -c '^<' err)" 1 "sentences"
        expect_equal "$(wc -c <out)" 0 "bytes on stdout"
    done
    [[ -n $server ]] || expect_equal "$(checksum "$2")" "$before" "the files"
}

copy_of_a_store() { # NAME: a store of its own, on which nobody serves
    rm -rf "$1"
    "$manyi" plan apply --store "$1" "$here/plan.yaml" >out 2>err
}

copy_of_a_store damaged
printf 'rubbish%.0s' {1..570} | dd of=damaged/manyi.db bs=1 seek=100 conv=notrunc 2>/dev/null
refused_at_start "a damaged database is refused" "$work/damaged" \
    "is damaged or its disk fails" "损坏"

copy_of_a_store short
truncate -s 20480 short/manyi.db
refused_at_start "a database that was cut off is refused" "$work/short" \
    "is damaged or its disk fails" "损坏"

copy_of_a_store foreign
printf '\0\0\0\7' | dd of=foreign/manyi.db bs=1 seek=68 conv=notrunc 2>/dev/null
refused_at_start "another program's database is refused" "$work/foreign" \
    "was not made by this program" "不是本程序建立的"

copy_of_a_store diary
printf 'a diary, and a long one at that, which is no database\n%.0s' {1..20} >diary/manyi.db
refused_at_start "another program's file is refused" "$work/diary" \
    "was not made by this program" "不是本程序建立的"

echo hello >letter.txt
refused_at_start "a path that is a file is refused" "$work/letter.txt" \
    "is a file, but a store is a folder" "是文件"

case_is "two servers on one store are refused"
copy_of_a_store shared
kept_store=$store store=$work/shared
start_server
refused_at_start "two servers on one store are refused" "$store" \
    "Another \`manyi serve\` runs on the store" "另一个"
http GET /healthz
expect_status 200
stop_server
expect_status 0
store=$kept_store

# Root may write anywhere: nobody may not. Who isn't root is refused by himself.
copy_of_a_store readonly
chmod 555 readonly
if ((EUID == 0)); then
    mkdir counted # nobody can't add to what is counted for coverage, and would say so
    chown -R 65534:65534 readonly counted
    chmod 711 "$work"
    cp "$kept_manyi" "$work/manyi-for-all"
    chmod 755 "$work/manyi-for-all"
    printf '#!/bin/sh\nGCOV_PREFIX=%s exec setpriv --reuid 65534 --regid 65534 %s %s "$@"\n' \
        "$work/counted" --clear-groups "$work/manyi-for-all" >as-nobody
    chmod 755 as-nobody
    manyi=$work/as-nobody
fi
refused_at_start "a folder that the user can't write is refused" "$work/readonly" \
    "can't be written by this user" "不能写入"
manyi=$kept_manyi
chmod 700 readonly

# A disk that nobody may write, root neither: where the system lets us mount one.
copy_of_a_store mounted
printf '#!/bin/sh\nmount --bind %s %s && mount -o remount,bind,ro %s && exec %s "$@"\n' \
    "$work/mounted" "$work/mounted" "$work/mounted" "$kept_manyi" >on-readonly-disk
printf '#!/bin/sh\nexec unshare --mount %s "$@"\n' "$work/on-readonly-disk" >unshared
chmod 755 on-readonly-disk unshared
if unshare --mount true 2>/dev/null; then
    manyi=$work/unshared
    refused_at_start "a disk that can't be written is refused" "$work/mounted" \
        "can't be written by this user" "不能写入"
    manyi=$kept_manyi
else
    echo "no mounts here: the disk that can't be written is tried as a folder only"
fi
