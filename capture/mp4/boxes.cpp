#include "capture/mp4/boxes.hpp"

#include <array>

namespace changji::mp4 {
namespace {

constexpr std::size_t most_boxes = 100'000;

}  // namespace

std::uint64_t Bytes::number(std::size_t bytes) {
    if (left() < bytes) {
        at_ = data_.size();
        overran_ = true;
        return 0;
    }
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i) value = value << 8 | data_[at_ + i];
    at_ += bytes;
    return value;
}

void Bytes::skip(std::size_t count) {
    if (left() < count) {
        at_ = data_.size();
        overran_ = true;
    } else {
        at_ += count;
    }
}

InnerBoxes boxes_in(std::span<const std::uint8_t> content) {
    InnerBoxes found;
    std::size_t at = 0;
    while (at < content.size()) {
        Bytes header(content.subspan(at));
        std::uint64_t size = header.u32();
        const std::uint32_t type = header.u32();
        std::size_t header_bytes = 8;
        if (size == 1) {
            size = header.u64();
            header_bytes = 16;
        }
        if (header.overran() || size < header_bytes || size > content.size() - at) {
            found.whole = false;
            break;
        }
        const auto length = static_cast<std::size_t>(size);
        found.boxes.push_back({type, content.subspan(at + header_bytes, length - header_bytes)});
        at += length;
    }
    return found;
}

std::optional<std::span<const std::uint8_t>> find_box(const InnerBoxes& among, std::uint32_t type) {
    for (const InnerBox& box : among.boxes) {
        if (box.type == type) return box.content;
    }
    return std::nullopt;
}

std::vector<TopBox> top_boxes(const ByteFile& file) {
    std::vector<TopBox> boxes;
    std::int64_t at = 0;
    while (at < file.size_bytes() && boxes.size() < most_boxes) {
        std::array<std::uint8_t, 16> head{};
        const std::int64_t got = file.read_at(at, head);
        if (got < 8) break;
        Bytes header(std::span<const std::uint8_t>(head.data(), static_cast<std::size_t>(got)));
        std::uint64_t size = header.u32();
        TopBox box;
        box.type = header.u32();
        box.offset = at;
        if (size == 1) {
            size = header.u64();
            box.header_bytes = 16;
            if (header.overran()) break;
        }
        const auto left = static_cast<std::uint64_t>(file.size_bytes() - at);
        box.open_ended = size == 0 && box.type != 0;
        if (box.open_ended) size = left;
        if (size < static_cast<std::uint64_t>(box.header_bytes)) break;
        box.cut_short = size > left;
        box.size_bytes = static_cast<std::int64_t>(box.cut_short ? left : size);
        boxes.push_back(box);
        at = box.end();
    }
    return boxes;
}

std::vector<std::uint8_t> content_of(const ByteFile& file, const TopBox& box, std::int64_t at_most_bytes) {
    const std::int64_t length = box.size_bytes - box.header_bytes;
    if (box.cut_short || length <= 0 || length > at_most_bytes) return {};
    std::vector<std::uint8_t> content(static_cast<std::size_t>(length));
    if (file.read_at(box.offset + box.header_bytes, content) != length) return {};
    return content;
}

}  // namespace changji::mp4
