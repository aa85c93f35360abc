#include "ui/window/drawing/soft_wrap.hpp"

#include <algorithm>

#include "ui/window/drawing/text_layout.hpp"

namespace changji {
namespace {

constexpr std::size_t most_known = 4000;

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

std::size_t before(std::string_view text, std::size_t at) {
    if (at == 0) return 0;
    --at;
    while (at > 0 && continues(text[at])) --at;
    return at;
}

std::size_t behind(std::string_view text, std::size_t at) {
    if (at >= text.size()) return text.size();
    ++at;
    while (at < text.size() && continues(text[at])) ++at;
    return at;
}

}  // namespace

void SoftWrap::set(std::string text) {
    text_ = std::move(text);
    wrap();
}

void SoftWrap::fit(float width, const Advance& advance) {
    if (width == width_) return;
    width_ = width;
    advance_ = advance;
    known_.clear();
    wrap();
}

void SoftWrap::wrap() {
    breaks_.clear();
    if (!advance_ || width_ <= 0.0F) {
        shown_ = text_;
        return;
    }
    if (known_.size() > most_known) known_.clear();
    shown_.clear();
    for (std::size_t begin = 0; begin <= text_.size();) {
        const std::size_t end = std::min(text_.find('\n', begin), text_.size());
        const std::string paragraph = text_.substr(begin, end - begin);
        auto lines = known_.find(paragraph);
        if (lines == known_.end()) {
            lines = known_.emplace(paragraph, line_ends(paragraph, width_, advance_)).first;
        }
        std::size_t from = 0;
        for (const std::size_t to : lines->second) {
            shown_.append(paragraph, from, to - from);
            from = to;
            if (to == paragraph.size()) break;
            breaks_.push_back(shown_.size());
            shown_ += '\n';
        }
        if (end < text_.size()) shown_ += '\n';
        begin = end + 1;
    }
}

std::string SoftWrap::plain(std::size_t begin, std::size_t end) const {
    std::string plain;
    end = std::min(end, shown_.size());
    for (std::size_t at = begin; at < end; ++at) {
        if (!std::ranges::binary_search(breaks_, at)) plain += shown_[at];
    }
    return plain;
}

std::size_t SoftWrap::to_text(std::size_t shown) const {
    return shown - static_cast<std::size_t>(std::ranges::lower_bound(breaks_, shown) - breaks_.begin());
}

std::size_t SoftWrap::to_shown(std::size_t text) const {
    std::size_t passed = 0;
    while (passed < breaks_.size() && breaks_[passed] - passed <= text) ++passed;
    return text + passed;
}

std::size_t SoftWrap::edit(std::string_view edited, std::size_t cursor_before, std::size_t cursor) {
    // One edit is one place: what is the same in front and behind tells which.
    const std::size_t shorter = std::min(edited.size(), shown_.size());
    std::size_t front = 0, back = 0;
    while (front < std::min(shorter, cursor) && edited[front] == shown_[front]) ++front;
    while (back < shorter - front && edited[edited.size() - 1 - back] == shown_[shown_.size() - 1 - back]) ++back;
    const std::size_t removed_end = shown_.size() - back;
    std::size_t from = to_text(front), to = to_text(removed_end);
    const std::string_view put = edited.substr(front, edited.size() - back - front);
    std::string next = text_;
    const bool only_a_break = put.empty() && removed_end == front + 1 && from == to;
    if (only_a_break && cursor_before > cursor) from = before(next, from);
    if (only_a_break && cursor_before <= cursor) to = behind(next, to);
    next.replace(from, to - from, put);
    text_ = std::move(next);
    wrap();
    return to_shown(from + put.size());
}

}  // namespace changji
