#include <algorithm>
#include <array>
#include <cmath>

#include "ui/language/language.hpp"
#include "ui/window/drawing/fields.hpp"
#include "ui/window/drawing/phrase.hpp"
#include "ui/window/setup/setup_pages.hpp"

namespace changji {
namespace {

struct MicrophoneRow {
    std::string source;  ///< as `--microphone` takes it
    std::string name;
    std::string about;
    Tone tone = Tone::Unknown;
};

std::vector<MicrophoneRow> rows_of(const DeviceList* devices) {
    std::vector<MicrophoneRow> rows{{"auto", tr("Automatic"), tr("The best microphone there is."), Tone::Unknown}};
    if (devices) {
        for (const MicrophoneDevice& each : devices->microphones) {
            const std::string about = !each.problem.empty() ? tr(each.problem)
                                      : each.is_monitor     ? tr("Records what this machine plays: no microphone.")
                                      : each.is_default     ? tr("The system's own choice.")
                                                            : each.source;
            rows.push_back({each.source, each.name, about, each.problem.empty() ? Tone::Unknown : Tone::Caution});
        }
    }
    rows.push_back(
        {"camera", tr("The camera's own sound"), tr("What a camera, file or the demo brings along."), Tone::Unknown});
    rows.push_back({"demo", tr("Demo speech"), tr("To practise without a microphone."), Tone::Unknown});
    rows.push_back({"none", tr("No sound"), tr("A take without sound is not accepted."), Tone::Unknown});
    return rows;
}

std::optional<Action> draw_microphones(const Pen& pen, const Area& area, const ViewState& view) {
    std::optional<Action> action;
    const Pen inner = begin_scroll(pen, "microphones", area);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    float used = 0.0F;
    for (const MicrophoneRow& each : rows_of(view.setup.devices.get())) {
        const Area row{at.x, at.y + used, area.width - pen.px(16), pen.px(94)};
        const bool chosen = is_wished(each.source, view.setup.wish.microphone);
        if (draw_list_row(inner, each.source.c_str(), row, chosen)) {
            action = SetupAction{ChangeSession{{}, {}, each.source}};
        }
        inner.mark(row.x + pen.px(42), row.y + pen.px(34), pen.px(16), chosen ? Tone::Good : each.tone);
        const Area words{row.x + pen.px(78), row.y + pen.px(10), row.width - pen.px(96), row.height - pen.px(16)};
        inner.label({words.x, words.y, words.width, pen.px(44)}, TextSize::Body, colour::text(), each.name);
        inner.label({words.x, words.y + pen.px(44), words.width, pen.px(30)}, TextSize::Caption, colour::muted(),
                    each.about);
        used += pen.px(104);
    }
    if (!view.setup.devices) {
        inner.label({at.x + pen.px(8), at.y + used, area.width, pen.px(44)}, TextSize::Body, colour::muted(),
                    tr("Looking for microphones…"));
    }
    end_scroll(area, used + pen.px(44));
    return action;
}

std::optional<Action> draw_shape(const Pen& pen, const Area& area, const SoundShape& shape) {
    struct Choice {
        ChannelRoute route;
        std::string words;
    };
    const std::array choices{Choice{ChannelRoute::Both, tr("Stereo as it comes")},
                             Choice{ChannelRoute::Left, tr("Left to both sides")},
                             Choice{ChannelRoute::Right, tr("Right to both sides")},
                             Choice{ChannelRoute::Mix, tr("Both mixed (two clip-on microphones)")}};
    SoundShape wanted = shape;
    const Area list = headed(pen, area, tr("Which channels are recorded"));
    float y = list.y;
    for (const Choice& each : choices) {
        const Area button{list.x, y, list.width, pen.px(56)};
        if (draw_button(pen, each.words.c_str(), button, each.words,
                        shape.route == each.route ? Emphasis::Chosen : Emphasis::Plain)) {
            wanted.route = each.route;
        }
        y += pen.px(64);
    }
    const Area gain = headed(pen, {area.x, y + pen.px(16), area.width, pen.px(100)}, tr("Gain"));
    int decibels = static_cast<int>(std::lround(shape.gain_db));
    const auto most = static_cast<int>(max_gain_db);
    if (draw_number(pen, "##gain", {gain.x, gain.y, gain.width, pen.px(46)}, decibels, -most, most,
                    phrase("{0} dB", (decibels > 0 ? "+" : "") + std::to_string(decibels)))) {
        wanted.gain_db = decibels;
    }
    const bool on = shape.limiter == Limiter::On;
    if (draw_button(pen, "limiter", {gain.x, gain.y + pen.px(64), gain.width, pen.px(56)},
                    on ? tr("Limiter on: peaks stay below −1 dBFS") : tr("Limiter off"),
                    on ? Emphasis::Chosen : Emphasis::Plain)) {
        wanted.limiter = on ? Limiter::Off : Limiter::On;
    }
    if (wanted == shape) return std::nullopt;
    return SetupAction{ShapeSound{wanted}};
}

}  // namespace

std::optional<Action> draw_microphone_page(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                           const ViewState& view) {
    const Halves parts = halves(pen, area, 0.52F);
    auto action = draw_microphones(pen, headed(pen, parts.left, tr("Choose the microphone")), view);
    const float bars = pen.px(110);
    const Area right{parts.right.x, parts.right.y, parts.right.width - bars - pen.px(28), parts.right.height};
    if (auto asked = draw_shape(pen, right, now.sound_shape)) action = asked;
    draw_levels(pen, {parts.right.right() - bars, parts.right.y, bars, parts.right.height}, now, view);
    pen.paragraph({right.x, right.y + pen.px(570), right.width, right.height - pen.px(570)}, TextSize::Caption,
                  TextSize::Caption, colour::muted(),
                  tr("Speak as loud as in the interview: the bars should move between 20 and 9, and never reach 0."));
    return action;
}

}  // namespace changji
