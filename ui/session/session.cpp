#include "ui/session/session.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include "ui/project/sync_offsets.hpp"
#include "ui/session/live_session.hpp"

namespace changji {
namespace {

/// The preset's rate nearest to the source's; its preferred one (the first) for a source that tells none or is slower
/// than all of them.
Rational rate_for(const SessionOptions& options, Rational granted) {
    if (options.rate) return *options.rate;
    std::vector<Rational> allowed;
    for (const std::string& text : options.preset.file.frame_rates) {
        Rational rate{0, 1};
        if (std::sscanf(text.c_str(), "%d/%d", &rate.num, &rate.den) >= 1 && rate.is_positive())
            allowed.push_back(rate);
    }
    if (allowed.empty()) return {25, 1};
    const auto slowest = std::ranges::min_element(allowed);
    if (!granted.is_positive() || granted.value() < slowest->value() * 0.99) return allowed.front();
    const auto off = [&](Rational rate) { return std::abs(rate.value() - granted.value()); };
    return *std::ranges::min_element(allowed, {}, off);
}

}  // namespace

Result<std::unique_ptr<Session>> open_session(SessionOptions options) {
    // Before any thread: a person model is tried in a copy of the process.
    auto bank = open_meter_bank({options.preset.camera.power_line_hz, options.person_model});
    if (!bank) return bank.error();
    auto sources = open_sources(options.camera, options.microphone);
    if (!sources) return sources.error();
    // What belongs together by its making needs no correction.
    const bool devices =
        sources->audio && !sources->video->granted().demo && options.microphone.kind != SourceKind::None;
    const Nanoseconds offset =
        devices ? sync_offset(sources->video->granted().name, sources->audio->granted().name) : Nanoseconds{0};
    auto sound = SoundPath::open(options.microphone.sound, offset);
    if (!sound) return sound.error();
    const Rational rate = rate_for(options, sources->video->granted().rate);
    auto session = std::make_unique<LiveSession>(std::move(options), *std::move(sources), *std::move(sound),
                                                 *std::move(bank), rate);
    if (auto running = session->run(); !running) return running.error();
    return std::unique_ptr<Session>(std::move(session));
}

}  // namespace changji
