#include <charconv>
#include <cmath>
#include <cstdio>
#include <memory>
#include <mutex>
#include <thread>

#include "analysis/sync/sync_meter.hpp"
#include "capture/source.hpp"
#include "capture/types/queue.hpp"
#include "ui/cli/command.hpp"
#include "ui/cli/stop_request.hpp"
#include "ui/cli/values.hpp"
#include "ui/project/sync_offsets.hpp"

namespace changji {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

struct SyncRequest {
    std::string camera = "auto", microphone = "auto", duration = "20", set_ms;
    bool forget = false, list = false, dry_run = false;
};

/// The two devices, and whether an offset between them can be kept.
struct DevicePair {
    Sources sources;
    std::string camera;
    std::string microphone;
    bool storable = false;  ///< picture and sound of one file, stream or scene have none between them
};

Result<DevicePair> open_pair(const SyncRequest& request) {
    const auto camera = parse_camera_spec(request.camera);
    if (!camera) return camera.error();
    const auto microphone = parse_microphone_spec(request.microphone);
    if (!microphone) return microphone.error();
    auto sources = open_sources(*camera, *microphone);
    if (!sources) return sources.error();
    if (!sources->audio) {
        return Error{ErrorKind::DeviceNotFound,
                     say("A sync check needs a microphone: connect one, or name it with --microphone.")};
    }
    DevicePair pair;
    pair.camera = sources->video->granted().name;
    pair.microphone = sources->audio->granted().name;
    const bool media = camera->kind == SourceKind::Media || camera->kind == SourceKind::Lavfi;
    const bool together = microphone->kind == SourceKind::WithCamera || pair.camera == pair.microphone ||
                          (media && microphone->kind == SourceKind::Auto);
    pair.storable = !sources->video->granted().demo && !together;
    pair.sources = *std::move(sources);
    return pair;
}

Error not_storable() {
    return {ErrorKind::InvalidConfig,
            say("The picture and the sound of one source belong together already: an offset can be stored only for a "
                "camera and a separate microphone.")};
}

/// Feeds a SyncMeter from running sources. They never wait: what the meter doesn't take in time is lost.
class Listening {
public:
    explicit Listening(Sources& sources) : sources_(sources) {}
    ~Listening() { stop(); }
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;

