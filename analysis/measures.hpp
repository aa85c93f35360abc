#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "capture/types/time.hpp"

namespace changji {

/// Every measure the program takes. Definitions: the header of the meter that takes it.
enum class Measure {
    LightFaceLuma,
    LightPictureLuma,
    LightKeyFillRatio,
    LightBacklight,
    LightClipped,
    LightCrushed,
    LightFaceClipped,
    LightFaceCrushed,
    LightContrast,
    LightColourCast,
    LightFlicker,
    PictureNoise,
    PictureFaceDetail,
    PictureSharpness,
    PictureFocus,
    PictureBlack,
    PictureFrozen,
    BackgroundClutter,
    BackgroundBars,
    BackgroundOverlay,
    FramingHeadroom,
    FramingEyeLine,
    FramingSideRoom,
    SoundMomentary,
    SoundShortTerm,
    SoundLoudness,
    SoundTruePeak,
    SoundNoiseFloor,
    SoundSpeechToNoise,
    SoundNoiseEstimated,
    SoundHum,
    SoundRumble,
    SoundHiss,
    SoundClippedRuns,
    SoundSuddenNoises,
    SoundDropouts,
    SoundSilent,
    SoundPhase,
    SoundDeadChannel,
    Count,
};
inline constexpr std::size_t measure_count = static_cast<std::size_t>(Measure::Count);

/// What one number says about a whole take.
enum class Over {
    Time,  ///< it varies: median, 5th and 95th percentile
    Take,  ///< one value holds for the whole take: the last one
};

/// Something that happened at one moment or for a while: a knock, a dropout, a frozen picture. `measure` is what counts
/// or times it.
struct MeterEvent {
    Measure measure = Measure::Count;
    CaptureTime from, to;
};

struct MeasureInfo {
    Measure measure;
    std::string_view id;      ///< "light.face_luma_percent": in presets and reports
    std::string_view column;  ///< "light_face_luma_percent": in meters.csv
    std::string_view unit;    ///< "%"
    Over over;
    int decimals;  ///< worth showing
};

/// One row per measure, in the enum's order; the single place where ids, columns and units are written.
[[nodiscard]] std::span<const MeasureInfo, measure_count> all_measures();
[[nodiscard]] const MeasureInfo& info(Measure measure);
[[nodiscard]] const MeasureInfo* find_measure(std::string_view id);

/// One reading of every meter; a measure that could not be taken has no value.
class Readings {
public:
    [[nodiscard]] std::optional<double> operator[](Measure measure) const {
        return values_[static_cast<std::size_t>(measure)];
    }
    void set(Measure measure, std::optional<double> value) { values_[static_cast<std::size_t>(measure)] = value; }
    /// Takes over every value that `other` has.
    void merge(const Readings& other);

    friend bool operator==(const Readings&, const Readings&) = default;

private:
    std::array<std::optional<double>, measure_count> values_{};
};

}  // namespace changji
