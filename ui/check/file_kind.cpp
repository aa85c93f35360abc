#include "ui/check/file_kind.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>

namespace changji {
namespace {

namespace fs = std::filesystem;

constexpr std::pair<std::string_view, FileKind> endings[] = {
    {".mp4", FileKind::Video},      {".m4v", FileKind::Video},       {".mov", FileKind::Video},
    {".mkv", FileKind::Video},      {".webm", FileKind::Video},      {".avi", FileKind::Video},
    {".mts", FileKind::Video},      {".m2ts", FileKind::Video},      {".ts", FileKind::Video},
    {".mpg", FileKind::Video},      {".mpeg", FileKind::Video},      {".wmv", FileKind::Video},
    {".flv", FileKind::Video},      {".mxf", FileKind::Video},       {".3gp", FileKind::Video},
    {".vob", FileKind::Video},      {".rmvb", FileKind::Video},      {".wav", FileKind::Sound},
    {".mp3", FileKind::Sound},      {".m4a", FileKind::Sound},       {".aac", FileKind::Sound},
    {".flac", FileKind::Sound},     {".ogg", FileKind::Sound},       {".opus", FileKind::Sound},
    {".jpg", FileKind::Photo},      {".jpeg", FileKind::Photo},      {".png", FileKind::Photo},
    {".tif", FileKind::Photo},      {".tiff", FileKind::Photo},      {".heic", FileKind::Photo},
    {".heif", FileKind::Photo},     {".bmp", FileKind::Photo},       {".webp", FileKind::Photo},
    {".gif", FileKind::Photo},      {".docx", FileKind::Manuscript}, {".doc", FileKind::Manuscript},
    {".wps", FileKind::Manuscript}, {".odt", FileKind::Manuscript},  {".pdf", FileKind::Manuscript},
    {".txt", FileKind::Manuscript}, {".rtf", FileKind::Manuscript},  {".md", FileKind::Manuscript},
};

/// Names of the programs' own side files: never handed in, whatever lies in them.
constexpr std::string_view ours[] = {".json", ".jsonl", ".csv", ".toml", ".html", ".xml", ".srt", ".tmp"};

FileKind by_content(const fs::path& file) {
    std::array<char, 16> bytes{};
    std::ifstream stream(file, std::ios::binary);
    stream.read(bytes.data(), bytes.size());
    const std::string_view head(bytes.data(), static_cast<std::size_t>(std::max<std::streamsize>(0, stream.gcount())));
    const auto has = [&](std::size_t at, std::string_view sign) {
        return head.size() >= at + sign.size() && head.substr(at, sign.size()) == sign;
    };
    if (has(4, "ftypheic") || has(4, "ftypmif1")) return FileKind::Photo;
    if (has(4, "ftypM4A ")) return FileKind::Sound;
    if (has(4, "ftyp") || has(4, "moov") || has(0, "\x1A\x45\xDF\xA3") || has(8, "AVI ")) return FileKind::Video;
    if (has(8, "WAVE") || has(0, "fLaC") || has(0, "OggS") || has(0, "ID3")) return FileKind::Sound;
    if (has(0, "\xFF\xD8\xFF") || has(0, "\x89PNG")) return FileKind::Photo;
    return has(0, "%PDF-") ? FileKind::Manuscript : FileKind::Other;
}

}  // namespace

FileKind kind_of(const fs::path& file) {
    std::error_code failure;
    if (!fs::is_regular_file(file, failure)) return FileKind::Other;
    if (file.filename().string().find(".part.") != std::string::npos) return FileKind::Other;
    std::string ending = file.extension().string();
    std::ranges::transform(ending, ending.begin(),
                           [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    const auto known =
        std::ranges::find(endings, std::string_view(ending), &std::pair<std::string_view, FileKind>::first);
    if (known != std::end(endings)) return known->second;
    if (std::ranges::find(ours, ending) != std::end(ours)) return FileKind::Other;
    return by_content(file);
}

}  // namespace changji
