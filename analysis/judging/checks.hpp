#pragma once

#include "analysis/verdict.hpp"

#include <vector>

namespace changji {

/// The parts of judge(): each appends what it finds about its own share of the preset.
void check_duration(const Preset& preset, const Evidence& evidence, std::vector<Finding>& findings);
/// Container, picture and sound as stored, and whether the file decodes.
void check_file(const FileDemand& demand, const Evidence& evidence, std::vector<Finding>& findings);
/// The pictures themselves held against what the file says of its scan, range and colours.
void check_signs(const FileDemand& demand, const Evidence& evidence, std::vector<Finding>& findings);
/// What the recording itself lost, and whether the picture was enlarged.
void check_recording(const FileDemand& demand, const Evidence& evidence, std::vector<Finding>& findings);
/// Every meter limit of the preset.
void check_meters(const Preset& preset, const Evidence& evidence, std::vector<Finding>& findings);
/// Packaging, guest, opening line, place, topics and sign-offs.
void check_crew(const Preset& preset, const Evidence& evidence, std::vector<Finding>& findings);

/// Where a value stands on a scale from 0 (best) to 1 (worst): a third each for pass, warning and failure.
[[nodiscard]] double badness(double value, const MeterLimit& limit);

}  // namespace changji
