#pragma once

#include "capture/source.hpp"
#include "capture/source_spec.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace changji::test {

inline SourceSpec microphone(const std::string& text) { return *parse_microphone_spec(text); }

/// Collects what a microphone delivers.
class Listener {
public:
    using Clock = std::chrono::steady_clock;

    void listen(AudioSource& source) {
        ASSERT_TRUE(source.start(
            [this](SoundBlock block) {
                const std::lock_guard lock(mutex_);
                blocks_.push_back(std::move(block));
                changed_.notify_all();
            },
            [this](const Error& error) {
                const std::lock_guard lock(mutex_);
                losses_.push_back(error);
                lost_at_ = Clock::now();
                changed_.notify_all();
            }));
    }
    bool wait_for_blocks(std::size_t count) {
        return wait([this, count] { return blocks_.size() >= count; });
    }
    bool wait_for_more_blocks(std::size_t count) { return wait_for_blocks(blocks().size() + count); }
    bool wait_for_loss(std::size_t count = 1) {
        return wait([this, count] { return losses_.size() >= count; });
    }
    std::vector<SoundBlock> blocks() {
        const std::lock_guard lock(mutex_);
        return blocks_;
    }
    std::vector<Error> losses() {
        const std::lock_guard lock(mutex_);
        return losses_;
    }
    Clock::time_point lost_at() {
        const std::lock_guard lock(mutex_);
        return lost_at_;
    }

private:
    template <typename Condition>
    bool wait(Condition condition) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(15), condition);
    }
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<SoundBlock> blocks_;
    std::vector<Error> losses_;
    Clock::time_point lost_at_;
};

}  // namespace changji::test
