#pragma once

#include <cassert>
#include <optional>
#include <utility>
#include <variant>

#include "capture/types/message.hpp"

namespace changji {

enum class ErrorKind {
    DeviceNotFound,
    DeviceBusy,
    DeviceLost,         ///< worked, then stopped: unplugged, stalled, connection gone
    EndOfStream,        ///< a file or stream of finite length is over: not a fault
    UnsupportedFormat,  ///< readable, but not of a kind this program handles
    Io,
    DiskFull,
    Corrupt,
    InvalidConfig,  ///< what the user asked for can't be: options, presets, project files
    NeedsConsent,   ///< can be done, but only if the person who was told why asks again
};

/// `message` is for a person: what happened, where, and what to do next.
struct [[nodiscard]] Error {
    ErrorKind kind = ErrorKind::Io;
    Message message;
};

/// A value or an Error. Shaped like std::expected, to be swapped for it with C++23.
template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool has_value() const { return state_.index() == 0; }
    explicit operator bool() const { return has_value(); }

    T& value() & { return assert(has_value()), std::get<0>(state_); }
    const T& value() const& { return assert(has_value()), std::get<0>(state_); }
    T&& value() && { return assert(has_value()), std::get<0>(std::move(state_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    const Error& error() const { return assert(!has_value()), std::get<1>(state_); }

private:
    std::variant<T, Error> state_;
};

/// Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}

    [[nodiscard]] bool has_value() const { return !error_; }
    explicit operator bool() const { return has_value(); }
    const Error& error() const { return assert(error_), *error_; }

private:
    std::optional<Error> error_;
};

using Status = Result<void>;

}  // namespace changji
