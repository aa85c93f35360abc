#pragma once

#include "analysis/verdict.hpp"
#include "tests/presets/shipped_preset.hpp"

#include <string>

namespace changji::test {

/// A take of 12 s that meets every clause of the shipped interview preset.
[[nodiscard]] Evidence good_take();
/// The readings of a good take at any moment.
[[nodiscard]] Readings good_readings();
/// 12 s of the same readings.
[[nodiscard]] TakeLog log_of(const Readings& readings, int rows = 60);
/// The finding of that check; fails the test when there is none or more than one.
[[nodiscard]] Finding find(const Verdict& verdict, const std::string& check);
[[nodiscard]] inline Finding judge_one(const Evidence& evidence, const std::string& check) {
    return find(judge(shipped_preset(), evidence), check);
}

}  // namespace changji::test
