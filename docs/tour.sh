#!/usr/bin/env bash
# One account's way through all five contracts, ending with one message that is seen in three of them. Needs bash and curl
# (and md5sum or md5); changes nothing but its own accounts, which have random names, so run it as often as you like.
#
#   docs/tour.sh --serve     on a server of its own, in a folder that is thrown away
#   docs/tour.sh             on $PARLEY_URL (default http://127.0.0.1:8080), where a partner app and a service token wait:
#     ./parley app add --id tour --code tour-secret
#     ./parley serve --set 'security.service_tokens=[{name: tour, token: 0123456789abcdef0123456789abcdef, rights: [gateway]}]'
#
# The app's code and the token may be others: PARLEY_APP_CODE, PARLEY_TOKEN. Ends with 1 at the first surprise.
set -euo pipefail
export LC_ALL=C
url=${PARLEY_URL:-http://127.0.0.1:8080}
app=${PARLEY_APP:-tour}
code=${PARLEY_APP_CODE:-tour-secret}
token=${PARLEY_TOKEN:-0123456789abcdef0123456789abcdef}
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
server='' gateway=''

# Ends what was started here and nothing else.
leave() {
  local pid
  exec 3>&- 4>&- 5>&- 2>/dev/null || true
  for pid in $gateway $server; do kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap leave EXIT

bold='' plain=''
if [ -t 1 ]; then bold=$'\033[1m' plain=$'\033[0m'; fi
say() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
surprise() { printf '\nSURPRISE: %s\n' "$*" >&2; exit 1; }
# expect TEXT ANSWER: prints the answer, which must contain the text.
expect() {
  printf '  → %s\n' "${2:0:400}"
  case $2 in *"$1"*) ;; *) surprise "expected $1" ;; esac
}
# field NAME JSON: a string or number of that name, the first.
field() { sed -n 's/.*"'"$1"'":"\{0,1\}\([^",}]*\).*/\1/p' <<<"$(grep -o "\"$1\":[^,}]*" <<<"$2" | head -n 1)"; }
md5() { if command -v md5sum >/dev/null; then printf %s "$1" | md5sum | cut -c1-32; else printf %s "$1" | command md5 -q; fi; }
digits() { local d='' i; for ((i = 0; i < $1; i++)); do d+=$((RANDOM % 10)); done; printf %s "$d"; }
ask() { curl -sS --max-time 20 "$@"; }
json() { local path=$1 body=$2; shift 2; ask "$url$path" -H 'content-type: application/json' -d "$body" "$@"; }
# signed SERVICE BODY: a call of the partner API.
signed() {
  local at id
  at=$(TZ=UTC-8 date +%Y%m%d%H%M%S)
  id=1000000000$at$(digits 6)
  ask "$url/api/$1" -d "$2" -H 'content-type: application/json' -H "app_id: $app" -H "transaction_id: $id" \
    -H "req_time: $at" -H "sign: $(md5 "$id$at$app$2$code")"
}

# --- WebSockets over bash's own /dev/tcp. Frames of clients are masked; a mask of zeros changes nothing.
open() { # open FD PATH [HEADER]
  local line
  eval "exec $1<>/dev/tcp/$host/$port"
  printf 'GET %s HTTP/1.1\r\nHost: %s:%s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' "$2" "$host" "$port" >&"$1"
  printf 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s\r\n' "${3:+$3$'\r\n'}" >&"$1"
  read -r -t 10 line <&"$1" || surprise "no answer to the upgrade of $2"
  case $line in *101*) ;; *) surprise "$2 answered $line" ;; esac
  while read -r -t 10 line <&"$1" && [ "$line" != $'\r' ]; do :; done
}
send() { # send FD TEXT
  local n=${#2}
  printf "\\x81\\xfe\\x$(printf %02x $((n / 256)))\\x$(printf %02x $((n % 256)))\\0\\0\\0\\0%s" "$2" >&"$1"
}
bytes() { dd bs=1 count="$2" <&"$1" 2>/dev/null; }
receive() { # receive FD: the next text message
  local head length
  head=($(bytes "$1" 2 | od -An -tu1))
  [ "${#head[@]}" = 2 ] || return 1
  length=${head[1]}
  if [ "$length" = 126 ]; then
    head+=($(bytes "$1" 2 | od -An -tu1))
    length=$((head[2] * 256 + head[3]))
  fi
  bytes "$1" "$length"
}
await() { # await FD TEXT: messages until one contains the text; it is left in $message
  local tries
  for tries in 1 2 3 4 5 6 7 8 9; do
    message=$(receive "$1") || surprise "the socket closed"
    case $message in *"$2"*) printf '  ← %s\n' "${message:0:400}"; return ;; esac
  done
  surprise "no message contains $2"
}

