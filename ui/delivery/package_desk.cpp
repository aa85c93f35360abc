#include "ui/delivery/package_desk.hpp"

#include <utility>

#include "capture/thread_priority.hpp"
#include "ui/check/delivery_files.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

constexpr int low_priority = 10;  // of this thread alone: what is seen and recorded goes first

}  // namespace

PackageDesk::PackageDesk() : thread_([this](const std::stop_token& stopping) { work(stopping); }) {}

PackageDesk::~PackageDesk() {
    thread_.request_stop();
    stop();
}

void PackageDesk::plan(PackageRequest request) {
    std::lock_guard guard(mutex_);
    wanted_ = std::move(request);
    state_.planning = true;
    asked_.notify_all();
}

void PackageDesk::write(fs::path to, bool zip) {
    std::lock_guard guard(mutex_);
    if (!state_.plan || state_.planning || state_.writing) return;
    order_ = Order{std::move(to), zip};
    stopped_ = false;
    state_.writing = true;
    state_.share = 0.0;
    state_.written.reset();
    state_.problem = {};
    asked_.notify_all();
}

void PackageDesk::stop() {
    std::lock_guard guard(mutex_);
    stopped_ = true;
    asked_.notify_all();
}

void PackageDesk::hold(bool held) {
    std::lock_guard guard(mutex_);
    if (state_.held == held) return;
    state_.held = held;
    asked_.notify_all();
}

PackageState PackageDesk::latest() const {
    std::lock_guard guard(mutex_);
    return state_;
}

bool PackageDesk::may_go_on(const std::stop_token& stopping) {
    std::unique_lock lock(mutex_);
    asked_.wait(lock, stopping, [this] { return !state_.held || stopped_; });
    return !stopped_ && !stopping.stop_requested();
}

void PackageDesk::work(const std::stop_token& stopping) {
    give_way(low_priority);
    while (true) {
        std::optional<PackageRequest> request;
        std::optional<Order> order;
        {
            std::unique_lock lock(mutex_);
            if (!asked_.wait(lock, stopping, [this] { return order_ || (wanted_ && !state_.held); })) return;
            if (stopping.stop_requested()) return;
            order = std::exchange(order_, std::nullopt);
            if (!order) {
                request = std::exchange(wanted_, std::nullopt);
                stopped_ = false;
            }
        }
        if (order) {
            write_it(*order, stopping);
        } else if (request) {
            make_plan(*std::move(request), stopping);
        }
    }
}

CheckedFile PackageDesk::check_photo(const fs::path& photo, const Preset& preset, const std::stop_token& stopping) {
    const FileStamp stamp = stamp_of(photo);
    const auto known = seen_.find(photo.string());
    if (known != seen_.end() && known->second.stamp == stamp) return known->second.checked;
    if (!may_go_on(stopping)) {
        CheckedFile unseen;
        unseen.error = Error{ErrorKind::EndOfStream, say("Checking was stopped before its end.")};
        return unseen;
    }
    if (!checker_) checker_ = std::make_unique<PhotoChecker>();
    return (seen_[photo.string()] = {stamp, checker_->check(photo, preset)}).checked;
}

void PackageDesk::make_plan(PackageRequest request, const std::stop_token& stopping) {
    if (seen_for_ != request.preset.id) seen_.clear();
    seen_for_ = request.preset.id;
    request.check_photo = [&](const fs::path& photo) { return check_photo(photo, request.preset, stopping); };
    std::shared_ptr<const PackageChoices> choices;
    std::shared_ptr<const PackagePlan> plan;
    Message problem;
    if (auto project = load_project(request.project.folder)) {
        request.project = *std::move(project);
        choices = std::make_shared<const PackageChoices>(package_choices(request));
        if (auto made = plan_package(request, local_today())) {
            plan = std::make_shared<const PackagePlan>(*std::move(made));
        } else {
            problem = made.error().message;
        }
    } else {
        problem = project.error().message;
    }
    std::lock_guard guard(mutex_);
    if (choices) state_.choices = std::move(choices);
    state_.planning = wanted_.has_value();
    if (state_.planning) return;  // a newer one: this is what nobody asks for any more
    state_.plan = std::move(plan);
    state_.problem = std::move(problem);
}

void PackageDesk::write_it(const Order& order, const std::stop_token& stopping) {
    std::shared_ptr<const PackagePlan> plan;
    {
        std::lock_guard guard(mutex_);
        plan = state_.plan;
    }
    PackageOptions options;
    options.to = order.to;
    options.zip = order.zip;
    options.forced = plan->verdict == VerdictStatus::Fail;
    options.may_go_on = [&] { return may_go_on(stopping); };
    options.on_progress = [this](double share) {
        std::lock_guard guard(mutex_);
        state_.share = share;
    };
    auto written = write_package(*plan, options);
    std::lock_guard guard(mutex_);
    state_.writing = false;
    if (written) {
        state_.written = std::make_shared<const WrittenPackage>(*std::move(written));
    } else if (written.error().kind == ErrorKind::EndOfStream) {
        state_.problem = say("Stopped: nothing was put together.");
    } else {
        state_.problem = written.error().message;
    }
}

}  // namespace changji
