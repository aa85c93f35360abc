#include "ui/window/drawing/fonts.hpp"

#include <fcntl.h>
#include <fontconfig/fontconfig.h>
#include <imgui_internal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

namespace changji {
namespace {

/// Above this a glyph costs more atlas than it is worth.
constexpr float largest_em_pixels = 280.0F;

void add_printable_ascii(std::set<ImWchar>& characters) {
    for (ImWchar character = ' '; character <= '~'; ++character) characters.insert(character);
}

}  // namespace

void Fonts::map(const char* path, File& file) {
    const int descriptor = ::open(path, O_RDONLY | O_CLOEXEC);
    struct stat facts {};
    if (descriptor >= 0 && ::fstat(descriptor, &facts) == 0 && facts.st_size > 0) {
        file.size_bytes = static_cast<std::size_t>(facts.st_size);
        void* const content = ::mmap(nullptr, file.size_bytes, PROT_READ, MAP_PRIVATE, descriptor, 0);
        if (content != MAP_FAILED) {
            file.content = std::shared_ptr<void>(content, [size = file.size_bytes](void* at) { ::munmap(at, size); });
        }
    }
    if (descriptor >= 0) ::close(descriptor);
}

Result<Fonts::File> Fonts::find(int fontconfig_weight) {
    using Pattern = std::unique_ptr<FcPattern, decltype(&FcPatternDestroy)>;
    const Pattern wanted(FcPatternCreate(), &FcPatternDestroy);
    FcPatternAddString(wanted.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>("Noto Sans CJK SC"));
    FcPatternAddString(wanted.get(), FC_LANG, reinterpret_cast<const FcChar8*>("zh-cn"));
    FcPatternAddInteger(wanted.get(), FC_WEIGHT, fontconfig_weight);
    FcConfigSubstitute(nullptr, wanted.get(), FcMatchPattern);
    FcDefaultSubstitute(wanted.get());
    FcResult outcome = FcResultMatch;
    const Pattern found(FcFontMatch(nullptr, wanted.get(), &outcome), &FcPatternDestroy);

    File file;
    FcChar8* path = nullptr;
    if (found && FcPatternGetString(found.get(), FC_FILE, 0, &path) == FcResultMatch) {
        FcPatternGetInteger(found.get(), FC_INDEX, 0, &file.face_index);
        file.face_index &= 0xFFFF;  // the upper half names an instance of a variable font
        map(reinterpret_cast<const char*>(path), file);
    }
    if (!file.content) {
        return Error{ErrorKind::Io, say("No font for Chinese was found. Install the package fonts-noto-cjk.")};
    }
    return file;
}

Result<Fonts> Fonts::open() {
    auto regular = find(FC_WEIGHT_REGULAR);
    if (!regular) return regular.error();
    auto bold = find(FC_WEIGHT_BOLD);
    if (!bold) return bold.error();
    Fonts fonts;
    fonts.regular_ = std::move(*regular);
    fonts.bold_ = std::move(*bold);
    if (auto reading = ReadingFont::open()) fonts.reading_ = *std::move(reading);
    for (auto& characters : fonts.characters_) add_printable_ascii(characters);
    fonts.characters_[static_cast<std::size_t>(TextSize::Number)] = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9'};
    return fonts;
}

void Fonts::need(TextSize size, std::string_view utf8) {
    auto& characters = characters_[static_cast<std::size_t>(size)];
    const char* const end = utf8.data() + utf8.size();
    for (const char* at = utf8.data(); at < end;) {
        unsigned int character = 0;
        at += ImTextCharFromUtf8(&character, at, end);
        if (character < ' ' || character > IM_UNICODE_CODEPOINT_MAX) continue;
        has_new_ |= characters.insert(static_cast<ImWchar>(character)).second;
    }
}

void Fonts::build(float scale) {
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    atlas.Clear();
    paragraphs.clear();
    atlas.FontBuilderIO = ImFontAtlasGetBuilderForStbTruetype();
    atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
    atlas.TexDesiredWidth = 4096;
    for (std::size_t index = 0; index < characters_.size(); ++index) {
        const auto size = static_cast<TextSize>(index);
        ImVector<ImWchar>& ranges = ranges_[index];
        ranges.clear();
        for (const ImWchar character : characters_[index]) {
            if (ranges.empty() || ranges.back() + 1 != character) {
                ranges.push_back(character);
                ranges.push_back(character);
            } else {
                ranges.back() = character;
            }
        }
        ranges.push_back(0);

        File& file = is_bold(size) ? bold_ : regular_;
        ImFontConfig config;
        config.FontDataOwnedByAtlas = false;
        config.FontNo = file.face_index;
        config.OversampleH = 1;
        config.OversampleV = 1;
        config.PixelSnapH = true;
        const float em = std::min(largest_em_pixels, std::round(design_pixels(size) * scale));
        const float pixels = std::round(em * box_to_em);  // what ImGui calls a size is the box, not the em
        faces_[index] = atlas.AddFontFromMemoryTTF(file.content.get(), static_cast<int>(file.size_bytes), pixels,
                                                   &config, ranges.Data);
    }
    atlas.Build();
    ImGui::GetIO().FontDefault = face(TextSize::Body);
    scale_ = scale;
    has_new_ = false;
}

}  // namespace changji