# --- gRPC by hand: five bytes of head, then the protobuf message.
framed() { printf "\\0\\0\\0\\0\\x$(printf %02x ${#1})%s" "$1"; }
pb() { printf "\\x$(printf %02x $(($1 * 8 + 2)))\\x$(printf %02x ${#2})%s" "$2"; } # pb FIELD STRING, under 128 bytes
grpc() { # grpc METHOD MESSAGE [CURL OPTIONS]: the answer's readable part
  local method=$1 message=$2
  shift 2
  framed "$message" | ask --http2-prior-knowledge "$url/$method" -H 'content-type: application/grpc' -H 'te: trailers' \
    --data-binary @- "$@" | tr -c '[:print:]' ' '
}

if [ "${1:-}" = --serve ]; then
  free() { while :; do port=$((20000 + RANDOM % 20000)); (exec 9<>/dev/tcp/127.0.0.1/$port) 2>/dev/null || break; done; printf %s $port; }
  main=$(free)
  url=http://127.0.0.1:$main
  say "0. A server of its own on $url"
  "$home/parley" serve --data "$work/data" --port "$main" --management-port "$(free)" \
    --set "signed.apps=[{id: $app, security_code: $code}]" \
    --set "security.service_tokens=[{name: tour, token: $token, rights: [gateway]}]" >"$work/log" 2>&1 &
  server=$!
  for ((i = 0; i < 1200; i++)); do
    curl -s -o "$work/ping" "$url/v1/ping" && break
    kill -0 $server 2>/dev/null || { cat "$work/log" >&2; surprise 'the server did not start'; }
    sleep 0.25
  done
fi
host=${url#http://} host=${host%%/*} port=${host##*:} host=${host%:*}
[ "$port" != "$host" ] || port=80
expect pong "$(ask "$url/v1/ping")"

phone=139$(digits 8) name=tour$(digits 9) password=secret-$(digits 6)
say "1. phone-im: $phone registers"
answer=$(json /android/register/ "{\"phone\":\"$phone\",\"password\":\"$password\"}" -D "$work/head")
expect '"status":1' "$answer"
ann=$(field id "$answer")
cookie=$(sed -n 's/^[Ss]et-[Cc]ookie: sessionid=\([^;]*\).*/\1/p' "$work/head")
say '   … and chooses a name'
printf -v body '{"userId":"%s","username":"%s","avatar":"/media/none.png","desc":"","sex":0}' "$ann" "${name:0:12}"
expect '"status":1' "$(json /android/complete_account/ "$body" -H "Cookie: sessionid=$cookie")"

say '2. entry-http: the same number and the digest of the same password'
answer=$(json /login "{\"username\":\"$phone\",\"password\":\"$(md5 "$password")\"}")
expect '"code":0' "$answer"
entry=$(field token "$answer")
expect '"code":0' "$(ask -X PUT "$url/user/update_user_info" -H "Authorization: $entry" -d '{"nickname":"On tour"}')"

say '3. entry-rpc: its token is good for the gRPC tier, which sees the new nickname'
expect 'On tour' "$(grpc proto.UserService/GetUserInfo '' -H "authorization: $entry")"

say "4. signed-http: a partner registers $name; it knows only a digest of her password"
digest=$(md5 "$(md5 "$password@java110.com")")
answer=$(signed user.service.register "{\"name\":\"$name\",\"email\":\"$name@example.com\",\"password\":\"$digest\",\"sex\":\"1\",\"tel\":\"138$(digits 8)\"}")
case $answer in *APP_ID*)
  printf '  → %s\n' "$answer"
  surprise "this server has no app $app. Stop it, run: ./parley app add --id $app --code $code; or run: docs/tour.sh --serve"
  ;;