    Status start() {
        const auto lost = [this](Error error) {
            std::lock_guard guard(mutex_);
            if (!loss_) loss_ = std::move(error);
        };
        if (auto started = sources_.audio->start([this](SoundBlock block) { sound_.push(std::move(block)); }, lost);
            !started)
            return started;
        return sources_.video->start([this](VideoFrame frame) { pictures_.push(std::move(frame)); }, lost);
    }
    void stop() {
        sources_.video->stop();
        sources_.audio->stop();
    }
    void pass_on(SyncMeter& meter) {
        while (auto frame = pictures_.try_pop()) meter.see(*frame);
        while (auto block = sound_.try_pop()) meter.hear(*block);
    }
    [[nodiscard]] std::optional<Error> loss() const {
        std::lock_guard guard(mutex_);
        return loss_;
    }

private:
    Sources& sources_;
    BoundedQueue<VideoFrame> pictures_{12, WhenFull::DropOldest};
    BoundedQueue<SoundBlock> sound_{400, WhenFull::DropOldest};
    mutable std::mutex mutex_;
    std::optional<Error> loss_;
};

std::string offset_text(double offset_ms) {
    const std::string amount = std::to_string(std::lround(std::abs(offset_ms)));
    if (std::lround(offset_ms) == 0) return tr("sound and picture together");
    return fill_fields(offset_ms > 0 ? tr("sound {0} ms late") : tr("sound {0} ms early"), {amount});
}

void tell_what_to_do(const DevicePair& pair, double seconds) {
    print_notice(fill_fields(tr("Camera: {0}. Microphone: {1}."), {pair.camera, pair.microphone}));
    print_notice(tr("1. Sit or stand where the guest will sit, both hands in the picture."));
    print_notice(tr("2. Clap 5 times, about a second apart: fast and loud, then leave the hands closed for a moment."));
    print_notice(tr("3. Keep everything else still and quiet meanwhile."));
    print_notice(
        fill_fields(tr("Listening for {0} s, or until 5 claps agree."), {std::to_string(std::lround(seconds))}));
}

/// A line whenever something new was heard or seen.
void show_progress(const SyncReading& now, SyncReading& told) {
    if (now.heard == told.heard && now.seen == told.seen && now.claps.size() == told.claps.size()) return;
    std::string latest;
    if (!now.claps.empty() && now.claps.size() > told.claps.size()) latest = offset_text(now.claps.back().offset_ms());
    const std::vector<std::string> counts{std::to_string(now.heard), std::to_string(now.seen),
                                          std::to_string(now.claps.size()), latest};
    print_notice(fill_fields(
        latest.empty() ? tr("Heard {0}, seen {1}, together {2}") : tr("Heard {0}, seen {1}, together {2}: {3}"),
        counts));
    told = now;
}

struct Measured {
    SyncReading reading;
    std::optional<Error> loss;
};

Result<Measured> measure(DevicePair& pair, Nanoseconds duration) {
    constexpr std::size_t enough_claps = 5;
    constexpr auto look_interval = 200ms, settling = 1200ms;
    SyncMeter meter;
    Listening listening(pair.sources);
    if (auto started = listening.start(); !started) return started.error();
    const auto begun = std::chrono::steady_clock::now();
    auto look_at = begun, enough_since = begun;
    SyncReading told, now;
    std::optional<Error> loss;
    while (!stop_asked() && !loss && std::chrono::steady_clock::now() - begun < duration) {
        std::this_thread::sleep_for(10ms);
        loss = listening.loss();
        listening.pass_on(meter);
        if (std::chrono::steady_clock::now() < look_at) continue;
        look_at = std::chrono::steady_clock::now() + look_interval;
        now = meter.read();
        show_progress(now, told);
        const bool enough = now.offset_ms && now.claps.size() >= enough_claps;
        if (!enough) enough_since = look_at;
        if (enough && look_at - enough_since > settling) break;  // one more clap might have come
    }
    listening.stop();
    listening.pass_on(meter);
    return Measured{meter.read(), loss && loss->kind != ErrorKind::EndOfStream ? loss : std::nullopt};
}

Json reading_json(const DevicePair& pair, const SyncReading& reading, bool stored) {
    Json claps = Json::array();
    for (const SyncClap& clap : reading.claps) claps.push_back(std::round(clap.offset_ms() * 10.0) / 10.0);
    Json document{{"camera", pair.camera}, {"microphone", pair.microphone}};
    document["offset_ms"] = reading.offset_ms ? Json(std::lround(*reading.offset_ms)) : Json();
    document["spread_ms"] = reading.offset_ms ? Json(std::round(reading.spread_ms * 10.0) / 10.0) : Json();
    document["heard"] = reading.heard;
    document["seen"] = reading.seen;
    document["clap_offsets_ms"] = claps;
    document["stored"] = stored;
    if (!reading.problem.empty()) document["error"] = tr(reading.problem);
    return document;
}

int run_measurement(const CommandContext& context, const SyncRequest& request) {
    const auto duration = parse_duration(request.duration);
    if (!duration) return print_error(context, duration.error());
    auto pair = open_pair(request);
    if (!pair) return print_error(context, pair.error());
    if (!pair->storable && !request.dry_run) return print_error(context, not_storable());
    watch_for_stop();
    tell_what_to_do(*pair, to_seconds(*duration));
    const auto measured = measure(*pair, *duration);
    if (!measured) return print_error(context, measured.error());
    if (measured->loss) return print_error(context, *measured->loss, exit_recording_failed);

    const SyncReading& reading = measured->reading;
    bool stored = false;
    if (reading.offset_ms && !request.dry_run) {
        const milliseconds offset(std::lround(*reading.offset_ms));
        if (auto kept = store_sync_offset({pair->camera, pair->microphone, offset}); !kept)
            return print_error(context, kept.error());
        stored = true;
    }
    if (context.options.json) print_json(reading_json(*pair, reading, stored));
    if (!reading.offset_ms) {
        print_notice(fill_fields(tr("Error: {0}"), {tr(reading.problem)}));
        return exit_wrong_input;
    }
    if (context.options.json) return exit_done;
    print(fill_fields(tr("Measured from {0} claps: {1}, ±{2} ms."),
                      {std::to_string(reading.claps.size()), offset_text(*reading.offset_ms),
                       std::to_string(std::lround(std::ceil(reading.spread_ms)))}));
    print(stored ? tr("Stored. Every take with this camera and this microphone is corrected by it from now on.")
                 : tr("Not stored, as asked."));
    return exit_done;
}

int set_offset(const CommandContext& context, const SyncRequest& request) {
    const std::string& text = request.set_ms;
    int offset_ms = 0;
    const char* const begin = text.data() + (text.starts_with('+') ? 1 : 0);
    const auto [end, failure] = std::from_chars(begin, text.data() + text.size(), offset_ms);
    if (failure != std::errc() || end != text.data() + text.size()) {
        return print_error(context, {ErrorKind::InvalidConfig,
                                     say("\"{0}\" is no offset: write whole milliseconds, as in --set 80; more than 0 "
                                         "when the sound is late.",
                                         text)});
    }
    auto pair = open_pair(request);
    if (!pair) return print_error(context, pair.error());
    if (!pair->storable) return print_error(context, not_storable());
    if (auto kept = store_sync_offset({pair->camera, pair->microphone, milliseconds(offset_ms)}); !kept)
        return print_error(context, kept.error());
    if (context.options.json) {
        print_json(
            {{"camera", pair->camera}, {"microphone", pair->microphone}, {"offset_ms", offset_ms}, {"stored", true}});
    } else {
        print(fill_fields(tr("{0} with {1}: {2}. Stored."), {pair->camera, pair->microphone, offset_text(offset_ms)}));
    }
    return exit_done;
}

int forget_offset(const CommandContext& context, const SyncRequest& request) {
    auto pair = open_pair(request);
    if (!pair) return print_error(context, pair.error());
    const auto forgotten = forget_sync_offset(pair->camera, pair->microphone);
    if (!forgotten) return print_error(context, forgotten.error());
    if (context.options.json) {
        print_json({{"camera", pair->camera}, {"microphone", pair->microphone}, {"forgotten", *forgotten}});
    } else {
        print(fill_fields(
            *forgotten ? tr("{0} with {1}: the offset is forgotten.") : tr("{0} with {1}: nothing was stored."),
            {pair->camera, pair->microphone}));
    }
    return exit_done;
}

int print_offsets(const CommandContext& context) {
    const auto pairs = list_sync_offsets();
    if (!pairs) return print_error(context, pairs.error());
    if (context.options.json) {
        Json all = Json::array();
        for (const SyncOffset& pair : *pairs) {
            all.push_back(
                {{"camera", pair.camera}, {"microphone", pair.microphone}, {"offset_ms", pair.offset.count()}});
        }
        print_json({{"file", sync_offsets_file().string()}, {"pairs", all}});
        return exit_done;
    }
    for (const SyncOffset& pair : *pairs) {
        print(fill_fields(tr("{0} with {1}: {2}"),
                          {pair.camera, pair.microphone, offset_text(static_cast<double>(pair.offset.count()))}));
    }
    if (pairs->empty()) print(tr("No offset is stored: `changji sync` measures one."));
    return exit_done;
}

int run_sync(const CommandContext& context, const SyncRequest& request) {
    if (request.list) return print_offsets(context);
    if (request.forget) return forget_offset(context, request);
    return request.set_ms.empty() ? run_measurement(context, request) : set_offset(context, request);
}

}  // namespace

