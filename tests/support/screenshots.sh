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

# Cameras of which the project has a take already when the window opens.
before=()
record_before() {
    local camera
    for camera in "${before[@]}"; do
        HOME="$home" "$program" record --project "$home/project" --preset hunan-2022-interview --camera "$camera" \
            --microphone camera --duration 14 >"$home/record-log" 2>&1
    done
}

# photograph NAME SIZE SETTINGS OPTIONS STEP...: a step is a key for xdotool, "wait SECONDS",
# "type WORDS" or "point X Y".
photograph() {
    local name="$1" size="$2" settings="$3" options="$4"
    shift 4
    if [ "${#wanted[@]}" -gt 0 ] && [[ " ${wanted[*]} " != *" $name "* ]]; then return; fi
    home="$(mktemp -d)"
    mkdir -p "$home/.config/changji" "$home/project"
    [ -z "$settings" ] || printf 'version = 1\n%s\n' "$settings" >"$home/.config/changji/settings.toml"
    cat >"$home/project/project.toml" <<'PROJECT'
preset = "hunan-2022-interview"
[slate]
school = "湖南示范大学"
guest = "林安"
office = "校长"
host = "周宁"
place = "校园电视台"
PROJECT
    record_before
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
            type*) DISPLAY="$display" xdotool type --delay 60 "${step#type }" ;;
            point*) DISPLAY="$display" xdotool mousemove ${step#point } && sleep 0.6 ;;
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
photograph first-start 1920x1080 "" ""

# The reviews of a good and of a bad take, recorded in the window.
bad="--camera demo:light=0.15,clutter=high,noise=-30 --microphone camera --project PROJECT"
take=(space "wait 14" space "wait 1" space "wait 20")
photograph review-good 1920x1080 "" "$plain" "${take[@]}" 1 2 3 "wait 2" g "wait 1" space "wait 3" space "wait 1"
photograph review-bad 1920x1080 "" "$bad" "${take[@]}" "wait 2" "point 700 860"
photograph review-english 1280x720 'language = "en"' "$bad" "${take[@]}"
before=(demo demo:light=0.15,clutter=high,noise=-30 demo:light=0.6)
photograph compare 1920x1080 "" "$plain" e "wait 3" "bracketleft" "wait 2" c "wait 2" "point 400 600"
photograph take-log 1920x1080 "" "$plain" j "wait 3" g "wait 1" Down "wait 1" x "wait 1" Up "wait 1" F2 "type ok" Return "wait 2"

# The printable report of a bad take, as a browser shows it.
if [ "${#wanted[@]}" -eq 0 ] || [[ " ${wanted[*]} " == *" report "* ]]; then
    home="$(mktemp -d)"
    before=(demo:light=0.15,clutter=high,noise=-30)
    mkdir -p "$home/project"
    record_before
    HOME="$home" "$program" report "$home/project" --take 1 --language zh_CN >/dev/null
    HOME="$home" chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1100,1500 \
        --screenshot="$folder/report.png" "file://$home/project/takes/take-001.html" >/dev/null 2>&1
    printf '%s\n' "$folder/report.png"
    clean_up
fi
