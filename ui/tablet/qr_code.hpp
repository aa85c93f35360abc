#pragma once

#include <optional>
#include <string>
#include <vector>

namespace changji {

/// A QR code, to be drawn with four light modules around it.
struct QrCode {
    static constexpr int quiet_modules = 4;  ///< ISO/IEC 18004
    int modules = 0;                         ///< on each side
    std::vector<bool> dark;                  ///< line by line

    [[nodiscard]] bool is_dark(int column, int line) const {
        return dark[static_cast<std::size_t>(line * modules + column)];
    }
};
/// With medium error correction (15 %); none for a text that no QR code holds.
[[nodiscard]] std::optional<QrCode> qr_code(const std::string& text);

}  // namespace changji
