#include "ui/displays.hpp"

#include <epoxy/gl.h>
#include <fontconfig/fontconfig.h>
#include <memory>

#include "ui/window/platform.hpp"

namespace changji {

DisplayList list_displays() {
    DisplayList list;
    const auto platform = Platform::open(64, 64, Platform::Visibility::Hidden);
    if (!platform) {
        list.problem = platform.error().message;
        return list;
    }
    list.renderer = platform->renderer_name();
    for (int i = 0; i < SDL_GetNumVideoDisplays(); ++i) {
        SDL_DisplayMode mode{};
        const char* name = SDL_GetDisplayName(i);
        if (SDL_GetDesktopDisplayMode(i, &mode) == 0) {
            list.displays.push_back({name ? name : "", mode.w, mode.h, mode.refresh_rate});
        }
    }
    return list;
}

std::string interface_font() {
    const std::unique_ptr<FcPattern, decltype(&FcPatternDestroy)> wanted(
        FcNameParse(reinterpret_cast<const FcChar8*>("Noto Sans CJK SC:lang=zh-cn")), &FcPatternDestroy);
    FcConfigSubstitute(nullptr, wanted.get(), FcMatchPattern);
    FcDefaultSubstitute(wanted.get());
    FcResult result = FcResultNoMatch;
    const std::unique_ptr<FcPattern, decltype(&FcPatternDestroy)> found(FcFontMatch(nullptr, wanted.get(), &result),
                                                                        &FcPatternDestroy);
    FcChar8* family = nullptr;
    FcLangSet* languages = nullptr;
    if (!found || FcPatternGetString(found.get(), FC_FAMILY, 0, &family) != FcResultMatch) return {};
    const bool chinese = FcPatternGetLangSet(found.get(), FC_LANG, 0, &languages) == FcResultMatch &&
                         FcLangSetHasLang(languages, reinterpret_cast<const FcChar8*>("zh-cn")) != FcLangDifferentLang;
    return chinese ? reinterpret_cast<const char*>(family) : std::string();
}

}  // namespace changji
