#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace changji {

/// A text as a field of many lines shows it, whose lines do not wrap by themselves: line breaks are put where a line
/// would be too long, and are taken out of what was edited again. They never become part of the text. Offsets are
/// bytes.
class SoftWrap {
public:
    /// The width of a character, in the unit of `width`.
    using Advance = std::function<float(char32_t)>;

    void set(std::string text);
    /// Breaks again where the width is another.
    void fit(float width, const Advance& advance);
    /// The field holds `edited` now, its cursor stood at `cursor_before` and stands at `cursor`. Breaks again; returns
    /// where the cursor stands then. Taking away a break that is not part of the text takes the character beside it.
    std::size_t edit(std::string_view edited, std::size_t cursor_before, std::size_t cursor);

    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] const std::string& shown() const { return shown_; }
    /// What the part of shown() from `begin` to `end` says.
    [[nodiscard]] std::string plain(std::size_t begin, std::size_t end) const;

private:
    [[nodiscard]] std::size_t to_text(std::size_t shown) const;
    [[nodiscard]] std::size_t to_shown(std::size_t text) const;
    void wrap();

    std::string text_, shown_;
    std::vector<std::size_t> breaks_;  ///< in shown_: those that are not part of the text
    float width_ = 0.0F;
    Advance advance_;
    std::unordered_map<std::string, std::vector<std::size_t>> known_;  ///< paragraph → where its lines end
};

}  // namespace changji
