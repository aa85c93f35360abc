#pragma once

#include <chrono>
#include <filesystem>
#include <utility>

#include "capture/types/result.hpp"

namespace changji {

/// Held on a take's part file for as long as somebody writes or finishes it, so that a second program never
/// "rescues" a take that is still being recorded. The system lets go of it when the program dies.
class TakeLock {
public:
    /// DeviceBusy when another program holds it; one that was killed and is not gone yet is waited for. Io when the
    /// file can't be opened.
    [[nodiscard]] static Result<TakeLock> acquire(const std::filesystem::path& part_file);
    /// The same, asked again for so long: another command may hold it for a moment.
    [[nodiscard]] static Result<TakeLock> acquire_within(std::chrono::milliseconds patience,
                                                         const std::filesystem::path& part_file);
    /// Whether somebody holds it now, without taking it: who only looks must never be in a writer's way. False where
    /// the system doesn't tell.
    [[nodiscard]] static bool is_held(const std::filesystem::path& part_file);

    TakeLock(TakeLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    TakeLock& operator=(TakeLock&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~TakeLock();

private:
    explicit TakeLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_ = -1;
};

}  // namespace changji
