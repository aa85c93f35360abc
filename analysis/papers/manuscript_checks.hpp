#pragma once

#include <string>
#include <vector>

#include "analysis/papers/document_text.hpp"
#include "analysis/papers/word_count.hpp"
#include "analysis/verdict.hpp"
#include "presets/preset.hpp"

namespace changji {

/// Who the opening line has to name; empty where nobody has entered it.
struct ExpectedGuest {
    std::string name;    ///< "张三"
    std::string spoken;  ///< "某某大学校长张三"
};

/// Holds a manuscript against the preset: length, contact's name and phone, opening line and the guest in it, required
/// topics (advice only). Empty when the preset demands no manuscript. Pure.
[[nodiscard]] std::vector<Finding> check_manuscript(const Preset& preset, const DocumentText& manuscript,
                                                    const ExpectedGuest& expected);

}  // namespace changji
