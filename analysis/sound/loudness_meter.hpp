#pragma once

#include "analysis/recent_or_take.hpp"
#include "analysis/sound/sound_slots.hpp"
#include "analysis/sound/true_peak.hpp"

#include <array>
#include <memory>
#include <optional>
#include <span>

namespace changji {

/// Loudness by ITU-R BS.1770-4 and EBU R128, measured by libebur128. Integrated loudness and loudness range are gated
/// and kept as histograms: memory does not grow with the take.
class LoudnessMeter {
public:
    LoudnessMeter();
    ~LoudnessMeter();

    void hear(std::span<const float> interleaved);
    /// LUFS over the last 400 ms, the last 3 s, both renewed ten times a second (EBU Tech 3341 asks for no more), and
    /// since the take began. Absent until that much was heard, and while it is quieter than the gate of −70 LUFS.
    [[nodiscard]] std::optional<double> momentary_lufs() const;
    [[nodiscard]] std::optional<double> short_term_lufs() const;
    [[nodiscard]] std::optional<double> integrated_lufs() const;
    /// Loudness range by EBU Tech 3342 in LU since the take began. Absent before 10 s of sound, and below the gate.
    [[nodiscard]] std::optional<double> range_lu() const;
    /// Highest inter-sample peak since the take began (while none runs: of the last 10 to 20 s), in dBTP,
    /// −120 at the least. Absent before any sound.
    [[nodiscard]] std::optional<double> true_peak_dbtp() const;
    void begin_take();
    void end_take();

private:
    struct Peak {
        double linear = 0.0;
        bool heard = false;

        void merge(const Peak& other);
    };
    struct Analyser;

    void restart();
    void end_slot();
    [[nodiscard]] std::optional<double> lufs_of_last(std::size_t slots) const;

    std::unique_ptr<Analyser> analyser_;
    std::size_t frames_heard_ = 0, slots_heard_ = 0;
    std::array<double, 30> slot_power_{};  ///< the newest 3 s
    SoundSlots slots_;
    TruePeak true_peak_;
    RecentOrTake<Peak> peak_;
};

}  // namespace changji
