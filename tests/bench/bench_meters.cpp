// What the meters cost in a real recording: the same session with all of them and with none, by turns, processor time
// of the whole program (source, framing, encoder, writer, meters) while it records.
//
//   bench_meters [--seconds=N] [--rounds=N] [--camera=SOURCE]
//
// Exits with 1 when the aim is missed.

#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "tests/bench/program_cost.hpp"
#include "tests/support/media.hpp"
#include "ui/session/live_session.hpp"

namespace changji::bench {
namespace {

using namespace std::chrono_literals;

constexpr double most_core_percent = 5.0;

struct Options {
    int seconds = 20;
    int rounds = 5;
    std::string camera = "demo";
};

Options read_options(const Told& told) {
    const Options usual;
    return {told.number("seconds", usual.seconds, 2), told.number("rounds", usual.rounds, 1),
            told.text("camera", usual.camera)};
}

/// Sees and hears nothing.
class NoMeters final : public MeterBank {
public:
    bool see(const VideoFrame&) override { return false; }
    void hear(std::span<const float>, CaptureTime) override {}
    [[nodiscard]] Readings read(Part) const override { return {}; }
    [[nodiscard]] std::vector<MeterEvent> events() const override { return {}; }
    [[nodiscard]] const std::vector<FaceBox>& faces() const override { return nobody_; }
    [[nodiscard]] std::array<ChannelLevel, sound_channels> levels() const override { return {}; }
    void begin_take(Part) override {}
    void end_take(Part) override {}

private:
    std::vector<FaceBox> nobody_;
};

double processor_s() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

template <typename Made>
Made or_give_up(Result<Made> made) {
    if (!made) give_up(in_english(made.error().message));
    return *std::move(made);
}

/// Processor time of one second of recording.
double cost_per_s(const Options& given, std::unique_ptr<MeterBank> bank) {
    const test::TemporaryFolder folder;
    SessionOptions options;
    options.preset.id = "bench";
    options.project.folder = folder.path();
    options.camera = or_give_up(parse_camera_spec(given.camera));
    options.microphone = or_give_up(parse_microphone_spec("camera"));
    options.rate = Rational{25, 1};
    options.encoder = {"libx264", "superfast"};
    options.encoder_chosen_by_user = true;
    auto sources = or_give_up(open_sources(options.camera, options.microphone));
    auto sound = or_give_up(SoundPath::open(options.microphone.sound, Nanoseconds{0}));
    LiveSession session(options, std::move(sources), std::move(sound), std::move(bank), *options.rate);
    const auto check = [](const Status& status) {
        if (!status) give_up(in_english(status.error().message));
    };
    check(session.run());
    std::this_thread::sleep_for(1s);
    check(session.start_take(Consent::WithoutSound));
    std::this_thread::sleep_for(2s);
    const double before_s = processor_s();
    const auto begun = std::chrono::steady_clock::now();
    std::this_thread::sleep_for(std::chrono::seconds(given.seconds));
    const double used_s = processor_s() - before_s;
    return used_s / std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

}  // namespace
}  // namespace changji::bench

int main(int count, char** words) {
    using namespace changji::bench;
    const Options options = read_options(Told(count, words));
    const changji::test::TemporaryFolder home;
    live_in(home.path());
    std::vector<double> differences, with_meters;
    for (int round = 1; round <= options.rounds; ++round) {
        const double with = cost_per_s(options, or_give_up(changji::open_meter_bank()));
        const double without = cost_per_s(options, std::make_unique<NoMeters>());
        with_meters.push_back(with);
        differences.push_back(100.0 * (with - without));
        std::fprintf(stderr, "round %d: %.3f s of processor a second with meters, %.3f s without\n", round, with,
                     without);
    }
    const double difference = median(differences);
    std::printf(
        "medians of %d rounds: %.2f cores with all meters; they are %.1f %% of a core, %.2f ms a frame "
        "(aim: at most %.0f %%)\n",
        options.rounds, median(with_meters), difference, difference * 10.0 / 25.0, most_core_percent);
    return difference <= most_core_percent ? 0 : 1;
}
