#include "ui/review/review_desk.hpp"

#include <algorithm>
#include <chrono>

#include "ui/review/html_report.hpp"
#include "ui/trash.hpp"

namespace changji {
namespace fs = std::filesystem;
namespace {

using namespace std::chrono_literals;
constexpr auto look_again_after = 500ms;

fs::path takes_folder_of(const fs::path& project) { return project / "takes"; }

/// Everything that makes a take look different in a list.
std::vector<FileMark> marks_of(const TakeFiles& files) {
    FileMark part = mark_of(files.part);
    part.stamp = {};  // a recording elsewhere grows all the time
    return {mark_of(files.video), part, mark_of(files.report)};
}

/// Its meters besides, which grow while it is recorded but not while somebody reviews it.
std::vector<FileMark> all_marks_of(const TakeFiles& files) {
    std::vector<FileMark> marks = marks_of(files);
    marks.push_back(mark_of(files.meters));
    return marks;
}

int number_of(const ListedTake& take) { return take.files.number; }

}  // namespace

/// What the thread read last, so that only what changed is read again.
struct ReviewDesk::Seen {
    ReviewWish wish;
    std::vector<std::pair<int, std::vector<FileMark>>> list;
    std::vector<FileMark> shown, other;
};

ReviewDesk::ReviewDesk(std::vector<Preset> presets)
    : presets_(std::move(presets)), thread_([this](const std::stop_token& stopping) { work(stopping); }) {}

ReviewDesk::~ReviewDesk() { thread_.request_stop(); }

void ReviewDesk::look_at(std::optional<ReviewWish> wish) {
    std::lock_guard guard(mutex_);
    if (wish == wish_) return;
    if (!wish) latest_.reset();  // whoever looks again wants to see what is there then
    wish_ = std::move(wish);
    hurry_ = true;
    asked_.notify_all();
}

void ReviewDesk::ask(ReviewTask task) {
    std::lock_guard guard(mutex_);
    tasks_.push_back(std::move(task));
    hurry_ = true;
    asked_.notify_all();
}

std::shared_ptr<const ReviewContent> ReviewDesk::latest() const {
    std::lock_guard guard(mutex_);
    return latest_;
}

std::vector<DeskNotice> ReviewDesk::take_notices() {
    std::lock_guard guard(mutex_);
    return std::exchange(notices_, {});
}

int ReviewDesk::changes() const {
    std::lock_guard guard(mutex_);
    return changes_;
}

const Preset* ReviewDesk::preset_of(const std::string& id) const {
    const auto found = std::ranges::find(presets_, id, &Preset::id);
    return found == presets_.end() ? nullptr : &*found;
}

/// Tasks are done to the last, even when the program ends: somebody asked for them.
void ReviewDesk::work(const std::stop_token& stopping) {
    Seen seen;
    for (;;) {
        std::optional<ReviewTask> task;
        std::optional<ReviewWish> wish;
        {
            std::unique_lock lock(mutex_);
            const auto wanted = [this] { return hurry_ || !tasks_.empty(); };
            if (wish_) {
                asked_.wait_for(lock, stopping, look_again_after, wanted);
            } else {
                asked_.wait(lock, stopping, wanted);
            }
            if (tasks_.empty() && stopping.stop_requested()) return;
            hurry_ = false;
            if (!tasks_.empty()) {
                task = std::move(tasks_.front());
                tasks_.pop_front();
            }
            wish = wish_;
        }
        if (task) {
            auto done = perform(*task);
            std::lock_guard guard(mutex_);
            const bool is_done = done.has_value();
            Message words = is_done ? *std::move(done) : done.error().message;
            if (!words.empty()) notices_.push_back({std::move(words), is_done});
            ++changes_;
            continue;
        }
        if (wish) {
            read(*wish, seen);
        } else {
            seen = {};
        }
    }
}

void ReviewDesk::read(const ReviewWish& wish, Seen& seen) {
    const auto before = latest();
    Seen now{wish, {}, {}, {}};
    const std::vector<TakeFiles> all = list_takes(takes_folder_of(wish.project));
    for (const TakeFiles& files : all) now.list.emplace_back(files.number, marks_of(files));

    auto content = std::make_shared<ReviewContent>();
    content->wish = wish;
    const bool same_list = before && before->wish.project == wish.project && seen.list == now.list;
    content->takes = same_list ? before->takes : read_takes(takes_folder_of(wish.project));
    const auto& takes = content->takes;
    const auto take_at = [&](int number) { return std::ranges::find(takes, number, number_of); };

    auto first = wish.take == 0 && !takes.empty() ? takes.end() - 1 : take_at(wish.take);
    const Preset* const preset = first == takes.end() ? nullptr : preset_of(first->stored.report.preset);
    if (preset) content->best = suggest_take(takes, *preset);
    auto second = take_at(wish.other);
    if (wish.other == 0 && first != takes.end() && takes.size() > 1) {
        second = content->best && takes[content->best->take].files.number != first->files.number
                     ? takes.begin() + static_cast<std::ptrdiff_t>(content->best->take)
                     : (first == takes.begin() ? first + 1 : first - 1);
    }
    const auto material = [&](auto take, std::vector<FileMark>& marks, const std::vector<FileMark>& marks_before,
                              const std::shared_ptr<const ReviewMaterial>& loaded) {
        if (take == takes.end()) return std::shared_ptr<const ReviewMaterial>();
        marks = all_marks_of(take->files);
        const bool same =
            loaded && !loaded->in_work && loaded->files.video == take->files.video && marks == marks_before;
        return same ? loaded : std::make_shared<const ReviewMaterial>(load_material(take->files));
    };
    content->shown = material(first, now.shown, seen.shown, before ? before->shown : nullptr);
    content->other = material(second, now.other, seen.other, before ? before->other : nullptr);
    const bool same =
        before && seen.wish == wish && same_list && before->shown == content->shown && before->other == content->other;
    seen = std::move(now);
    if (same) return;

    TakeFilter filter;
    filter.search = wish.search;
    const auto found = filtered(takes, filter);
    content->totals = totals_of(found);
    for (std::size_t at = 0; at < takes.size(); ++at) {
        if (std::ranges::find(found, number_of(takes[at]), number_of) != found.end()) content->matching.push_back(at);
    }
    if (preset && second != takes.end() && second != first) {
        content->compared = compare(compared(*first), compared(*second), *preset);
        content->better = suggest_take({*first, *second}, *preset);
    }
    std::lock_guard guard(mutex_);
    if (wish_) latest_ = std::move(content);
}

Result<Message> ReviewDesk::perform(const ReviewTask& task) const {
    const TakeFiles files = take_files(takes_folder_of(task.project), task.take);
    const std::string number = std::to_string(task.take);
    if (const auto* edit = std::get_if<ReportEdit>(&task.what)) {
        if (Status edited = edit_report(files, *edit); !edited) return edited.error();
        return Message();
    }
    if (const auto* edit = std::get_if<CrewEdit>(&task.what)) {
        const Preset* const preset = preset_of(read_report(files.report).report.preset);
        if (!preset) {
            return Error{ErrorKind::InvalidConfig,
                         say("The preset that take {0} was judged by is not there: nothing was changed.", number)};
        }
        if (Status edited = edit_crew_part(files, *edit, *preset); !edited) return edited.error();
        return Message();
    }
    if (std::holds_alternative<DeleteTake>(task.what)) {
        if (Status gone = trash_take(files); !gone) return gone.error();
        return say("Take {0} is in the trash now; it can be put back from there.", number);
    }
    if (std::holds_alternative<ExportLog>(task.what)) {
        const fs::path file = task.project / "take-log.csv";
        const std::string csv = takes_csv(read_takes(takes_folder_of(task.project)));
        if (Status written = write_file_atomically(file, csv); !written) return written.error();
        return say("The take log is in {0}.", file.string());
    }
    const ReviewedTake take = read_review(files);
    if (take.stored.state != ReportState::Whole) return Error{ErrorKind::InvalidConfig, take.stored.problem};
    fs::path file = files.report;
    file.replace_extension(".html");
    const std::string page = html_report(take, preset_of(take.stored.report.preset));
    if (Status written = write_file_atomically(file, page); !written) return written.error();
    return say("The report to print is in {0}.", file.string());
}

}  // namespace changji
