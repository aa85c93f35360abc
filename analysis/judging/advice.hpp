#pragma once

#include "analysis/verdict.hpp"

namespace changji {

/// What else is known when advice is given: a dark face in front of a window wants another remedy than a dark room.
struct Circumstances {
    const Preset& preset;
    const Readings& readings;

    /// Measured, and outside the preset's limit in that direction.
    [[nodiscard]] bool too_high(Measure measure) const;
    [[nodiscard]] bool too_low(Measure measure) const;
};

/// How far a value is off: what the sentence depends on besides the measure.
struct Offence {
    double value = 0.0;
    bool too_high = false;
    bool fails = false;  ///< else it warns
};

/// One sentence that a student can act on, chosen by measure, direction, degree and cause; empty for a pass.
[[nodiscard]] Message advice_for(Measure measure, double value, const MeterLimit& limit,
                                 const Circumstances& circumstances);

/// Its parts; each is empty for a measure of another kind.
[[nodiscard]] Message light_advice(Measure measure, const Offence& offence, const Circumstances& circumstances);
[[nodiscard]] Message picture_advice(Measure measure, const Offence& offence, const Circumstances& circumstances);
[[nodiscard]] Message sound_advice(Measure measure, const Offence& offence, const Circumstances& circumstances);

/// Why a measure has no value although the meters ran.
[[nodiscard]] Message reason_absent(Measure measure);

}  // namespace changji
