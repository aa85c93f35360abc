#include "ui/window/review/film_subject.hpp"

#include <chrono>
#include <utility>

#include "analysis/subject/subject_finder.hpp"
#include "capture/thread_priority.hpp"

namespace changji {
namespace {

using namespace std::chrono_literals;

constexpr int niceness = 10;
constexpr auto interval = 200ms;
/// A face moves little in this time: a box found in one picture still belongs to the other.
constexpr auto same_moment = 500ms;
/// A film that is played on comes this much further at most between two looks.
constexpr auto longest_step = 2s;

}  // namespace

FilmSubject::FilmSubject() : thread_([this](const std::stop_token& stopping) { work(stopping); }) {}

void FilmSubject::look(const VideoFrame& picture) {
    const std::lock_guard lock(mutex_);
    if (seen_ && seen_->at == picture.captured_at) return;
    wanted_ = picture;
    woken_.notify_all();
}

std::optional<FilmSubject::Seen> FilmSubject::about(CaptureTime at) const {
    const std::lock_guard lock(mutex_);
    if (!seen_ || std::chrono::abs(seen_->at - at) > same_moment) return std::nullopt;
    return seen_;
}

void FilmSubject::work(const std::stop_token& stopping) {
    give_way(niceness);
    auto finder = SubjectFinder::open({});
    if (!finder) return;  // the live picture's meters have said why
    CaptureTime before{};
    std::unique_lock lock(mutex_);
    while (woken_.wait(lock, stopping, [&] { return wanted_.has_value(); })) {
        const VideoFrame picture = *std::exchange(wanted_, std::nullopt);
        lock.unlock();
        const auto step = picture.captured_at - std::exchange(before, picture.captured_at);
        if (step < Nanoseconds{0} || step > longest_step) finder->restart();
        finder->see(picture);
        lock.lock();
        seen_ = Seen{picture.captured_at, finder->faces(), finder->mask()};
        woken_.wait_for(lock, stopping, interval, [] { return false; });
    }
}

}  // namespace changji
