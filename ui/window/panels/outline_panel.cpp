#include <algorithm>
#include <array>
#include <string>

#include "ui/language/language.hpp"
#include "ui/window/panels/panels.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

constexpr int columns = 3;

void draw_check(const Pen& pen, float x, float y, float reach, ImU32 ink) {
    const std::array tick{ImVec2(x - reach, y), ImVec2(x - reach * 0.3F, y + reach * 0.7F),
                          ImVec2(x + reach, y - reach * 0.8F)};
    pen.list().AddPolyline(tick.data(), static_cast<int>(tick.size()), ink, 0, std::max(2.0F, pen.px(4)));
}

/// A diamond and the word, until it is ticked.
void draw_required(const Pen& pen, const Area& area) {
    const float reach = pen.px(7);
    const ImVec2 middle(area.x + reach, area.y + area.height / 2);
    pen.list().AddQuadFilled({middle.x, middle.y - reach}, {middle.x + reach, middle.y}, {middle.x, middle.y + reach},
                             {middle.x - reach, middle.y}, colour::amber());
    pen.label({area.x + 2 * reach + pen.px(6), area.y, area.width - 2 * reach - pen.px(6), area.height},
              TextSize::Caption, colour::amber(), tr("Required"));
}

bool draw_topic(const Pen& pen, const Area& cell, const Topic& topic, const Mark* ticked) {
    const std::string number = std::to_string(topic.number);
    const bool pressed = pen.button(("topic-" + number).c_str(), cell);
    if (ImGui::IsItemHovered() && topic.title != topic.text) {
        pen.fonts().need(TextSize::Body, topic.text);
        ImGui::SetTooltip("%s", topic.text.c_str());
    }
    pen.fill(cell, ImGui::IsItemHovered() ? colour::line() : colour::raised(), pen.px(8));
    if (ImGui::IsItemFocused() && ImGui::GetIO().NavVisible) pen.outline(cell, colour::accent(), pen.px(3), pen.px(8));
    const float side = std::min(cell.height - pen.px(12), pen.px(44));
    const Area cap{cell.x + pen.px(8), cell.y + (cell.height - side) / 2, side, side};
    pen.fill(cap, ticked ? colour::accent() : colour::background(), pen.px(8));
    pen.label(cap, TextSize::Body, ticked ? colour::on_accent() : colour::text(), number, Align::Centre);

    const float state_width = ticked ? pen.width(TextSize::Body, clock_text(ticked->at_s)) + pen.px(36)
                                     : pen.width(TextSize::Caption, tr("Required")) + pen.px(30);
    const Area state{cell.right() - state_width, cell.y, state_width - pen.px(8), cell.height};
    if (ticked) {
        draw_check(pen, state.x + pen.px(10), cell.y + cell.height / 2, pen.px(9), colour::accent());
        pen.label({state.x + pen.px(26), state.y, state.width - pen.px(26), state.height}, TextSize::Body,
                  colour::accent(), clock_text(ticked->at_s));
    } else if (topic.required) {
        draw_required(pen, state);
    }
    const float left = cap.right() + pen.px(10);
    const float width = (ticked || topic.required ? state.x - pen.px(4) : cell.right() - pen.px(8)) - left;
    // Two lines of the larger size have to fit, so they lie closer than elsewhere.
    const auto face_of = [&](TextSize size) { return TextFace{pen.face(size).measure, pen.height(size) * 1.06F}; };
    const std::array faces{face_of(TextSize::Body), face_of(TextSize::Caption)};
    const FittedParagraph set = fit_paragraph(topic.title, width, cell.height - pen.px(2), faces);
    const TextSize size = set.face == 0 ? TextSize::Body : TextSize::Caption;
    const float step = faces[set.face].line_height;
    float y = cell.y + (cell.height - step * static_cast<float>(set.lines.size() - 1) - pen.height(size)) / 2;
    for (const std::string& line : set.lines) {
        pen.text(left, y, size, colour::text(), line);
        y += step;
    }
    return pressed;
}

}  // namespace

std::optional<Action> draw_outline(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                   const TopicList& topics) {
    pen.card(area);
    const Area inside = area.inset(pen.px(8), pen.px(8));
    const float gap = pen.px(6);
    const auto count = static_cast<int>(topics.topics.size());
    const int rows = std::clamp((count + columns - 1) / columns, 1, 3);
    const float height = (inside.height - gap * static_cast<float>(rows - 1)) / static_cast<float>(rows);
    std::optional<Action> action;
    ImGui::SetCursorScreenPos({inside.x, inside.y});
    ImGui::BeginChild("topics", {inside.width, inside.height});
    const Pen inner(pen.fonts(), pen.scale());
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float width = (ImGui::GetContentRegionAvail().x - gap * (columns - 1)) / columns;
    for (int index = 0; index < count; ++index) {
        const Topic& topic = topics.topics[static_cast<std::size_t>(index)];
        const int row = index / columns, column = index % columns;
        const Area cell{origin.x + static_cast<float>(column) * (width + gap),
                        origin.y + static_cast<float>(row) * (height + gap), width, height};
        if (draw_topic(inner, cell, topic, find_topic(now.marks, topic.number))) action = TickTopic{topic.number};
    }
    ImGui::EndChild();
    return action;
}

}  // namespace changji
