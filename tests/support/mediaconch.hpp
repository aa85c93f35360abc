#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace changji::test {

/// What it is to say.
enum class Conch { Passes, Fails };

/// What MediaConch says of a file by the station's policy: begins with "pass!" or "fail!". Nothing where the program or
/// the policy is missing, which is said on standard error.
[[nodiscard]] std::optional<std::string> mediaconch_verdict(const std::filesystem::path& file);

}  // namespace changji::test
