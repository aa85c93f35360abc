#include "analysis/judging/event_list.hpp"

#include <algorithm>

namespace changji {

void EventList::add(FrameRange event, std::int64_t join_within) {
    if (count_ > 0 && event.from_frame <= last_.to_frame + join_within) {
        last_.to_frame = std::max(last_.to_frame, event.to_frame);
        if (count_ == static_cast<std::int64_t>(kept_.size())) kept_.back() = last_;
        return;
    }
    last_ = event;
    ++count_;
    if (kept_.size() < most_kept) kept_.push_back(event);
}

void EventList::append(const EventList& later, std::int64_t join_within) {
    if (later.count_ == 0) return;
    const std::int64_t counted = count_;
    add(later.kept_.front(), join_within);
    const bool joined = counted > 0 && count_ == counted;
    for (std::size_t i = 1; i < later.kept_.size(); ++i) add(later.kept_[i]);
    count_ = counted + later.count_ - (joined ? 1 : 0);
    if (later.count_ > 1) last_ = later.last_;
}

}  // namespace changji
