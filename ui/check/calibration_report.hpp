#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/calibrating/calibration.hpp"
#include "capture/types/message.hpp"

namespace changji {

/// Everything one run of `changji calibrate` found.
struct CalibrationReport {
    struct Measured {
        std::string file;  ///< as it lies in the folder: "good/a.jpg"
        CalibrationSample sample;
    };
    struct Skipped {
        std::string file;
        Message reason;
    };

    std::string folder, preset;
    std::string made_at;              ///< ISO 8601 with offset
    std::optional<double> good_from;  ///< the lowest rating that counts as good; only of rated folders
    std::vector<Measured> files;
    std::vector<Skipped> skipped;  ///< not measured, and why
    Calibration calibration;

    [[nodiscard]] int good() const;  ///< measured files
    [[nodiscard]] int bad() const;
};

/// Why a proposed limit should not simply take the present one's place; empty when it may.
[[nodiscard]] Message objection_to(const MeasureCalibration& one);

/// The report as JSON (`changji.calibration/1`); one document, ends with a newline.
[[nodiscard]] std::string calibration_json(const CalibrationReport& report);

/// The proposed limits as [[meter]] tables of a preset, to be put in the place of those for the same measures. A
/// comment says from what and when; a limit with an objection is commented out, the objection before it.
[[nodiscard]] std::string calibration_toml(const CalibrationReport& report);

}  // namespace changji
