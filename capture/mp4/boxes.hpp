#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "capture/mp4/byte_file.hpp"

// Boxes of ISO/IEC 14496-12: 32-bit big-endian size and four-character type, then the content. Size 1: a 64-bit
// size follows the type; size 0: the box reaches to the end of the file.

namespace changji::mp4 {

[[nodiscard]] constexpr std::uint32_t four_cc(const char (&name)[5]) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(name[0])) << 24 |
           static_cast<std::uint32_t>(static_cast<unsigned char>(name[1])) << 16 |
           static_cast<std::uint32_t>(static_cast<unsigned char>(name[2])) << 8 |
           static_cast<std::uint32_t>(static_cast<unsigned char>(name[3]));
}

/// Reads big-endian numbers; past the end it yields zeros and says so.
class Bytes {
public:
    explicit Bytes(std::span<const std::uint8_t> data) : data_(data) {}
    std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
    std::uint64_t u64() { return number(8); }
    std::int32_t s32() { return static_cast<std::int32_t>(u32()); }
    void skip(std::size_t count);
    [[nodiscard]] std::size_t left() const { return data_.size() - at_; }
    [[nodiscard]] bool overran() const { return overran_; }
    [[nodiscard]] std::span<const std::uint8_t> rest() const { return data_.subspan(at_); }

private:
    std::uint64_t number(std::size_t bytes);
    std::span<const std::uint8_t> data_;
    std::size_t at_ = 0;
    bool overran_ = false;
};

/// A box inside another that is in memory.
struct InnerBox {
    std::uint32_t type = 0;
    std::span<const std::uint8_t> content;
};

/// The boxes that lie one after another in `content`, up to the first that is malformed or overruns it.
struct InnerBoxes {
    std::vector<InnerBox> boxes;
    bool whole = true;  ///< they fill `content` exactly
};
[[nodiscard]] InnerBoxes boxes_in(std::span<const std::uint8_t> content);

/// The content of the first box of this type; nothing when there is none.
[[nodiscard]] std::optional<std::span<const std::uint8_t>> find_box(const InnerBoxes& among, std::uint32_t type);

/// A box at the top level of a file.
struct TopBox {
    std::uint32_t type = 0;
    std::int64_t offset = 0;
    std::int64_t header_bytes = 8;
    std::int64_t size_bytes = 0;  ///< header included; what the file holds if `cut_short`
    bool cut_short = false;       ///< declared longer than the file is
    bool open_ended = false;      ///< size 0: to the end of the file
    [[nodiscard]] std::int64_t end() const { return offset + size_bytes; }
};

/// Walks the top level without reading contents: ends at the first malformed or cut box (which is the last one
/// returned if its header could be read), at the end of the file, or after 100,000 boxes.
[[nodiscard]] std::vector<TopBox> top_boxes(const ByteFile& file);

/// The content of a top-level box; empty when it can't be read whole or is larger than `at_most_bytes`.
[[nodiscard]] std::vector<std::uint8_t> content_of(const ByteFile& file, const TopBox& box, std::int64_t at_most_bytes);

}  // namespace changji::mp4
