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

# What the crew has written: the shots that follow have it.
script=
# photograph NAME SIZE SETTINGS OPTIONS STEP...: a step is a key for xdotool, "wait SECONDS", or "only TITLE": the
# window of that title alone is photographed.
photograph() {
    local name="$1" size="$2" settings="$3" options="$4"
    shift 4
    if [ "${#wanted[@]}" -gt 0 ] && [[ " ${wanted[*]} " != *" $name "* ]]; then return; fi
    home="$(mktemp -d)"
    mkdir -p "$home/.config/changji" "$home/project"
    [ -z "$settings" ] || printf 'version = 1\n%s\n' "$settings" >"$home/.config/changji/settings.toml"
    {
        echo 'preset = "hunan-2022-interview"'
        [ -z "$script" ] || printf "script = '''\n%s'''\n" "$script"
    } >"$home/project/project.toml"
    cat >>"$home/project/project.toml" <<'PROJECT'
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
    local step shot=root
    for step in "$@"; do
        case "$step" in
            wait*) sleep "${step#wait }" ;;
            only*) shot="$(DISPLAY="$display" xdotool search --name "^${step#only }\$" | tail -n 1)" ;;
            *) DISPLAY="$display" xdotool key $step && sleep 0.6 ;;
        esac
    done
    sleep 1
    DISPLAY="$display" import -window "$shot" -depth 8 PNG24:"$folder/$name.png"
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

read -r -d '' script <<'SCRIPT' || true
# 一、就业基本情况
问：林校长您好！请先介绍一下贵校2022届毕业生的就业情况。
[面向嘉宾，微笑]
谢谢林校长。截至目前，学校已经走访了120多家企业，开拓了3,000多个岗位，“访企拓岗”专项行动成效明显。
问：对于还在找工作的同学，学校有哪些帮扶举措？
我们建立了“一人一策”工作台账，由学院领导、班主任和辅导员结对帮扶——不让一名同学掉队。
问：最后，请您对毕业生说几句寄语。
感谢收看本期访谈，我们下期再见！
SCRIPT
talent='[[talent]]
display = "screen"
open = true
size_px = 72
mirror_across = true'
photograph prompter 1920x1080 "" "$plain" n n b space "wait 9"
photograph prompter-script 1920x1080 "" "$plain" e "wait 2"
photograph prompter-screens 1920x1080 "" "$plain" u "wait 2"
photograph talent 1920x1080 "$talent" "$plain" n n space b "wait 8" "only 提词器"
photograph talent-light 1920x1080 "${talent/mirror_across = true/light = true}" "$plain" n n "only 提词器"
