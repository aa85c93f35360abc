#pragma once

// Devices in the hands of a test, and what is seen of them.

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "capture/source.hpp"

namespace changji::test {

inline CaptureTime at_ms(int ms) { return CaptureTime{std::chrono::milliseconds(ms)}; }
inline Error unplugged() { return {ErrorKind::DeviceLost, say("Unplugged.")}; }

inline VideoFrame frame(std::uint64_t sequence, int captured_ms) {
    VideoFrame made;
    made.sequence = sequence;
    made.captured_at = at_ms(captured_ms);
    return made;
}
inline SoundBlock block(std::int64_t first_frame, int captured_ms) {
    SoundBlock made;
    made.samples = std::make_shared<const std::vector<float>>(2 * sound_channels * sound_rate_hz / 100);  // 20 ms
    made.first_frame = first_frame;
    made.captured_at = at_ms(captured_ms);
    return made;
}

/// A device in the hands of a test: what it is told to deliver comes on the test's thread.
template <typename Item>
struct Device {
    std::mutex mutex;
    std::function<void(Item)> on_item;
    std::function<void(Error)> on_lost;
    int starts = 0;

    void deliver(Item item) {
        const std::lock_guard lock(mutex);
        if (on_item) on_item(std::move(item));
    }
    void lose(const Error& error) {
        const std::lock_guard lock(mutex);
        if (on_lost) on_lost(error);
    }
};

template <typename Source, typename Item, typename Settings>
class FakeSource final : public Source {
public:
    FakeSource(std::shared_ptr<Device<Item>> device, std::string name) : device_(std::move(device)) {
        settings_.name = std::move(name);
    }
    ~FakeSource() override { stop(); }
    Status start(std::function<void(Item)> on_item, std::function<void(Error)> on_lost) override {
        const std::lock_guard lock(device_->mutex);
        ++device_->starts;
        device_->on_item = std::move(on_item);
        device_->on_lost = std::move(on_lost);
        return {};
    }
    void stop() override {
        const std::lock_guard lock(device_->mutex);
        device_->on_item = nullptr;
        device_->on_lost = nullptr;
    }
    [[nodiscard]] Settings granted() const override { return settings_; }
    void set_rate(Rational rate) { settings_.rate = rate; }

private:
    std::shared_ptr<Device<Item>> device_;
    Settings settings_;
};
using FakeVideo = FakeSource<VideoSource, VideoFrame, VideoSettings>;
using FakeSound = FakeSource<AudioSource, SoundBlock, AudioSettings>;

/// What the sinks got.
template <typename Item>
class Log {
public:
    auto on_item() {
        return [this](Item item) {
            const std::lock_guard lock(mutex_);
            items_.push_back(std::move(item));
            changed_.notify_all();
        };
    }
    auto on_lost() {
        return [this](const Error& error) {
            const std::lock_guard lock(mutex_);
            alarms_.push_back(in_english(error.message));
            changed_.notify_all();
        };
    }
    [[nodiscard]] std::vector<std::string> alarms() const {
        const std::lock_guard lock(mutex_);
        return alarms_;
    }
    [[nodiscard]] std::vector<Item> items() const {
        const std::lock_guard lock(mutex_);
        return items_;
    }
    /// Not so long as a camera may take to wake up.
    bool wait_for_alarms(std::size_t count) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(4), [&] { return alarms_.size() >= count; });
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Item> items_;
    std::vector<std::string> alarms_;
};

/// Answers of `open_again`, one after another; "not there" when none is left.
template <typename Source>
class Openings {
public:
    using Opened = Result<std::unique_ptr<Source>>;

    void add(Opened answer) {
        const std::lock_guard lock(mutex_);
        answers_.push_back(std::move(answer));
    }
    auto open_again() {
        return [this]() -> Opened {
            const std::lock_guard lock(mutex_);
            ++calls_;
            changed_.notify_all();
            if (answers_.empty()) return Error{ErrorKind::DeviceNotFound, say("Not there.")};
            Opened answer = std::move(answers_.front());
            answers_.pop_front();
            return answer;
        };
    }
    [[nodiscard]] int calls() const {
        const std::lock_guard lock(mutex_);
        return calls_;
    }
    bool wait_for_calls(int count) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(20), [&] { return calls_ >= count; });
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Opened> answers_;
    int calls_ = 0;
};

template <typename Item>
bool wait_for_start(Device<Item>& device) {
    for (const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
         std::chrono::steady_clock::now() < end; std::this_thread::sleep_for(std::chrono::milliseconds(1))) {
        const std::lock_guard lock(device.mutex);
        if (device.starts > 0) return true;
    }
    return false;
}

}  // namespace changji::test
