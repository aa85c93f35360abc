#pragma once

#include <string>
#include <string_view>

namespace changji {

/// What opens the tablet page: 16 characters with 80 random bits from the system, none that is mistaken for another
/// when it is typed. Throws std::system_error where the system has none.
[[nodiscard]] std::string make_token();

/// Takes as long for a wrong first character as for a wrong last one.
[[nodiscard]] bool same_token(std::string_view one, std::string_view other);

}  // namespace changji
