#pragma once

#include "presets/preset.hpp"

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

namespace changji::test {

/// A preset as it is shipped; one that can't be read fails the test.
inline Preset shipped_preset(const std::string& id = "hunan-2022-interview") {
    const PresetOutcome outcome = load_preset(std::filesystem::path(CHANGJI_SOURCE_DIR) / "presets" / (id + ".toml"));
    if (const auto* preset = std::get_if<Preset>(&outcome)) return *preset;
    for (const PresetFault& fault : std::get<1>(outcome)) {
        ADD_FAILURE() << fault.file << ':' << fault.line << ' ' << fault.key << " (" << fault.detail << ')';
    }
    return {};
}

}  // namespace changji::test
