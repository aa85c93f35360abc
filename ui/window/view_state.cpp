#include "ui/window/view_state.hpp"

#include <algorithm>

#include "capture/framing.hpp"
#include "ui/window/setup_perform.hpp"

namespace changji {
namespace {

void keep_refusal(const Status& status, ViewState& view) {
    if (!status) view.messages.push_back(status.error().message);
}

constexpr double consent_window_s = 15.0;  // long enough to read why, short enough to mean this take

/// A take without sound begins only for someone who was told so and presses again.
void start_take(Session& session, ViewState& view) {
    const bool told = view.told_silent_s && view.now_s - *view.told_silent_s < consent_window_s;
    view.told_silent_s.reset();
    view.stop.cancel();
    view.messages.clear();
    if (view.overlay == Overlay::Setup) view.overlay = Overlay::None;  // whoever records has to see it
    const Status begun = session.start_take(told ? Consent::WithoutSound : Consent::NotGiven);
    if (!begun && begun.error().kind == ErrorKind::NeedsConsent) view.told_silent_s = view.now_s;
    keep_refusal(begun, view);
}

void press_record(Session& session, ViewState& view) {
    switch (session.snapshot().stage) {
        case Stage::Watching: start_take(session, view); break;
        case Stage::Recording:
            if (view.stop.press(view.now_s)) session.stop_take();
            break;
        case Stage::Finishing:
        case Stage::Lost: break;
    }
}

void cancel(Session& session, ViewState& view) {
    const bool seen = view.overlay == Overlay::None || view.overlay == Overlay::Guide;
    if (view.stop.armed(view.now_s)) {
        view.stop.cancel();
    } else if (seen && session.snapshot().trial) {
        perform_setup(DismissTrial{}, session, view);
    } else if (view.overlay == Overlay::Guide) {
        perform_setup(ToggleGuide{}, session, view);
    } else if (view.overlay == Overlay::Setup) {
        close_setup(view);
    } else if (view.overlay != Overlay::None) {
        view.overlay = Overlay::None;
    } else {
        view.messages.clear();
    }
}

void choose_preset(const std::string& id, Session& session, ViewState& view) {
    const auto chosen =
        std::find_if(view.presets.begin(), view.presets.end(), [&](const Preset& each) { return each.id == id; });
    if (chosen != view.presets.end()) keep_refusal(session.change_preset(*chosen), view);
}

/// In steps of a fiftieth of the picture; nothing happens where nothing is cropped.
void move_crop(const MoveCrop& move, Session& session) {
    const FramingFacts framing = session.snapshot().framing;
    if (!framing.cropped) return;
    CropRect crop = framing.crop;
    crop.x_px += move.right * std::max(2, framing.upright_width_px / 50);
    crop.y_px += move.down * std::max(2, framing.upright_height_px / 50);
    session.move_crop(fitted_crop(crop, framing.upright_width_px, framing.upright_height_px));
}

void zoom(int steps, Settings& settings) {
    settings.zoom_percent = steps == 0 ? 100 : std::clamp(settings.zoom_percent + steps * 25, 100, 250);
}

void toggle(ViewState& view, Overlay overlay) { view.overlay = view.overlay == overlay ? Overlay::None : overlay; }

}  // namespace

ScreenWish screen_wish(const ViewState& view) {
    const bool zoomed = view.overlay == Overlay::None;
    return {zoomed ? static_cast<float>(view.settings.zoom_percent) / 100.0F : 1.0F, view.settings.compact};
}

void perform(const Action& action, Session& session, ViewState& view) {
    if (std::holds_alternative<PressRecord>(action)) press_record(session, view);
    if (std::holds_alternative<ConfirmStop>(action)) press_record(session, view);
    if (std::holds_alternative<Cancel>(action)) cancel(session, view);
    if (std::holds_alternative<ToggleHelp>(action)) toggle(view, Overlay::Help);
    if (std::holds_alternative<ToggleSignOffs>(action)) toggle(view, Overlay::SignOffs);
    if (std::holds_alternative<StoreReference>(action)) keep_refusal(session.store_reference(), view);
    if (std::holds_alternative<FocusGuest>(action)) {
        view.overlay = Overlay::None;
        view.focus_guest = true;
    }
    if (std::holds_alternative<ToggleTheme>(action)) {
        view.settings.theme = view.settings.theme == "light" ? "dark" : "light";
    }
    if (std::holds_alternative<ToggleCompact>(action)) view.settings.compact = !view.settings.compact;
    if (const auto* asked = std::get_if<Zoom>(&action)) zoom(asked->steps, view.settings);
    if (const auto* asked = std::get_if<ToggleAid>(&action)) view.monitoring = toggled(view.monitoring, asked->aid);
    if (const auto* choice = std::get_if<ChoosePreset>(&action)) choose_preset(choice->id, session, view);
    if (const auto* change = std::get_if<ChangeSlate>(&action)) keep_refusal(session.change_slate(change->slate), view);
    if (const auto* change = std::get_if<AdjustDemo>(&action)) session.adjust_demo(change->settings);
    if (const auto* move = std::get_if<MoveCrop>(&action)) move_crop(*move, session);
    if (const auto* asked = std::get_if<SetupAction>(&action)) perform_setup(*asked, session, view);
}

std::optional<Action> action_for(std::string_view key, bool typing, const ViewState& view) {
    if (const auto special = setup_action_for(key, typing, view)) return *special;
    if (typing && belongs_to_text(key)) return std::nullopt;
    const Command* const command = view.keys.command_for(key);
    // Otherwise Enter is left to the button the keyboard has chosen.
    if (command && std::holds_alternative<ConfirmStop>(command->action) && !view.stop.armed(view.now_s)) return {};
    return command ? std::optional(command->action) : std::nullopt;
}

}  // namespace changji
