#include "ui/session/session_keeper.hpp"

#include <sstream>

#include "ui/places.hpp"
#include "ui/session/rescue.hpp"

namespace changji {
namespace fs = std::filesystem;
namespace {

Result<Preset> preset_of(const Project& project) {
    const bool is_file = project.preset.ends_with(".toml") || project.preset.find('/') != std::string::npos;
    PresetOutcome outcome =
        load_preset(is_file ? fs::path(project.preset) : preset_folder() / (project.preset + ".toml"));
    if (auto* preset = std::get_if<Preset>(&outcome)) return std::move(*preset);
    return Error{ErrorKind::InvalidConfig,
                 say("The preset \"{0}\" of the project {1} can't be used: `changji preset validate` shows why.",
                     project.preset, project.folder.string())};
}

}  // namespace

SessionKeeper::SessionKeeper(std::unique_ptr<Session> session, SessionWish wish, fs::path person_model, Open open)
    : open_(std::move(open)),
      person_model_(std::move(person_model)),
      session_(std::move(session)),
      wish_(std::move(wish)),
      first_shape_(session_->snapshot().sound_shape) {}

Result<SessionOptions> SessionKeeper::options_for(const SessionWish& wish) const {
    SessionOptions options;
    auto project = load_project(wish.project);
    if (!project) return project.error();
    auto camera = parse_camera_spec(wish.camera);
    if (!camera) return camera.error();
    auto microphone = parse_microphone_spec(wish.microphone);
    if (!microphone) return microphone.error();
    options.project = *std::move(project);
    options.camera = *std::move(camera);
    options.microphone = *std::move(microphone);
    options.person_model = person_model_;
    const SessionSnapshot now = session_->snapshot();
    if (wish.project == wish_.project) {
        options.preset = session_->preset();
        options.project.preset = options.preset.id;
        options.project.slate = now.slate;
    } else {
        auto preset = preset_of(options.project);
        if (!preset) return preset.error();
        options.preset = *std::move(preset);
    }
    if (wish.camera == wish_.camera && now.framing.cropped) options.crop = now.framing.crop;
    if (wish.microphone == wish_.microphone) options.microphone.sound = now.sound_shape;
    return options;
}

Status SessionKeeper::change(const SessionWish& wish) {
    const Stage stage = session_->snapshot().stage;
    if (stage == Stage::Recording || stage == Stage::Finishing) {
        return Error{ErrorKind::DeviceBusy,
                     say("Project, camera and microphone stay while a take is recorded or finished: stop it first.")};
    }
    auto wanted = options_for(wish);
    if (!wanted) return wanted.error();
    auto before = options_for(wish_);
    // With the project's file broken meanwhile there is no way back, so there is none forward either.
    if (!before) return before.error();
    if (wish.project != wish_.project) {
        for (const RescuedTake& rescued : rescue_takes(wanted->project, wanted->preset)) {
            notices_.push_back(rescued.message);
        }
    }
    session_.reset();
    auto opened = open_(*std::move(wanted));
    if (opened) {
        keep(*std::move(opened), wish);
        chosen_ = true;
        remember();
        return {};
    }
    SessionOptions best = *before;
    best.camera = best.microphone = SourceSpec{};
    best.crop.reset();
    if (auto again = open_(*std::move(before))) {
        keep(*std::move(again), wish_);
    } else if (auto any = open_(std::move(best))) {
        keep(*std::move(any), {wish_.project, "auto", "auto"});
    }
    return opened.error();
}

void SessionKeeper::keep(std::unique_ptr<Session> session, const SessionWish& wish) {
    session_ = std::move(session);
    wish_ = wish;
    if (const Message note = session_->snapshot().note; !note.empty()) notices_.push_back(note);
}

void SessionKeeper::remember() const {
    remember_start(
        {wish_.project, wish_.camera, shaped_microphone(wish_.microphone, session_->snapshot().sound_shape)});
}

std::string shaped_microphone(const std::string& source, const SoundShape& shape) {
    std::string plain = source.substr(0, source.rfind('?'));
    if (plain != "auto" && !plain.starts_with("pulse:") && !plain.starts_with("alsa:")) return source;
    if (shape == SoundShape{}) return plain;
    const char* route = "both";
    switch (shape.route) {
        case ChannelRoute::Both: break;
        case ChannelRoute::Left: route = "left"; break;
        case ChannelRoute::Right: route = "right"; break;
        case ChannelRoute::Mix: route = "mix"; break;
    }
    std::ostringstream text;
    text << plain << "?channels=" << route << "&gain=" << shape.gain_db
         << "&limiter=" << (shape.limiter == Limiter::On ? "on" : "off");
    return text.str();
}

}  // namespace changji
