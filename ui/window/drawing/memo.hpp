#pragma once

#include <cstddef>
#include <unordered_map>
#include <utility>

namespace changji {

/// Answers that were worked out once, because every frame asks for the same: words, broken lines. For one thread.
template <typename Answer>
class Memo {
public:
    /// Room for this many answers; more are kept until start_frame().
    explicit Memo(std::size_t most) : most_(most) {}

    /// The answer with this hash that `is_it(answer)` accepts, else what `make()` returns. Stays where it is until
    /// start_frame().
    template <typename IsIt, typename Make>
    [[nodiscard]] const Answer& get(std::size_t hash, IsIt&& is_it, Make&& make) {
        const auto [first, last] = answers_.equal_range(hash);
        for (auto at = first; at != last; ++at) {
            if (is_it(at->second)) return at->second;
        }
        return answers_.emplace(hash, make())->second;
    }

    /// When nothing that get() returned is in use: forgets all answers if they have become too many.
    void start_frame() {
        if (answers_.size() > most_) answers_.clear();
    }
    void clear() { answers_.clear(); }

private:
    std::unordered_multimap<std::size_t, Answer> answers_;
    std::size_t most_;
};

/// One hash of several.
[[nodiscard]] inline std::size_t mixed(std::size_t hash, std::size_t more) {
    return hash ^ (more + 0x9e3779b97f4a7c15U + (hash << 6) + (hash >> 2));  // as boost::hash_combine
}

}  // namespace changji
