#pragma once

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "analysis/compare.hpp"
#include "ui/review/review_material.hpp"
#include "ui/review/take_list.hpp"

namespace changji {

/// Which takes somebody looks at.
struct ReviewWish {
    std::filesystem::path project;
    int take = 0;   ///< 0: the last one
    int other = 0;  ///< to compare with; 0: the best of the others
    std::string search;

    friend bool operator==(const ReviewWish&, const ReviewWish&) = default;
};

/// What the review, the comparison and the take log show. Never changes after it is made.
struct ReviewContent {
    ReviewWish wish;
    std::vector<ListedTake> takes;                       ///< in order of number
    std::vector<std::size_t> matching;                   ///< of them, those that the search finds
    TakeTotals totals;                                   ///< of these
    std::optional<Suggestion> best;                      ///< index into `takes`
    std::shared_ptr<const ReviewMaterial> shown, other;  ///< may be null
    std::vector<ComparedCheck> compared;                 ///< of the two
    std::optional<Suggestion> better;                    ///< of the two: 0 is `shown`
};

struct DeleteTake {};
struct ExportLog {};
struct ExportReport {};
/// What is to be done with a take's files.
struct ReviewTask {
    std::filesystem::path project;
    int take = 0;
    std::variant<ReportEdit, CrewEdit, DeleteTake, ExportLog, ExportReport> what;
};

/// What became of a task.
struct DeskNotice {
    Message words;
    bool done = false;  ///< else it was refused
};

/// Reads takes and changes them for a screen that may not wait: on a thread of its own, at most twice a second what
/// changed on the disk, and only while somebody looks. Called by one thread.
class ReviewDesk {
public:
    /// Clauses and limits come from the preset that a take was judged by, where it is among these.
    explicit ReviewDesk(std::vector<Preset> presets);
    ~ReviewDesk();

    /// What is to be read from now on; none: nobody looks. Returns at once.
    void look_at(std::optional<ReviewWish> wish);
    /// Done in order, even when nobody looks any more. Returns at once.
    void ask(ReviewTask task);
    /// Null until the first wish is read.
    [[nodiscard]] std::shared_ptr<const ReviewContent> latest() const;
    /// What became of the tasks since the last call: where something was written, why something was refused.
    [[nodiscard]] std::vector<DeskNotice> take_notices();
    /// Counts up with each change to a take's report or files that was made here.
    [[nodiscard]] int changes() const;

private:
    struct Seen;
    void work(const std::stop_token& stopping);
    void read(const ReviewWish& wish, Seen& seen);
    [[nodiscard]] Result<Message> perform(const ReviewTask& task) const;
    [[nodiscard]] const Preset* preset_of(const std::string& id) const;

    const std::vector<Preset> presets_;
    mutable std::mutex mutex_;  ///< guards what follows
    std::condition_variable_any asked_;
    std::optional<ReviewWish> wish_;
    std::deque<ReviewTask> tasks_;
    std::shared_ptr<const ReviewContent> latest_;
    std::vector<DeskNotice> notices_;
    int changes_ = 0;
    bool hurry_ = false;   ///< the wish is new, or something was changed
    std::jthread thread_;  ///< last: ends before what it uses
};

}  // namespace changji