esac
expect '"userId":"30' "$answer"
dora=$(field userId "$answer") dora=${dora#30}
answer=$(signed user.service.login "{\"username\":\"$name\",\"passwd\":\"$digest\"}")
expect '"token":"eyJ' "$answer"
jwt=$(field token "$answer")
expect "\"userId\":\"30$dora\"" "$(signed check.service.login "{\"token\":\"$jwt\"}")"

say '5. social-grpc: the JWT is good here too, as REST and as gRPC'
expect "\"nickname\":\"$name\"" "$(ask "$url/v1/users/$dora" -H "Authorization: Bearer $jwt")"
expect signed-http "$(grpc session.SessionService/ListSessions '' -H "authorization: bearer $jwt")"
expect '"friend":' "$(json /v1/friends "{\"user_id\":\"$ann\"}" -H "Authorization: Bearer $jwt")"

say "6. The phone's socket binds, a browser opens the native socket with entry-http's token, a gateway holds a third"
open 3 /android/websocket/ "Cookie: sessionid=$cookie"
send 3 '{"status":0,"pushId":"","message":"start"}'
await 3 '"message":"ok"'
push=$(field pushId "$message")
open 4 /ws
send 4 "{\"cmd\":\"auth\",\"request_id\":1,\"data\":{\"token\":\"$entry\",\"device_id\":\"tour\"}}"
await 4 '"heartbeat_s"'
mkfifo "$work/frames"
curl -sS -N --http2-prior-knowledge -T . -X POST "$url/gateway.GatewayService/SendMessage" -H 'content-type: application/grpc' \
  -H 'te: trailers' -H "authorization: bearer $token" <"$work/frames" >"$work/gateway" 2>"$work/gateway.log" &
gateway=$!
exec 5>"$work/frames"
framed "$(pb 1 tour-$name; pb 2 A001)" >&5
# seen FILE TEXT: waits for the text in what a stream has brought.
seen() {
  local tries
  for ((tries = 0; tries < 100; tries++)); do
    grep -a -q "$2" "$1" && return
    kill -0 "$gateway" 2>/dev/null || break
    sleep 0.1
  done
  tr -c '[:print:]' ' ' <"$1" >&2
  surprise "the gateway's stream did not bring $2; does the server know its token? See the head of this script."
}
seen "$work/gateway" A002
printf '  ← A002 on the gateway\n'
expect '{}' "$(json /gateway.GatewayService/Register "{\"gateway_id\":\"tour-$name\",\"client_id\":\"$ann\"}" -H "authorization: bearer $token")"

say '7. Dora writes with the token of signed-http: one message, three contracts'
said="hello from $name"
answer=$(json "/v1/users/$ann/messages/text" "{\"text\":{\"content\":\"$said\"},\"client_message_id\":\"tour-1\"}" -H "Authorization: Bearer $jwt")
expect '"seq":"1"' "$answer"
id=$(field id "$answer") chat=$(field conversation_id "$answer")
printf 'phone-im, on the phone:\n'
await 3 "\"content\":\"$said\""
send 3 "{\"status\":1,\"pushId\":\"$push\",\"message\":\"ok\"}"
printf 'social-grpc, in the browser:\n'
await 4 "\"id\":\"$id\""
printf "gateway, for another socket of Ann's:\n"
seen "$work/gateway" "$said"
printf '  ← B101 %s\n' "$(tr -c '[:print:]' '\n' <"$work/gateway" | grep "$said")"
printf 'and in the history, for whoever was away:\n'
expect "$said" "$(ask "$url/v1/conversations/$chat/messages" -H "Authorization: Bearer $cookie")"

say '8. Logging out of entry-http ends that session everywhere: the browser is told and closed'
expect '"code":0' "$(ask -X POST "$url/user/logout" -H "Authorization: $entry")"
await 4 push.closing
expect '"error_code":"1000"' "$(ask "$url/v1/sessions" -H "Authorization: Bearer $entry")"
say 'That was all of it: nothing surprised.'
