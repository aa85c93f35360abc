#pragma once

// What the sound server does to a microphone that is being recorded. Internal to capture/.

#include "capture/devices/pulse_client.hpp"
#include "capture/types/message.hpp"

#include <cstdint>
#include <mutex>

namespace changji {

/// Watches the source behind a stream that is ready: the server tells of changes while the client steps, on the thread
/// that steps. The context and the stream must outlive it.
class PulseWatch {
public:
    /// `problem`: as it was known when the stream was opened.
    PulseWatch(pa_context* context, pa_stream* stream, Message problem);
    ~PulseWatch();
    PulseWatch(const PulseWatch&) = delete;
    PulseWatch& operator=(const PulseWatch&) = delete;

    /// The stream now hears another source: PA_STREAM_DONT_MOVE forbids that, but not every server obeys.
    [[nodiscard]] bool was_moved() const;
    [[nodiscard]] bool is_suspended() const;
    /// Why nothing is heard: muted, turned down, nothing plugged in. Empty when it sounds. Any thread.
    [[nodiscard]] Message problem() const;

private:
    static void on_event(pa_context*, pa_subscription_event_type_t event, std::uint32_t index, void* user);
    static void on_source(pa_context*, const pa_source_info* info, int last, void* user);
    void ask();

    pa_context* const context_;
    pa_stream* const stream_;
    const std::uint32_t source_index_;
    PulseOperation subscription_;
    PulseOperation question_;
    mutable std::mutex mutex_;
    Message problem_;
};

}  // namespace changji
