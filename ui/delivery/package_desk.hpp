#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "ui/check/check_lines.hpp"
#include "ui/check/delivery_files.hpp"
#include "ui/delivery/package.hpp"
#include "ui/delivery/package_writer.hpp"

namespace changji {

/// How far a package is, as a screen shows it: a plain value, cheap to copy.
struct PackageState {
    std::shared_ptr<const PackageChoices> choices;  ///< null until the first look
    std::shared_ptr<const PackagePlan> plan;        ///< of the newest request; null: none yet, or `problem` says why
    bool planning = false;                          ///< the plan is about to be made anew
    bool writing = false;
    double share = 0.0;                             ///< 0..1 of what is being written
    bool held = false;                              ///< it waits: a take is being recorded
    std::shared_ptr<const WrittenPackage> written;  ///< the last one, until the next is begun
    Message problem;                                ///< why there is no plan, or no package; empty otherwise
};

/// Checks and puts a package together for a screen that may not wait: on a thread of its own, at low priority, and
/// never while a take needs the machine. All members may be called from any thread and return at once.
class PackageDesk {
public:
    PackageDesk();
    /// What is being written is broken off, and nothing of it stays.
    ~PackageDesk();
    PackageDesk(const PackageDesk&) = delete;
    PackageDesk& operator=(const PackageDesk&) = delete;

    /// Looks at what there is and checks it; the newest request wins. Photos that haven't changed aren't looked at
    /// again. The project's own file is read for its slate.
    void plan(PackageRequest request);
    /// Puts the plan together as it is now; nothing happens without one, while it is being made, or while one is
    /// written. What the plan fails is sent in all the same: who calls has asked.
    void write(std::filesystem::path to, bool zip);
    /// Breaks the writing off.
    void stop();
    /// While held nothing is read, checked or copied: a take is being recorded.
    void hold(bool held);

    [[nodiscard]] PackageState latest() const;

private:
    struct Order {
        std::filesystem::path to;
        bool zip = false;
    };
    void work(const std::stop_token& stopping);
    void make_plan(PackageRequest request, const std::stop_token& stopping);
    void write_it(const Order& order, const std::stop_token& stopping);
    /// Waits while held; false when it is to be broken off.
    [[nodiscard]] bool may_go_on(const std::stop_token& stopping);
    [[nodiscard]] CheckedFile check_photo(const std::filesystem::path& photo, const Preset& preset,
                                          const std::stop_token& stopping);

    struct SeenPhoto {
        FileStamp stamp;
        CheckedFile checked;
    };
    std::map<std::string, SeenPhoto> seen_;  ///< the worker's own, as are the next two
    std::string seen_for_;                   ///< the preset
    std::unique_ptr<PhotoChecker> checker_;  ///< once it is needed

    mutable std::mutex mutex_;  ///< guards what follows
    std::condition_variable_any asked_;
    std::optional<PackageRequest> wanted_;
    std::optional<Order> order_;
    bool stopped_ = false;
    PackageState state_;
    std::jthread thread_;  ///< last: ends before what it uses
};

}  // namespace changji
