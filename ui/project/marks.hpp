#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace changji {

enum class MarkKind {
    Topic,
    Good,
    Bad,
    Script,  ///< the prompter came to a question or a heading
};

/// As reports and journals name it: "good".
[[nodiscard]] const char* name_of(MarkKind kind);
/// Nothing for a name that no kind has.
[[nodiscard]] std::optional<MarkKind> mark_kind(std::string_view name);

/// A moment of a take that a person marked, or that the prompter came to a mark of its script.
struct Mark {
    double at_s = 0.0;  ///< from the take's start
    MarkKind kind = MarkKind::Topic;
    int topic = 0;      ///< its number; 0: none
    int character = 0;  ///< how many of the script were read by then; 0: none, or nobody prompted
    friend bool operator==(const Mark&, const Mark&) = default;
};

/// The marks of one take, in the order of time. A topic is ticked at most once: marking it again takes the tick away,
/// once more ticks it at the new moment. Good and bad moments only add up.
class TakeMarks {
public:
    void add(const Mark& mark);
    [[nodiscard]] const std::vector<Mark>& all() const { return marks_; }

private:
    std::vector<Mark> marks_;
};

/// Each topic once, ascending.
[[nodiscard]] std::vector<int> topics_in(const std::vector<Mark>& marks);
/// Null when it isn't ticked.
[[nodiscard]] const Mark* find_topic(const std::vector<Mark>& marks, int topic);

/// One line of a take's journal, ending with a newline: {"at_s":61.2,"topic":1} or {"at_s":12.3,"kind":"good"},
/// with "character":240 behind it where a script was read.
/// The journal holds every press, so that reading it again gives what the crew saw.
[[nodiscard]] std::string journal_line(const Mark& mark);
/// What the lines add up to. A line that is broken, as a crash leaves the last one, counts for nothing.
[[nodiscard]] TakeMarks read_journal(std::string_view lines);

}  // namespace changji