void add_sync_command(CLI::App& app, CommandContext& context) {
    CLI::App* command = add_command(
        app, "sync", tr("Measure how late the sound of a microphone is against a camera, by clapping, and store it."),
        "changji sync --camera v4l2:Studio --microphone pulse:Desk");
    auto request = std::make_shared<SyncRequest>();
    command->add_option("--camera", request->camera, tr("auto, /dev/video0, v4l2:NAME or a stream's URL."));
    command->add_option("--microphone", request->microphone, tr("auto, pulse:NAME or alsa:NAME."));
    command->add_option("--duration", request->duration, tr("How long to wait for claps at most. Default: 20 s."));
    auto* const set = command->add_option("--set", request->set_ms,
                                          tr("Store so many milliseconds without measuring; above 0: sound is late."));
    auto* const forget = command->add_flag("--forget", request->forget, tr("Forget what is stored for the two."));
    auto* const list = command->add_flag("--list", request->list, tr("Show what is stored."));
    auto* const dry_run = command->add_flag("--dry-run", request->dry_run, tr("Measure, but store nothing."));
    for (auto* const option : {set, forget, list, dry_run}) {
        for (auto* const other : {set, forget, list, dry_run}) {
            if (option != other) option->excludes(other);
        }
    }
    command->callback([request, &context] { context.exit_code = run_sync(context, *request); });
}

}  // namespace changji
