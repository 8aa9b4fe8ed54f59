# shellcheck shell=bash disable=SC2154,SC2034 # names of contract.sh and of the checks
# steps.sh: the steps that the checks are written in: run a command, send a request, say
# what is expected of the result. The last step's result is in status and in files named
# out, err, headers, body.
checks=0 failures=0 shown=() server='' base='' sent='' status='' case_name=''
touch out err headers body serve.out serve.err

# ---- what is expected ----

case_is() { # SENTENCE: names the behaviour that the next expectations are about
    case_name=$1
}

verdict() { # RESULT EXPECTATION
    local file
    checks=$((checks + 1))
    if (($1 == 0)); then
        return
    fi
    failures=$((failures + 1))
    printf 'FAILED: %s\n  expected: %s\n  sent: %s\n  came: %s\n' \
        "$case_name" "$2" "$sent" "$status"
    for file in "${shown[@]}"; do
        [[ ! -s $file ]] || head -c 1500 "$file" | sed "s/^/    $file| /"
    done
}

expect_status() { # EXIT STATUS OR HTTP STATUS
    [[ $status == "$1" ]]
    verdict $? "status $1"
}

expect_in() { # FILE WORDS
    grep -q -F -- "$2" "$1"
    verdict $? "\"$2\" in $1"
}

expect_match() { # FILE EXTENDED REGULAR EXPRESSION, upper and lower case alike
    grep -q -i -E -- "$2" "$1"
    verdict $? "a line like /$2/ in $1"
}

expect_no_match() { # FILE EXTENDED REGULAR EXPRESSION
    ! grep -q -i -E -- "$2" "$1"
    verdict $? "no line like /$2/ in $1"
}

expect_like() { # ACTUAL EXTENDED REGULAR EXPRESSION WHAT
    grep -q -i -E -- "$2" <<<"$1"
    verdict $? "$3 like /$2/, not \"$1\""
}

expect_equal() { # ACTUAL WANTED WHAT
    [[ $1 == "$2" ]]
    verdict $? "$3: \"$2\", not \"$1\""
}

summary() {
    printf '%d expectations, %d failed\n' "$checks" "$failures"
    ((failures == 0)) || exit 1
}

# ---- commands ----

run() { # ARGUMENT…: runs manyi with them
    sent="manyi $*"
    shown=(out err)
    timeout 30 "$manyi" "$@" >out 2>err </dev/null
    status=$?
}

open_path() { # PROGRAMME CENTRE: the path of that poster's link
    "$manyi" links --store "$store" 2>/dev/null | tr -d '\r' |
        awk -F, -v programme="$1" -v centre="$2" '
            $1 == programme && $3 == centre { print $NF }' | sed -E 's#^https?://[^/]+##'
}

received() { # INDICATOR
    "$manyi" report --store "$store" --format json 2>/dev/null |
        jq -r --arg id "$1" '.indicators[] | select(.id == $id) | .received'
}

# Makes one-time codes; their paths go to slips. Where none came, the checks that follow go
# on with paths that lead nowhere.
new_codes() { # PROGRAMME WAVE COUNT [ARGUMENT…]
    run codes --store "$store" --programme "$1" --wave "$2" --count "$3" "${@:4}"
    expect_status 0
    mapfile -t slips < <(tr -d '\r' <out | tail -n +2 | sed -E 's#^.*,https?://[^/]+##')
    slips+=(/t/none /t/none /t/none)
}

# ---- the server ----

start_server() { # [ARGUMENT…]; one at a time
    local patience=100
    stop_server
    : >serve.out
    "$manyi" serve --store "$store" --listen 127.0.0.1:0 "$@" >serve.out 2>serve.err &
    server=$! base=''
    while [[ -z $base ]] && ((patience-- > 0)) && kill -0 $server 2>/dev/null; do
        sleep 0.1
        base=$(grep -o -m 1 -E 'http://127\.0\.0\.1:[0-9]+' serve.out)
    done
    sent="manyi serve --store … --listen 127.0.0.1:0 $*" status=${base:-no address}
    shown=(serve.out serve.err)
}

stop_server() { # [SIGNAL]: leaves the exit status in status
    [[ -n $server ]] || return 0
    kill -"${1:-TERM}" "$server" 2>/dev/null
    wait "$server" 2>/dev/null
    status=$?
    sent="SIG${1:-TERM} to serve" server=''
    shown=(serve.out serve.err)
}

# ---- requests ----

http() { # METHOD PATH [CURL ARGUMENT…]
    local method=$1 path=$2
    shift 2
    sent="$method $path $*"
    sent=${sent:0:300} shown=(headers body)
    truncate -s 0 headers body
    [[ $method != HEAD ]] || set -- --head "$@"
    status=$(curl -sS --path-as-is --max-time 15 --request "$method" --dump-header headers \
        --output body --write-out '%{http_code}' "$@" "$base$path" 2>err)
}

post() { # PATH FIELD…: fields as name=value, encoded here
    local field arguments=()
    for field in "${@:2}"; do
        arguments+=(--data-urlencode "$field")
    done
    http POST "$1" "${arguments[@]}"
}

header() { # NAME: its value in the last answer
    tr -d '\r' <headers | sed -n -E "s/^$1: *//Ip" | head -1
}

# Bytes as they are, for what curl will not send; the answer's head and body in one.
raw() { # PRINTF FORMAT
    sent=$1 shown=(headers)
    # shellcheck disable=SC2059 # the format is the request
    (
        exec 3<>"/dev/tcp/127.0.0.1/${base##*:}" && printf "$1" >&3 && timeout 10 cat <&3
    ) >headers 2>err
    status=$(sed -n -E '1s#^HTTP/1\.[01] ([0-9]{3}).*#\1#p' headers)
}

# The id of the form in the last answer.
form_id() {
    sed -n -E 's/.*<input type="hidden" name="submission" value="([^"]+)".*/\1/p' body |
        head -1
}

new_form() { # PATH: a fresh form; its id goes to form, where it is sent to action
    http GET "$1"
    form=$(form_id)
    action=$(sed -n -E 's/.*<form[^>]* action="([^"]*)".*/\1/p' body | head -1)
    action=${action//&amp;/&}
}
