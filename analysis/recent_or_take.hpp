#pragma once

namespace changji {

/// Statistics over a whole take or, while none runs, over the last 10 to 20 s, so that a crew that turns a
/// fan off sees it. Holds two T at most, however long it runs. T is default-constructible and has
/// `merge(const T&)`.
template <typename T>
class RecentOrTake {
public:
    /// Where new sound is added.
    [[nodiscard]] T& current() { return current_; }
    [[nodiscard]] T combined() const {
        T both = previous_;
        both.merge(current_);
        return both;
    }
    /// After `seconds` of sound were added.
    void advance(double seconds) {
        if (in_take_) return;
        filled_s_ += seconds;
        if (filled_s_ >= 10.0) {
            previous_ = current_;
            current_ = T{};
            filled_s_ = 0.0;
        }
    }
    void begin_take() { restart(true); }
    void end_take() { restart(false); }

private:
    void restart(bool in_take) {
        previous_ = current_ = T{};
        filled_s_ = 0.0;
        in_take_ = in_take;
    }

    T previous_{};
    T current_{};
    double filled_s_ = 0.0;
    bool in_take_ = false;
};

}  // namespace changji
