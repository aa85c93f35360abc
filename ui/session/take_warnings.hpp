#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "presets/preset.hpp"
#include "ui/session/session.hpp"

namespace changji {

/// What the crew is told while a take runs, because it can still be put right: the room is noisy, something knocked,
/// the sound is distorted, it is dark, the face is gone, the time is nearly over. One sentence each, which says what to
/// do.
///
/// What is measured has to stand outside its limit (the preset's "fail") for `on_after_s` of the take before it is
/// told, and inside for `off_after_s` before it is taken away. A face is missed only in a take that has shown one. A
/// knock and a time are told for `moment_s`. Pure: time is the take's own.
class TakeWarnings {
public:
    static constexpr double on_after_s = 2.0;
    static constexpr double off_after_s = 3.0;
    static constexpr double moment_s = 8.0;
    static constexpr std::size_t most = 2;  ///< at a time, the most urgent first

    /// With every snapshot that is drawn; empty while no take runs.
    [[nodiscard]] std::vector<Message> update(const SessionSnapshot& now, const Preset& preset);

private:
    /// Something that has to last before it counts, and to be over for a while before it doesn't.
    class Lasting {
    public:
        bool update(bool holds, double now_s);

    private:
        bool told_ = false;
        std::optional<double> changing_since_s_;
    };

    void begin_take(const SessionSnapshot& now);
    [[nodiscard]] Message time_warning(const SessionSnapshot& now, const Preset& preset) const;

    int take_ = 0;
    double last_s_ = 0.0;
    bool face_seen_ = false;
    double noises_ = 0.0;
    std::optional<double> noise_at_s_;
    Lasting dark_, faceless_, burnt_, distorted_, noisy_;
};

}  // namespace changji
