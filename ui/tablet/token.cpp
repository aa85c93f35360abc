#include "ui/tablet/token.hpp"

#include <array>
#include <cerrno>
#include <system_error>

#include <sys/random.h>

namespace changji {

std::string make_token() {
    constexpr std::string_view letters = "0123456789abcdefghjkmnpqrstvwxyz";  // as Crockford's base 32
    static_assert(letters.size() == 32);
    std::array<unsigned char, 16> random{};
    if (::getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size())) {
        throw std::system_error(errno, std::generic_category(), "getrandom");
    }
    std::string token;
    for (const unsigned char byte : random) token += letters[byte & 31U];
    return token;
}

bool same_token(std::string_view one, std::string_view other) {
    if (one.size() != other.size()) return false;
    volatile unsigned difference = 0;
    for (std::size_t at = 0; at < one.size(); ++at) {
        difference = difference | (static_cast<unsigned char>(one[at]) ^ static_cast<unsigned char>(other[at]));
    }
    return difference == 0;
}

}  // namespace changji
