#include "ui/window/drawing/pen.hpp"

#include <algorithm>
#include <array>
#include <cfloat>
#include <cmath>
#include <functional>

namespace changji {
namespace {

ImVec2 top_left(const Area& area) { return {area.x, area.y}; }
ImVec2 bottom_right(const Area& area) { return {area.right(), area.bottom()}; }

}  // namespace

Pen::Pen(Fonts& fonts, float scale) : fonts_(&fonts), scale_(scale), list_(ImGui::GetWindowDrawList()) {}

float Pen::px(float design) const { return std::round(design * scale_); }

float Pen::width(TextSize size, std::string_view text) const {
    fonts_->need(size, text);
    const ImFont* const font = fonts_->face(size);
    return font->CalcTextSizeA(font_px(size), FLT_MAX, 0.0F, text.data(), text.data() + text.size()).x;
}

float Pen::font_px(TextSize size) const {
    const float px = fonts_->face(size)->FontSize;
    return scale_ == fonts_->scale() ? px : std::round(px * scale_ / fonts_->scale());
}

float Pen::height(TextSize size) const { return std::round(font_px(size) / box_to_em); }

float Pen::line_height(TextSize size) const { return std::round(height(size) * 1.28F); }

TextFace Pen::face(TextSize size) const {
    return {[this, size](std::string_view text) { return width(size, text); }, line_height(size)};
}

float Pen::text(float x, float y, TextSize size, ImU32 ink, std::string_view words, Align align) const {
    const float wide = width(size, words);
    if (fonts_->audit) fonts_->audit->shown.emplace_back(words);
    if (align == Align::Centre) x -= wide / 2;
    if (align == Align::Right) x -= wide;
    const ImFont* const font = fonts_->face(size);
    const float box_top = y - height(size) * ideograph_top_em;
    list_->AddText(font, font_px(size), {std::round(x), std::round(box_top)}, ink, words.data(),
                   words.data() + words.size());
    return wide;
}

void Pen::label(const Area& area, TextSize size, ImU32 ink, std::string_view words, Align align) const {
    if (words.empty()) return;
    float x = area.x;
    if (align == Align::Centre) x += area.width / 2;
    if (align == Align::Right) x += area.width;
    const float y = area.y + (area.height - height(size)) / 2;
    if (width(size, words) <= area.width) {
        text(x, y, size, ink, words, align);
        return;
    }
    if (fonts_->audit) fonts_->audit->clipped.emplace_back(words);
    text(x, y, size, ink, shorten(words, area.width, face(size).measure), align);
}

void Pen::label(const Area& area, TextSize size, TextSize smaller, ImU32 ink, std::string_view words,
                Align align) const {
    label(area, width(size, words) <= area.width ? size : smaller, ink, words, align);
}

const FittedParagraph& Pen::fitted(const Area& area, TextSize size, TextSize smaller, LineEnds ends,
                                   std::string_view words) const {
    std::size_t hash = std::hash<std::string_view>()(words);
    for (const float each : {area.width, area.height, scale_}) hash = mixed(hash, std::hash<float>()(each));
    for (const int each : {static_cast<int>(size), static_cast<int>(smaller), static_cast<int>(ends)}) {
        hash = mixed(hash, static_cast<std::size_t>(each));
    }
    const auto is_it = [&](const SetParagraph& known) {
        return known.text == words && known.ends == ends && known.width == area.width && known.height == area.height &&
               known.scale == scale_ && known.size == size && known.smaller == smaller;
    };
    const auto make = [&] {
        const std::array faces{face(size), face(smaller)};
        const auto fit = ends == LineEnds::Phrases ? fit_phrases : fit_paragraph;
        return SetParagraph{std::string(words),
                            ends,
                            area.width,
                            area.height,
                            scale_,
                            size,
                            smaller,
                            fit(words, area.width, area.height, faces)};
    };
    return fonts_->paragraphs.get(hash, is_it, make).fitted;
}

float Pen::paragraph(const Area& area, TextSize size, TextSize smaller, ImU32 ink, std::string_view words) const {
    const FittedParagraph& set = fitted(area, size, smaller, LineEnds::Width, words);
    if (fonts_->audit && !set.whole) fonts_->audit->clipped.emplace_back(words);
    const TextSize chosen = set.face == 0 ? size : smaller;
    float y = area.y;
    for (const std::string& line : set.lines) {
        text(area.x, y, chosen, ink, line);
        y += line_height(chosen);
    }
    return y - area.y;
}

void Pen::spoken(const Area& area, TextSize size, TextSize smaller, ImU32 ink, std::string_view words) const {
    const FittedParagraph& set = fitted(area, size, smaller, LineEnds::Phrases, words);
    const TextSize chosen = set.face == 0 ? size : smaller;
    const float block = static_cast<float>(set.lines.size()) * line_height(chosen);
    float y = area.y + std::max(0.0F, (area.height - block) / 2) + (line_height(chosen) - height(chosen)) / 2;
    for (const std::string& line : set.lines) {
        text(area.x + area.width / 2, y, chosen, ink, line, Align::Centre);
        y += line_height(chosen);
    }
}

void Pen::card(const Area& area, ImU32 ink) const { fill(area, ink, px(12)); }

void Pen::outline(const Area& area, ImU32 ink, float thickness, float rounding) const {
    list_->AddRect(top_left(area), bottom_right(area), ink, rounding, 0, thickness);
}

void Pen::fill(const Area& area, ImU32 ink, float rounding) const {
    list_->AddRectFilled(top_left(area), bottom_right(area), ink, rounding);
}

void Pen::mark(float centre_x, float centre_y, float radius, Tone tone) const {
    const ImU32 ink = colour_of(tone);
    const float stroke = std::max(2.0F, radius * 0.22F);
    const auto at = [&](float x, float y) { return ImVec2(centre_x + x * radius, centre_y + y * radius); };
    switch (tone) {
        case Tone::Good: {
            list_->AddCircleFilled(at(0, 0), radius, ink, 48);
            const std::array tick{at(-0.46F, 0.04F), at(-0.12F, 0.38F), at(0.48F, -0.34F)};
            list_->AddPolyline(tick.data(), static_cast<int>(tick.size()), colour::on_accent(), 0, stroke);
            break;
        }
        case Tone::Caution:
            list_->AddTriangleFilled(at(0, -1), at(1.08F, 0.86F), at(-1.08F, 0.86F), ink);
            list_->AddLine(at(0, -0.36F), at(0, 0.30F), colour::on_accent(), stroke);
            list_->AddCircleFilled(at(0, 0.58F), stroke * 0.62F, colour::on_accent(), 16);
            break;
        case Tone::Bad:
            list_->AddRectFilled(at(-0.94F, -0.94F), at(0.94F, 0.94F), ink, radius * 0.16F);
            list_->AddLine(at(-0.46F, -0.46F), at(0.46F, 0.46F), colour::on_accent(), stroke);
            list_->AddLine(at(0.46F, -0.46F), at(-0.46F, 0.46F), colour::on_accent(), stroke);
            break;
        case Tone::Unknown:
            list_->AddCircle(at(0, 0), radius * 0.9F, ink, 48, stroke * 0.7F);
            list_->AddLine(at(-0.4F, 0), at(0.4F, 0), ink, stroke * 0.7F);
            break;
    }
}

bool Pen::button(const char* id, const Area& area) const {
    ImGui::SetCursorScreenPos(top_left(area));
    const bool pressed = ImGui::InvisibleButton(id, {area.width, area.height});
    if (ImGui::IsItemFocused() && ImGui::GetIO().NavVisible) outline(area, colour::accent(), px(3), px(8));
    return pressed;
}

}  // namespace changji
