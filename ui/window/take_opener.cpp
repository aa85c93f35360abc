#include "ui/window/take_opener.hpp"

#include <algorithm>
#include <utility>

#include "capture/thread_priority.hpp"

namespace changji {
namespace {

constexpr int niceness = 10;
/// A picture for every so many seconds, for strips of a few thousand pixels at most.
constexpr double scrub_step_s = 3.0;
constexpr double fewest = 30, most = 300;
constexpr int scrub_height_px = 90;

TakeOpener::Opened opened(const std::filesystem::path& file, bool scrub_wanted) {
    TakeOpener::Opened made{file, Player::open(file), nullptr};
    if (!made.player || !scrub_wanted) return made;
    const double length_s = to_seconds((*made.player)->facts().length);
    const auto count = static_cast<int>(std::clamp(length_s / scrub_step_s, fewest, most));
    if (auto scrub = ScrubPictures::open(file, count, scrub_height_px)) made.scrub = *std::move(scrub);
    return made;
}

}  // namespace

TakeOpener::TakeOpener() : thread_([this](const std::stop_token& stopping) { work(stopping); }) {}

void TakeOpener::open(std::filesystem::path file, bool scrub) {
    std::lock_guard lock(mutex_);
    wanted_ = std::move(file);
    scrub_wanted_ = scrub;
    ++wish_;
    woken_.notify_all();
}

void TakeOpener::forget() {
    std::lock_guard lock(mutex_);
    wanted_.reset();
    ++wish_;
    if (!opened_) return;
    ending_.push_back(std::make_shared<Opened>(*std::move(opened_)));
    opened_.reset();
    woken_.notify_all();
}

std::optional<TakeOpener::Opened> TakeOpener::take() {
    std::lock_guard lock(mutex_);
    return std::exchange(opened_, std::nullopt);
}

void TakeOpener::end(std::shared_ptr<void> what) {
    if (!what) return;
    std::lock_guard lock(mutex_);
    ending_.push_back(std::move(what));
    woken_.notify_all();
}

void TakeOpener::work(const std::stop_token& stopping) {
    give_way(niceness);
    std::unique_lock lock(mutex_);
    while (woken_.wait(lock, stopping, [&] { return wanted_ || !ending_.empty(); })) {
        const auto file = std::exchange(wanted_, std::nullopt);
        const bool scrub = scrub_wanted_;
        const std::uint64_t wish = wish_;
        auto ending = std::exchange(ending_, {});
        lock.unlock();
        ending.clear();
        std::optional<Opened> made;
        if (file) made = opened(*file, scrub);
        lock.lock();
        if (made && wish == wish_) opened_.swap(made);
        if (made) ending_.push_back(std::make_shared<Opened>(*std::move(made)));
    }
}

}  // namespace changji
