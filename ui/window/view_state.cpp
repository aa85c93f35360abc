#include "ui/window/view_state.hpp"

#include <algorithm>
#include <utility>

#include "capture/framing.hpp"
#include "ui/window/prompter/prompter_perform.hpp"
#include "ui/window/review/review_perform.hpp"
#include "ui/window/setup/setup_perform.hpp"
#include "ui/window/take_flow.hpp"

namespace changji {
namespace {

void cancel(Session& session, ViewState& view) {
    const bool seen = view.overlay == Overlay::None || view.overlay == Overlay::Guide;
    if (std::exchange(view.record_due, false)) return;
    if (view.countdown.running()) {
        view.countdown.cancel();
    } else if (view.stop.armed(view.now_s)) {
        view.stop.cancel();
    } else if (seen && session.snapshot().trial) {
        perform_setup(DismissTrial{}, session, view);
    } else if (view.overlay == Overlay::Guide) {
        perform_setup(ToggleGuide{}, session, view);
    } else if (view.overlay == Overlay::Setup) {
        close_setup(view);
    } else if (view.overlay != Overlay::None) {
        view.overlay = Overlay::None;
    } else if (view.review.open) {
        cancel_review(view);
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

[[nodiscard]] bool load_reference(const Session& session, ViewState& view) {
    auto picture = session.reference_picture();
    if (picture) {
        view.reference = *std::move(picture);
        ++view.references_loaded;
        return true;
    }
    if (picture.error().kind != ErrorKind::InvalidConfig) {
        view.messages.push_back(picture.error().message);
        return false;
    }
    view.messages.push_back(
        say("There is no reference picture yet: when picture and sound are as they should be, press {0} to store them.",
            view.keys.words_for("store-reference")));
    return false;
}

void toggle_aid(Aid aid, const Session& session, ViewState& view) {
    const Monitoring next = toggled(view.monitoring, aid);
    if (aid == Aid::Compare && next.comparison == Comparison::Split && !load_reference(session, view)) return;
    view.monitoring = next;
}

void store_reference(Session& session, ViewState& view) {
    const Status stored = session.store_reference();
    keep_refusal(stored, view);
    if (stored && view.monitoring.comparison != Comparison::None && !load_reference(session, view)) {
        view.monitoring.comparison = Comparison::None;
    }
}

void zoom(int steps, Settings& settings) {
    settings.zoom_percent = steps == 0 ? 100 : std::clamp(settings.zoom_percent + steps * 25, 100, 250);
}

void toggle(ViewState& view, Overlay overlay) { view.overlay = view.overlay == overlay ? Overlay::None : overlay; }

}  // namespace

void observe(const SessionSnapshot& now, ViewState& view) {
    view.prompter.place.follow(now.prompter.character, now.prompter.running, view.now_s);
    for (std::size_t channel = 0; channel < view.peaks.size(); ++channel) {
        view.peaks[channel].note(now.levels[channel].peak_dbfs, view.now_s);
    }
}

ScreenWish screen_wish(const ViewState& view) {
    const bool zoomed = view.overlay == Overlay::None && !view.review.open;
    return {zoomed ? static_cast<float>(view.settings.zoom_percent) / 100.0F : 1.0F, view.settings.compact};
}

void perform(const Action& action, Session& session, ViewState& view) {
    const bool wrote = view.overlay == Overlay::Prompter;
    if (std::holds_alternative<Cancel>(action)) cancel(session, view);
    if (std::holds_alternative<ToggleHelp>(action)) toggle(view, Overlay::Help);
    if (std::holds_alternative<ToggleSignOffs>(action)) toggle(view, Overlay::SignOffs);
    if (std::holds_alternative<StoreReference>(action)) store_reference(session, view);
    if (std::holds_alternative<ToggleTools>(action)) toggle(view, Overlay::Tools);
    if (const auto* asked = std::get_if<TabletAction>(&action)) {
        if (std::holds_alternative<ToggleTablet>(*asked)) toggle(view, Overlay::Tablet);
    }
    if (std::holds_alternative<FocusGuest>(action)) {
        view.overlay = Overlay::None;
        view.outline = false;
        view.focus_guest = true;
    }
    if (std::holds_alternative<ToggleTheme>(action)) {
        view.settings.theme = view.settings.theme == "light" ? "dark" : "light";
    }
    if (std::holds_alternative<ToggleCompact>(action)) view.settings.compact = !view.settings.compact;
    if (const auto* asked = std::get_if<Zoom>(&action)) zoom(asked->steps, view.settings);
    if (const auto* asked = std::get_if<ToggleAid>(&action)) toggle_aid(asked->aid, session, view);
    if (const auto* choice = std::get_if<ChoosePreset>(&action)) choose_preset(choice->id, session, view);
    if (const auto* change = std::get_if<ChangeSlate>(&action)) keep_refusal(session.change_slate(change->slate), view);
    perform_of_take(action, session, view);
    if (const auto* change = std::get_if<AdjustDemo>(&action)) session.adjust_demo(change->settings);
    if (const auto* move = std::get_if<MoveCrop>(&action)) move_crop(*move, session);
    if (const auto* asked = std::get_if<SetupAction>(&action)) perform_setup(*asked, session, view);
    if (const auto* asked = std::get_if<ReviewAction>(&action)) perform_review(*asked, session, view);
    if (const auto* asked = std::get_if<PrompterAction>(&action)) perform_prompter(*asked, session, view);
    if (wrote && view.overlay != Overlay::Prompter) use_script(session, view);  // whatever closed it: nothing is lost
}

std::optional<Action> action_for(std::string_view key, bool typing, const ViewState& view) {
    if (const auto special = setup_action_for(key, typing, view)) return *special;
    if (const auto special = review_action_for(key, typing, view)) return *special;
    if (const auto special = prompter_action_for(key, view)) return *special;
    if (typing && belongs_to_text(key)) return std::nullopt;
    const Command* command = view.keys.command_for(key);
    constexpr std::string_view keypad = "Keypad ";
    if (!command && key.starts_with(keypad)) command = view.keys.command_for(key.substr(keypad.size()));
    // Otherwise Enter is left to the button the keyboard has chosen.
    if (command && std::holds_alternative<ConfirmStop>(command->action) && !view.stop.armed(view.now_s)) return {};
    return command ? std::optional(command->action) : std::nullopt;
}

}  // namespace changji
