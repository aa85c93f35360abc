#pragma once

#include <variant>

namespace changji {

/// One of the kinds of a `std::variant`, and used like one. What copies, moves and destroys it is compiled once, in
/// `choice.cpp`, which names every choice there is: in each panel anew it took half the time to compile.
template <typename Variant>
struct Choice : Variant {
    using Variant::Variant;
    Choice(const Choice& other);
    Choice(Choice&& other) noexcept;
    Choice& operator=(const Choice& other);
    Choice& operator=(Choice&& other) noexcept;
    ~Choice();
};

}  // namespace changji
