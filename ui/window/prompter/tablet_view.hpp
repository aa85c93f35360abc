#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capture/types/message.hpp"
#include "ui/tablet/private_address.hpp"
#include "ui/tablet/qr_code.hpp"

namespace changji {

/// What the screen shows of the tablet page.
struct TabletView {
    std::vector<MachineAddress> addresses;  ///< while the panel is shown
    bool open = false;
    std::string url;             ///< while it is open
    std::optional<QrCode> code;  ///< of the url
    int clients = 0;
    int refused = 0;  ///< tablets that found all places taken
    Message problem;  ///< why it can't be opened, or not be reached any more; may be empty
};

}  // namespace changji
