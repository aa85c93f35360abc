#!/usr/bin/env bash
# Photographs the window in each of its states, on a screen of its own, into a folder: ./dev screenshots
# screenshots.sh PROGRAM FOLDER [NAME...]
set -euo pipefail

program="$1"
folder="$2"
shift 2
wanted=("$@")
mkdir -p "$folder"

home=
screen=
window=
clean_up() {
    [ -z "$window" ] || kill -9 "$window" 2>/dev/null || true
    [ -z "$screen" ] || kill "$screen" 2>/dev/null || true
    wait 2>/dev/null || true
    [ -z "$home" ] || rm -rf "$home"
    window= screen= home=
}
trap clean_up EXIT

# browse NAME WIDTHxHEIGHT DISPLAY: the page that the window's code leads to, in a browser, as FOLDER/NAME.png.
browse() {
    local address
    DISPLAY="$3" import -window root "$home/code.png"
    address="$(zbarimg --quiet --raw "$home/code.png")"
    chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$home/browser" \
        --window-size="${2/x/,}" --timeout=5000 --screenshot="$folder/$1.png" "$address" >/dev/null 2>&1
    printf '%s\n' "$folder/$1.png"
}

# photograph NAME SIZE SETTINGS OPTIONS STEP...: a step is a key for xdotool, "wait SECONDS", or "browse NAME SIZE".
photograph() {
    local name="$1" size="$2" settings="$3" options="$4"
    shift 4
    if [ "${#wanted[@]}" -gt 0 ] && [[ " ${wanted[*]} " != *" $name "* ]]; then return; fi
    home="$(mktemp -d)"
    mkdir -p "$home/.config/changji" "$home/project"
    [ -z "$settings" ] || printf 'version = 1\n%s\n' "$settings" >"$home/.config/changji/settings.toml"
    cat >"$home/project/project.toml" <<'PROJECT'
preset = "hunan-2022-interview"
script = """
问：林校长，您好！今年毕业生的就业情况怎么样？[看嘉宾]
我们走访了三百家用人单位，开拓了近万个岗位。
谢谢您，也祝同学们前程似锦！"""
[slate]
school = "湖南示范大学"
guest = "林安"
office = "校长"
host = "周宁"
place = "校园电视台"
PROJECT
    # The server chooses a free number itself.
    Xvfb -displayfd 3 -screen 0 "${size}x24" -nolisten tcp +extension GLX 3>"$home/display" >/dev/null 2>&1 &
    screen=$!
    until [ -s "$home/display" ]; do sleep 0.1; done
    local display
    display=":$(cat "$home/display")"
    # shellcheck disable=SC2086  # options are words
    env -u WAYLAND_DISPLAY HOME="$home" DISPLAY="$display" LIBGL_ALWAYS_SOFTWARE=1 PULSE_SERVER=unix:/nonexistent \
        "$program" ${options//PROJECT/$home/project} >"$home/log" 2>&1 &
    window=$!
    for _ in $(seq 200); do
        DISPLAY="$display" xdotool search --onlyvisible --class changji >/dev/null 2>&1 && break
        sleep 0.1
    done
    sleep 8
    local step
    for step in "$@"; do
        case "$step" in
            wait*) sleep "${step#wait }" ;;
            browse*) browse ${step#browse } "$display" ;;
            *) DISPLAY="$display" xdotool key $step && sleep 0.6 ;;
        esac
    done
    sleep 1
    DISPLAY="$display" import -window root -depth 8 PNG24:"$folder/$name.png"
    printf '%s\n' "$folder/$name.png"
    clean_up
}

plain="--camera demo --microphone camera --project PROJECT"
photograph idle 1920x1080 "" "$plain"
photograph recording 1920x1080 "" "$plain" space "wait 10" 1 "wait 2" g "wait 2"
photograph bad-light 1920x1080 "" "--camera demo:light=0.15 --microphone camera --project PROJECT" space "wait 9"
photograph bad-background 1920x1080 "" "--camera demo:clutter=high --microphone camera --project PROJECT" space "wait 9"
photograph bad-sound 1920x1080 "" "--camera demo:noise=-30 --microphone camera --project PROJECT" space "wait 9"
photograph english 1920x1080 'language = "en"' "$plain" space "wait 9"
photograph light-theme 1920x1080 'theme = "light"' "$plain" space "wait 9"
photograph compact 1280x720 'compact = true' "$plain" space "wait 9"
photograph zoomed 1920x1080 'zoom_percent = 150' "$plain" space "wait 9"
photograph small-screen 1280x720 "" "$plain" space "wait 9"
photograph false-colour 1920x1080 "" "$plain" F5
photograph scopes 1920x1080 "" "$plain" w s "wait 3"
photograph tools 1920x1080 "" "$plain" q
photograph keys 1920x1080 "" "$plain" F1
photograph set-up 1920x1080 "" "$plain" F12 "wait 3"
photograph trial 1920x1080 "" "$plain" t "wait 12"
photograph tablet-panel 1920x1080 "" "$plain" ctrl+t "wait 2" Return "wait 3" "browse tablet 1280x800"
photograph first-start 1920x1080 "" ""
