#include "ui/check/file_repair.hpp"

#include <cmath>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <optional>

#include "capture/framing.hpp"
#include "capture/recorder.hpp"
#include "capture/remux.hpp"
#include "capture/source.hpp"
#include "capture/takes.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

/// The demanded rate nearest to the file's own.
Rational rate_for(const Rational& own, const FileDemand& demand) {
    Rational best{25, 1};
    double nearest = 1e9;
    for (const std::string& text : demand.frame_rates) {
        Rational rate{0, 1};
        if (std::sscanf(text.c_str(), "%d/%d", &rate.num, &rate.den) != 2 || !rate.is_positive()) continue;
        const double distance = std::abs(std::log((static_cast<double>(rate.num) / rate.den) /
                                                  (own.is_positive() ? static_cast<double>(own.num) / own.den : 25.0)));
        if (distance >= nearest) continue;
        nearest = distance;
        best = rate;
    }
    return best;
}

/// Plays a file through framing into a recorder, which holds it back; waits for its end.
class Transcoding {
public:
    Transcoding(Sources sources, Recorder& recorder) : sources_(std::move(sources)), recorder_(recorder) {}
    ~Transcoding() {
        sources_.video->stop();
        if (sources_.audio) sources_.audio->stop();
    }
    Transcoding(const Transcoding&) = delete;
    Transcoding& operator=(const Transcoding&) = delete;

    Status run() {
        playing_ = sources_.audio ? 2 : 1;
        const auto end = [this](Error why) { end_track(std::move(why)); };
        if (sources_.audio) {
            const auto hear = [this](const SoundBlock& block) { recorder_.write(block); };
            if (Status started = sources_.audio->start(hear, end); !started) return started;
        }
        const auto see = [this](const VideoFrame& frame) {
            if (auto framed = framing_.frame(frame)) recorder_.write(*framed);
        };
        if (Status started = sources_.video->start(see, end); !started) return started;
        std::unique_lock lock(mutex_);
        ended_.wait(lock, [this] { return playing_ == 0; });
        return failure_ ? Status(*failure_) : Status();
    }

private:
    void end_track(Error why) {
        std::lock_guard lock(mutex_);
        if (why.kind != ErrorKind::EndOfStream && !failure_) failure_ = std::move(why);
        --playing_;
        ended_.notify_all();
    }

    Sources sources_;
    Recorder& recorder_;
    Framing framing_;
    std::mutex mutex_;
    std::condition_variable ended_;
    int playing_ = 0;
    std::optional<Error> failure_;
};

Status encode_again(const fs::path& from, const TakeFiles& files, const MediaFacts& facts, const FileDemand& demand) {
    SourceSpec with_it;
    with_it.kind = facts.audio ? SourceKind::WithCamera : SourceKind::None;
    auto sources = open_sources(file_spec(from), with_it);
    if (!sources) return sources.error();
    RecorderSettings settings;
    settings.part_file = files.part;
    settings.rate = rate_for(facts.video->frame_rate, demand);
    settings.encoder = {"libx264", "medium"};  // nobody waits: better pictures for the bits
    settings.sound = sources->audio ? SoundTrack::Stereo : SoundTrack::None;
    settings.when_full = WhenFull::Wait;
    auto recorder = open_recorder(settings);
    if (!recorder) return recorder.error();
    Status played = Transcoding(*std::move(sources), **recorder).run();
    Status closed = (*recorder)->finish();
    if (!played) return played;
    if (!closed) return closed;
    recorder->reset();
    const auto finished = finish_take(files);
    return finished ? Status() : Status(finished.error());
}

}  // namespace

bool is_repairable(const RepairPlan& plan, MayEncode may_encode) {
    return plan.has(RepairBy::Copying) || (may_encode == MayEncode::Yes && plan.has(RepairBy::Encoding));
}

Status repair_file(const fs::path& from, const fs::path& to, const MediaFacts& facts, const RepairPlan& plan,
                   MayEncode may_encode, const FileDemand& demand) {
    std::error_code failure;
    if (fs::exists(fs::symlink_status(to, failure))) {
        return Error{ErrorKind::Io,
                     say("{0} is already there, and nothing is ever replaced: choose another folder.", to.string())};
    }
    if (may_encode == MayEncode::No || !plan.has(RepairBy::Encoding)) {
        RemuxOptions options;
        options.tag_bt709 = plan.tags_bt709;
        const bool rounded_times = !facts.container.starts_with("mov");
        if (rounded_times && facts.video->constant_frame_rate) options.constant_rate = facts.video->frame_rate;
        return remux_to_mp4(from, to, options);
    }
    TakeFiles files;
    files.video = to;
    files.part = fs::path(to).replace_extension(".part.mp4");
    if (fs::exists(fs::symlink_status(files.part, failure))) {
        return Error{ErrorKind::Io, say("{0} is already there, and nothing is ever replaced: choose another folder.",
                                        files.part.string())};
    }
    Status encoded = encode_again(from, files, facts, demand);
    if (!encoded) fs::remove(files.part, failure);  // ours alone: half a copy of a file that is still there
    return encoded;
}

}  // namespace changji
