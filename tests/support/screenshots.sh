#!/usr/bin/env bash
# Photographs the window in each of its states, on a screen of its own, into a folder: ./dev screenshots
# screenshots.sh PROGRAM FOLDER [NAME...]
set -euo pipefail
export LC_ALL=C.UTF-8  # titles of windows are found by their Chinese names

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

# What goes with the videos: a manuscript without a phone number, three photos, one of them small.
add_papers() {
    local i
    cat >"$1/访谈文稿.txt" <<'PAPER'
战疫情、促就业，欢迎收看“书记校长话就业”系列访谈，本期我们邀请到的嘉宾是湖南示范大学校长林安。
我们学校今年的就业工作从早春开始，全校上下一起努力，访企拓岗，供需对接，一生一策，帮助每一位毕业生找到合适的岗位。
PAPER
    mkdir -p "$1/photos"
    for i in 1 2 3; do
        convert -seed "$i" -size "$((i < 3 ? 2600 : 800))x$((i < 3 ? 2000 : 600))" plasma:tan-steelblue -attenuate 0.6 \
            +noise Gaussian -quality 96 "$1/photos/照片$i.jpg"
    done
}

# Cameras of which the project has a take already when the window opens.
before=()
record_before() {
    local camera
    for camera in "${before[@]}"; do
        HOME="$home" "$program" record --project "$home/project" --preset hunan-2022-interview --camera "$camera" \
            --microphone camera --duration 14 >"$home/record-log" 2>&1
    done
}

# browse NAME WIDTHxHEIGHT DISPLAY: the page that the window's code leads to, in a browser, as FOLDER/NAME.png.
browse() {
    local address
    DISPLAY="$3" import -window root "$home/code.png"
    address="$(zbarimg --quiet --raw "$home/code.png")"
    chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$home/browser" \
        --window-size="${2/x/,}" --timeout=5000 --screenshot="$folder/$1.png" "$address" >/dev/null 2>&1
    printf '%s\n' "$folder/$1.png"
}

# What the crew has written: the shots that follow have it.
script=
# photograph NAME SIZE SETTINGS OPTIONS STEP...: a step is a key for xdotool, "wait SECONDS", "type WORDS", "point X Y",
# "browse NAME SIZE", or "only TITLE": the window of that title alone is photographed.
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
    [[ "$name" != package* ]] || add_papers "$home/project"
    record_before
    # The server chooses a free number itself.
    Xvfb -displayfd 3 -noreset -screen 0 "${size}x24" -nolisten tcp +extension GLX 3>"$home/display" >/dev/null 2>&1 &
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
            type*) DISPLAY="$display" xdotool type --delay 60 "${step#type }" ;;
            point*) DISPLAY="$display" xdotool mousemove ${step#point } && sleep 0.6 ;;
            browse*) browse ${step#browse } "$display" ;;
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
photograph package 1920x1080 "" "$plain" space "wait 12" space "wait 0.6" space "wait 6" Escape ctrl+d "wait 8"

# The page of many files, as a browser shows it.
photograph_overview() {
    if [ "${#wanted[@]}" -gt 0 ] && [[ " ${wanted[*]} " != *" overview "* ]]; then return; fi
    local files
    home="$(mktemp -d)"
    files="$home/files"
    mkdir -p "$files/photos"
    add_papers "$files"
    local options
    for options in good: small:'-s 1280x720' late:'-af adelay=400:all=1' full:'-color_range pc' silent:-an; do
        # shellcheck disable=SC2086  # options are words
        ffmpeg -v error -nostdin -f lavfi -i testsrc2=size=1920x1080:rate=25:duration=4 -f lavfi \
            -i sine=sample_rate=48000:duration=4 -ac 2 -pix_fmt yuv420p -color_range tv -colorspace bt709 \
            -color_primaries bt709 -color_trc bt709 -c:v libx264 -preset ultrafast -profile:v high -c:a aac \
            -movflags +faststart ${options#*:} "$files/学院-${options%%:*}.mp4"
    done
    head -c 400000 "$files/学院-good.mp4" >"$files/学院-cut.mp4"
    local media="${CHANGJI_MEDIA_DIR:-$(dirname "${BASH_SOURCE[0]}")/../../../shared/media}"
    cp "$media"/{v01,v13,v10,c11}*.* "$media"/p0[15]*.jpg "$files" 2>/dev/null || true
    HOME="$home" "$program" check --language zh_CN --html "$home/page.html" "$files" >/dev/null 2>&1 || true
    HOME="$home" chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1600,1000 \
        --screenshot="$folder/overview.png" "file://$home/page.html" >/dev/null 2>&1
    printf '%s\n' "$folder/overview.png"
    clean_up
}
photograph_overview

# The reviews of a good and of a bad take, recorded in the window.
bad="--camera demo:light=0.15,clutter=high,noise=-30 --microphone camera --project PROJECT"
take=(space "wait 14" space "wait 1" space "wait 20")
photograph review-good 1920x1080 "" "$plain" "${take[@]}" 1 2 3 "wait 2" g "wait 1" space "wait 3" space "wait 1"
photograph review-bad 1920x1080 "" "$bad" "${take[@]}" "wait 2" "point 700 860"
photograph review-english 1280x720 'language = "en"' "$bad" "${take[@]}"
before=(demo demo:light=0.15,clutter=high,noise=-30 demo:light=0.6)
photograph compare 1920x1080 "" "$plain" i "wait 3" "bracketleft" "wait 2" c "wait 2" "point 400 600"
photograph take-log 1920x1080 "" "$plain" ctrl+l "wait 3" g "wait 1" Down "wait 1" x "wait 1" Up "wait 2"

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
before=()

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
photograph tablet-panel 1920x1080 "" "$plain" ctrl+t "wait 2" Return "wait 3" "browse tablet 1280x800"
talent='[[talent]]
display = "screen"
open = true
size_px = 72
mirror_across = true'
photograph prompter 1920x1080 "" "$plain" n n b space "wait 9"
photograph prompter-script 1920x1080 "" "$plain" e "wait 2"
photograph prompter-screens 1920x1080 "" "$plain" u "wait 2"
photograph talent 1920x1080 "$talent" "$plain" n n space b "wait 8"
photograph talent-light 1920x1080 "${talent/mirror_across = true/light = true}" "$plain" n n
