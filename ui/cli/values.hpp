#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "capture/framing.hpp"
#include "capture/types/result.hpp"
#include "capture/types/time.hpp"

namespace changji {

/// `90`, `90s`, `2.5`, `1:30`, `1:02:03`: above zero, up to a day.
[[nodiscard]] Result<Nanoseconds> parse_duration(std::string_view text);
/// `25`, `30`, `50`, `60`; nothing for `auto`.
[[nodiscard]] Result<std::optional<Rational>> parse_rate(std::string_view text);
/// `X,Y,W,H` in pixels of the upright source; nothing for `center`.
[[nodiscard]] Result<std::optional<CropRect>> parse_crop(std::string_view text);

}  // namespace changji
