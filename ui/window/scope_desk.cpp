#include "ui/window/scope_desk.hpp"

namespace changji {
namespace {

constexpr double interval_s = 1.0 / 12.0;

std::optional<ScopeTrace> trace_of(const VideoFrame& frame, PictureScope scope) {
    switch (scope) {
        case PictureScope::Waveform: return trace_waveform(frame);
        case PictureScope::Parade: return trace_parade(frame);
        case PictureScope::Vectorscope: return trace_vectorscope(frame);
        case PictureScope::Histogram:
        case PictureScope::None: break;
    }
    return std::nullopt;
}

}  // namespace

bool ScopeDesk::look(const VideoFrame& frame, const Monitoring& monitoring, const SubjectMask& subject, double now_s) {
    const bool same_tools = monitoring.scope == scope_ && monitoring.clutter == with_clutter_;
    const bool nothing_on = monitoring.scope == PictureScope::None && !monitoring.clutter;
    if (same_tools && (nothing_on || frame.captured_at == seen_ || now_s < made_at_s_ + interval_s)) return false;
    scope_ = monitoring.scope;
    with_clutter_ = monitoring.clutter;
    seen_ = frame.captured_at;
    made_at_s_ = now_s;
    trace_ = trace_of(frame, scope_);
    luma_ = scope_ == PictureScope::Histogram ? std::optional(measure_luma_spread(frame)) : std::nullopt;
    clutter_ = with_clutter_ ? std::optional(clutter_overlay(frame, subject)) : std::nullopt;
    return true;
}

}  // namespace changji
