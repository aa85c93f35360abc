#include "capture/recording/interruptions.hpp"

#include <algorithm>

namespace changji {

void Interruptions::lost(CaptureTime last_seen, CaptureTime now) {
    std::lock_guard lock(mutex_);
    if (away_) return;
    absences_.push_back({last_seen, now, std::nullopt});
    away_ = true;
}

void Interruptions::returned(CaptureTime at) {
    if (!away_) return;
    std::lock_guard lock(mutex_);
    if (!away_ || at <= absences_.back().noticed) return;
    absences_.back().to = at;
    away_ = false;
}

int Interruptions::count() const {
    std::lock_guard lock(mutex_);
    return static_cast<int>(absences_.size());
}

std::vector<Stretch> Interruptions::stretches(CaptureTime start, CaptureTime end) const {
    std::lock_guard lock(mutex_);
    std::vector<Stretch> stretches;
    for (const Absence& absence : absences_) {
        const CaptureTime from = std::max(absence.from, start);
        const CaptureTime to = std::min(absence.to.value_or(end), end);
        if (from < to) stretches.push_back({to_seconds(from - start), to_seconds(to - start)});
    }
    return stretches;
}

}  // namespace changji
