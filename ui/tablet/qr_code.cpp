#include "ui/tablet/qr_code.hpp"

#include <qrencode.h>

#include <memory>

namespace changji {

std::optional<QrCode> qr_code(const std::string& text) {
    const std::unique_ptr<QRcode, decltype(&::QRcode_free)> made(
        ::QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M), ::QRcode_free);
    if (!made) return std::nullopt;
    QrCode code;
    code.modules = made->width;
    const int all = made->width * made->width;
    for (int at = 0; at < all; ++at) code.dark.push_back((made->data[at] & 1U) != 0);
    return code;
}

}  // namespace changji
