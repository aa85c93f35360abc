#include "capture/takes/takes_hash.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include <openssl/evp.h>

namespace changji {

Result<std::string> sha256_of(const mp4::ByteFile& file, const std::filesystem::path& name) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> sha(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    bool works = sha && EVP_DigestInit_ex(sha.get(), EVP_sha256(), nullptr) == 1;
    std::vector<std::uint8_t> buffer(1 << 20);
    std::int64_t at = 0, got = 0;
    while (works && (got = file.read_at(at, buffer)) > 0) {
        works = EVP_DigestUpdate(sha.get(), buffer.data(), static_cast<std::size_t>(got)) == 1;
        at += got;
    }
    std::array<std::uint8_t, 32> digest{};
    works = works && got == 0 && at == file.size_bytes() && EVP_DigestFinal_ex(sha.get(), digest.data(), nullptr) == 1;
    if (!works) {
        return Error{ErrorKind::Io,
                     say("{0} can't be read back: check the disk, then recover the take again.", name.string())};
    }
    std::string text;
    for (const std::uint8_t byte : digest) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

}  // namespace changji
