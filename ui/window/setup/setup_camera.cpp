#include <algorithm>
#include <cmath>

#include "ui/language/language.hpp"
#include "ui/window/drawing/fields.hpp"
#include "ui/window/drawing/phrase.hpp"
#include "ui/window/setup/setup_pages.hpp"

namespace changji {
namespace {

struct CameraRow {
    std::string source;  ///< as `--camera` takes it
    std::string name;
    std::string about;
    std::string formats;
    bool usable = true;
};

std::string formats_text(const CameraDevice& camera) {
    std::string text;
    for (const CameraMode& mode : camera.modes) {
        if (!text.empty()) text += "    ";
        text += mode_text(mode) + " " + rate_text(best_rate(mode));
    }
    return text;
}

/// By name, so that it is found again at another port; by path where two have one name.
std::string source_of(const CameraDevice& camera, const DeviceList& devices) {
    const auto same =
        std::ranges::count_if(devices.cameras, [&](const CameraDevice& each) { return each.name == camera.name; });
    const bool speaks_for_itself = same == 1 && camera.name.find('?') == std::string::npos && !camera.name.empty();
    return speaks_for_itself ? "v4l2:" + camera.name : camera.path;
}

std::vector<CameraRow> rows_of(const DeviceList* devices, const SessionSnapshot& now) {
    std::vector<CameraRow> rows{
        {"auto", tr("Automatic"), tr("The best camera there is; without one the demo picture."), {}, true}};
    if (devices) {
        for (const CameraDevice& camera : devices->cameras) {
            // The one that runs is busy, with us.
            const bool runs = !now.demo && !now.loss && camera.name == now.camera.name;
            const bool usable = camera.problem.empty() || runs;
            const Message why = usable ? why_best(camera) : camera.problem;
            const std::string about = why.empty() ? std::string() : tr(why);
            rows.push_back({source_of(camera, *devices), fill_fields("{0}  {1}", {camera.name, camera.path}),
                            runs ? fill_fields("{0}  {1}", {tr("Runs now."), about}) : about, formats_text(camera),
                            usable});
        }
    }
    rows.push_back({"demo", tr("Demo picture"), tr("The built-in scene, to practise without a camera."), {}, true});
    return rows;
}

bool is_chosen_camera(const std::string& source, const std::string& wish) {
    return is_wished(source, wish) || (source == "demo" && wish.starts_with("demo:"));
}

std::optional<Action> draw_cameras(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                   const ViewState& view) {
    std::optional<Action> action;
    const Pen inner = begin_scroll(pen, "cameras", area);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    float used = 0.0F;
    for (const CameraRow& camera : rows_of(view.setup.devices.get(), now)) {
        const float height = pen.px(camera.formats.empty() ? 98 : 156);
        const Area row{at.x, at.y + used, area.width - pen.px(16), height};
        const bool chosen = is_chosen_camera(camera.source, view.setup.wish.camera);
        const bool pressed = draw_list_row(inner, camera.source.c_str(), row, chosen);
        if (pressed && camera.usable) action = SetupAction{ChangeSession{{}, camera.source, {}}};
        inner.mark(row.x + pen.px(42), row.y + pen.px(34), pen.px(16),
                   chosen          ? Tone::Good
                   : camera.usable ? Tone::Unknown
                                   : Tone::Bad);
        const Area words{row.x + pen.px(78), row.y + pen.px(10), row.width - pen.px(96), row.height - pen.px(16)};
        inner.label({words.x, words.y, words.width, pen.px(44)}, TextSize::Body, colour::text(), camera.name);
        const float about = inner.paragraph({words.x, words.y + pen.px(46), words.width, pen.px(56)}, TextSize::Caption,
                                            TextSize::Caption, colour::muted(), camera.about);
        if (!camera.formats.empty()) {
            inner.label({words.x, words.y + pen.px(50) + about, words.width, pen.px(28)}, TextSize::Caption,
                        colour::accent(), camera.formats);
        }
        used += height + pen.px(10);
    }
    if (!view.setup.devices) {
        inner.label({at.x + pen.px(8), at.y + used, area.width, pen.px(44)}, TextSize::Body, colour::muted(),
                    tr("Looking for cameras…"));
    }
    end_scroll(area, used + pen.px(44));
    return action;
}

const char* name_of(ControlId id) {
    switch (id) {
        case ControlId::Exposure: return tr("Exposure");
        case ControlId::Gain: return tr("Gain");
        case ControlId::WhiteBalance: return tr("White balance");
        case ControlId::Focus: return tr("Focus distance");
        case ControlId::PowerLine: return tr("Against flicker");
        case ControlId::Unspecified: break;
    }
    return "";
}

std::string value_of(const ControlState& state) {
    switch (state.id) {
        case ControlId::Exposure: {
            const long tenths = state.value;  // of a millisecond
            return phrase("{0} ms", std::to_string(tenths / 10) + "." + std::to_string(tenths % 10));
        }
        case ControlId::WhiteBalance: return phrase("{0} K", std::to_string(state.value));
        default: return std::to_string(state.value);
    }
}

int in_steps(int value, const ControlState& state) {
    if (state.step <= 1) return value;
    const int steps = static_cast<int>(std::lround(static_cast<double>(value - state.min) / state.step));
    return std::clamp(state.min + steps * state.step, state.min, state.max);
}

std::optional<Action> draw_power_line(const Pen& pen, const Area& row, const ControlState& state) {
    std::optional<Action> action;
    const float wide = pen.px(120);
    float x = row.right() - 3 * wide;
    for (const int hz : {0, 50, 60}) {
        const Area place{x, row.y, wide - pen.px(8), row.height};
        x += wide;
        if (hz < state.min || hz > state.max) continue;
        const std::string words = hz == 0 ? tr("Off") : phrase("{0} Hz", std::to_string(hz));
        const bool chosen = !state.automatic && state.value == hz;
        if (draw_button(pen, words.c_str(), place, words, chosen ? Emphasis::Chosen : Emphasis::Plain)) {
            action = SetupAction{SetControl{{state.id, hz}}};
        }
    }
    return action;
}

std::optional<Action> draw_control(const Pen& pen, const Area& area, const ControlState& state) {
    std::optional<Action> action;
    ImGui::PushID(static_cast<int>(state.id));
    const Area head{area.x, area.y, area.width, pen.px(46)};
    pen.label(head, TextSize::Body, colour::text(), name_of(state.id));
    if (state.id == ControlId::PowerLine) {
        action = draw_power_line(pen, head, state);
    } else {
        const float wide = pen.px(190);
        if (state.can_be_automatic) {
            const Area automatic{head.right() - 2 * wide, head.y, wide - pen.px(10), head.height};
            const Area held{head.right() - wide, head.y, wide, head.height};
            if (draw_button(pen, "auto", automatic, tr("Automatic"),
                            state.automatic ? Emphasis::Chosen : Emphasis::Plain)) {
                action = SetupAction{SetControl{{state.id, std::nullopt}}};
            }
            if (draw_button(pen, "hold", held, tr("Hold as it is"),
                            state.automatic ? Emphasis::Plain : Emphasis::Chosen)) {
                action = SetupAction{SetControl{{state.id, state.value}}};
            }
        }
        if (state.min < state.max) {
            int value = state.value;
            if (draw_number(pen, "##value", {area.x, area.y + pen.px(54), area.width, pen.px(40)}, value, state.min,
                            state.max, value_of(state))) {
                action = SetupAction{SetControl{{state.id, in_steps(value, state)}}};
            }
        }
    }
    ImGui::PopID();
    return action;
}

}  // namespace

std::optional<Action> draw_camera_page(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                       const PreviewImage& image, const ViewState& view) {
    const Halves parts = halves(pen, area, 0.54F);
    const float high = pen.px(300);
    const Area list = headed(pen, {parts.left.x, parts.left.y, parts.left.width, parts.left.height - high - pen.px(16)},
                             tr("Choose the camera"));
    auto action = draw_cameras(pen, list, now, view);
    const Area picture{parts.left.x, parts.left.bottom() - high, high * 16 / 9, high};
    pen.fill(picture, colour::black, pen.px(8));
    if (image.texture) {
        pen.list().AddImage(image.texture, {picture.x, picture.y}, {picture.right(), picture.bottom()});
    }

    Area right = headed(pen, parts.right, tr("What it delivers now"));
    pen.label({right.x, right.y - pen.px(8), right.width, pen.px(44)}, TextSize::Body, colour::text(),
              camera_text(now.camera));
    const std::string kept = now.framing.enlarged  ? tr("Too small: it is made larger, and the take fails.")
                             : now.framing.cropped ? tr("Another shape: it is cut to 16:9.")
                                                   : tr("Recorded as 1920×1080, 16:9.");
    pen.label({right.x, right.y + pen.px(36), right.width, pen.px(30)}, TextSize::Caption,
              now.framing.enlarged ? colour::red() : colour::muted(), kept);
    right.y += pen.px(96);
    const Area controls = headed(pen, {right.x, right.y, right.width, parts.right.bottom() - right.y}, tr("Picture"));
    float y = controls.y;
    for (const ControlState& state : now.controls) {
        if (auto asked = draw_control(pen, {controls.x, y, controls.width, pen.px(96)}, state)) action = asked;
        y += pen.px(state.id == ControlId::PowerLine || state.min >= state.max ? 64 : 108);
    }
    if (now.controls.empty()) {
        pen.paragraph({controls.x, controls.y, controls.width, pen.px(110)}, TextSize::Body, TextSize::Caption,
                      colour::text(),
                      now.demo ? tr("The demo's light, clutter and noise are set under the picture.")
                               : tr("This camera has no controls that can be set from here. Look for a menu or a "
                                    "wheel on the camera itself."));
    } else {
        pen.paragraph({controls.x, y, controls.width, controls.bottom() - y}, TextSize::Caption, TextSize::Caption,
                      colour::muted(),
                      tr("What is automatic is held by itself while a take is recorded, so that light and focus don't "
                         "wander."));
    }
    return action;
}

}  // namespace changji
