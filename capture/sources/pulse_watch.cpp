#include "capture/sources/pulse_watch.hpp"

#include <utility>

namespace changji {

PulseWatch::PulseWatch(pa_context* context, pa_stream* stream, Message problem)
    : context_(context),
      stream_(stream),
      source_index_(pa_stream_get_device_index(stream)),
      problem_(std::move(problem)) {
    pa_context_set_subscribe_callback(context_, on_event, this);
    subscription_.reset(pa_context_subscribe(context_, PA_SUBSCRIPTION_MASK_SOURCE, nullptr, nullptr));
    ask();
}

PulseWatch::~PulseWatch() { pa_context_set_subscribe_callback(context_, nullptr, nullptr); }

bool PulseWatch::was_moved() const { return pa_stream_get_device_index(stream_) != source_index_; }
bool PulseWatch::is_suspended() const { return pa_stream_is_suspended(stream_) > 0; }

Message PulseWatch::problem() const {
    const std::lock_guard lock(mutex_);
    return problem_;
}

void PulseWatch::ask() {
    question_.reset(pa_context_get_source_info_by_index(context_, source_index_, on_source, this));
}

void PulseWatch::on_event(pa_context*, pa_subscription_event_type_t event, std::uint32_t index, void* user) {
    auto& watch = *static_cast<PulseWatch*>(user);
    const bool changed = (event & PA_SUBSCRIPTION_EVENT_TYPE_MASK) == PA_SUBSCRIPTION_EVENT_CHANGE;
    if (changed && index == watch.source_index_) watch.ask();
}

void PulseWatch::on_source(pa_context*, const pa_source_info* info, int last, void* user) {
    if (last != 0) return;
    auto& watch = *static_cast<PulseWatch*>(user);
    Message problem = silence_of(to_pulse_source(*info));
    const std::lock_guard lock(watch.mutex_);
    watch.problem_ = std::move(problem);
}

}  // namespace changji
