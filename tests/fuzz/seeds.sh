#!/usr/bin/env bash
# Makes what the fuzzers begin with, a folder for each of them: real files, broken and whole, and generated ones.
# seeds.sh FOLDER SOURCE_TREE [MEDIA_FOLDER]
set -euo pipefail

folder="$1"
source_tree="$2"
media="${3:-}"
mkdir -p "$folder"/{probe_container,salvage,load_report,load_preset,read_manuscript,read_photo}
picture=(-f lavfi -i testsrc2=size=64x48:rate=25:duration=0.4)
sound=(-f lavfi -i sine=sample_rate=48000:duration=0.4)

# clip NAME OPTION...
clip() {
    local file="$folder/probe_container/$1"
    shift
    [ -e "$file" ] || ffmpeg -v error -nostdin "${picture[@]}" "${sound[@]}" "$@" "$file"
}
clip flat.mp4 -c:v libx264 -g 5 -movflags +faststart
clip last.mp4 -c:v libx264 -g 5
clip fragments.mp4 -c:v libx264 -g 5 -bf 0 -movflags frag_keyframe+empty_moov+default_base_moof
clip mpeg4.mp4 -c:v mpeg4
clip hevc.mp4 -c:v libx265 -x265-params log-level=none
clip take.mov -c:v libx264
clip clip.mkv -c:v libx264 -c:a libopus
clip clip.webm -c:v libvpx -c:a libvorbis
clip clip.avi -c:v mjpeg -c:a pcm_s16le
clip clip.ts -c:v mpeg2video
clip sound.m4a -vn
clip sound.wav -vn
cp -n "$folder"/probe_container/{flat,last,fragments,mpeg4}.mp4 "$folder/salvage/"

for format in jpg png bmp tiff webp; do
    [ -e "$folder/read_photo/small.$format" ] ||
        ffmpeg -v error -nostdin -f lavfi -i testsrc2=size=96x64 -frames:v 1 "$folder/read_photo/small.$format"
done
if command -v exiv2 >/dev/null; then
    cp -n "$folder/read_photo/small.jpg" "$folder/read_photo/place.jpg"
    exiv2 -M'set Exif.GPSInfo.GPSLatitude 28/1 10/1 48/1' -M'set Exif.GPSInfo.GPSLatitudeRef N' \
        -M'set Exif.Photo.DateTimeOriginal 2022:04:01 10:00:00' -M'set Iptc.Application2.City 长沙' \
        -M'set Xmp.photoshop.City 长沙' -M'set Exif.Image.Orientation 6' "$folder/read_photo/place.jpg"
fi

cp -n "$source_tree"/presets/*.toml "$folder/load_preset/"

papers="$folder/read_manuscript"
text='战疫情、促就业，欢迎收看“书记校长话就业”系列访谈，本期我们邀请到的嘉宾是张三。联系人：李四，电话：0731-88880000'
printf '%s\n' "$text" >"$papers/utf8.txt"
printf '%s\n' "$text" | iconv -t GB18030 >"$papers/gb18030.txt"
printf '%s\n' "$text" | iconv -t UTF-16 >"$papers/utf16.txt"
printf '## 一\n\n* **%s** [联系](http://example.org)\n\n```\ncode\n```\n' "$text" >"$papers/paper.md"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/word" "$work/_rels" "$work/META-INF"
printf '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>表</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>' "$text" >"$work/word/document.xml"
printf '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>' >"$work/_rels/.rels"
[ -e "$papers/paper.docx" ] || (cd "$work" && zip -q -r "$papers/paper.docx" word _rels)
printf 'application/vnd.oasis.opendocument.text' >"$work/mimetype"
printf '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text><text:h>一</text:h><text:p>%s<text:s text:c="3"/></text:p></office:text></office:body></office:document>' "$text" >"$work/content.xml"
printf '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>' >"$work/META-INF/manifest.xml"
[ -e "$papers/paper.odt" ] || (cd "$work" && zip -q -0 -X "$papers/paper.odt" mimetype && zip -q -r "$papers/paper.odt" content.xml META-INF)
printf '%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n4 0 obj<</Length 28>>stream\nBT /F 9 Tf (Hello) Tj ET   \nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n' >"$papers/paper.pdf"

reports="$folder/load_report"
cat >"$reports/project.toml" <<'PROJECT'
preset = "hunan-2022-interview"
script = "问：就业工作\n答：……"
[slate]
school = "某某大学"
guest = "张三"
confirmed_clauses = ["四.5-a"]
PROJECT
cat >"$reports/report.json" <<'REPORT'
{"schema":"changji.take/1","take":1,"preset":"hunan-2022-interview","verdict":"warn","rating":"good","note":"备用",
"file":"take-001.mp4","sha256":"00","started_at":"2022-04-01T10:00:00+08:00","duration_s":12.5,
"slate":{"school":"某某大学","guest":"张三","office":"校长","confirmed_clauses":["四.5-a"]},
"losses":{"frames_lost":1,"frames_late":0},"marks":[{"at_s":1.5,"kind":"topic","topic":1},{"at_s":2,"kind":"good"}],
"measures":[{"measure":"light.face_luma_percent","mean":50,"min":40,"max":60}],
"findings":[{"clause":"四.4","check":"video.size","status":"pass","value":"1920x1080","limit":"1920x1080",
"message":"Stored and shown as demanded.","advice":"","spans_s":[[0.5,1.0]],"said":{"message":["{0} of {1}","a","b"]},
"evidence":["take-001.evidence/still.png"]}]}
REPORT
printf '{"schema":"changji.check/1","file":"a.mp4","size_bytes":1,"modified_ns":1,"basis":"basis","verdict":"pass"}\n' >"$reports/journal.jsonl"
printf 'time_s,light_face_luma_percent,audio_momentary_lufs\n0.000,50.1,-23.0\n0.200,,-22.5\n' >"$reports/meters.csv"
printf '{"at_s":1.5,"kind":"topic","topic":1}\n{"at_s":2,"kind":"good"}\n' >"$reports/marks.jsonl"

[ -d "$media" ] || exit 0
for file in "$media"/c0[4-9]*.mp4 "$media"/v13*.mp4 "$media"/v06*.mkv; do
    [ -e "$file" ] || continue
    cp -n "$file" "$folder/probe_container/"
    cp -n "$file" "$folder/salvage/"
done
for file in "$media"/p02*.jpg "$media"/p01*.jpg; do
    [ ! -e "$file" ] || cp -n "$file" "$folder/read_photo/"
done
