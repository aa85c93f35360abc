#include "ui/check/check_run.hpp"

#include <algorithm>
#include <fstream>
#include <mutex>
#include <thread>
#include <utility>

#include "capture/excerpt.hpp"
#include "capture/small_jpeg.hpp"
#include "ui/check/ordered_work.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

/// A 1080p file under all meters takes some 350 MB with its queue of pictures, a 4K one a good 1 GB.
constexpr std::int64_t memory_a_file = 700'000'000;
constexpr int still_width_px = 240;

std::int64_t available_memory() {
    std::ifstream stream("/proc/meminfo");
    std::string key, rest;
    for (std::int64_t kilobytes = 0; stream >> key >> kilobytes; std::getline(stream, rest)) {
        if (key == "MemAvailable:") return kilobytes * 1024;
    }
    return 2 * memory_a_file;
}

unsigned jobs_for(std::size_t files, const CheckRunOptions& options) {
    unsigned jobs = options.jobs;
    if (jobs == 0) {
        jobs = std::max(1U, std::thread::hardware_concurrency());
        if (options.depth == CheckDepth::Full)
            jobs = std::min(
                jobs, static_cast<unsigned>(std::clamp<std::int64_t>(available_memory() / memory_a_file, 1, 1024)));
    }
    return static_cast<unsigned>(std::clamp<std::size_t>(files, 1, jobs));
}

/// How far all files together are, by their sizes.
class SharedProgress {
public:
    SharedProgress(const std::vector<ListedFile>& files, const std::function<void(double)>& tell) : tell_(tell) {
        for (const ListedFile& file : files) {
            weights_.push_back(static_cast<double>(std::max<std::int64_t>(stamp_of(file.path).size_bytes, 100'000)));
            total_ += weights_.back();
        }
        shares_.resize(files.size());
    }
    void show(std::size_t file, double share) {
        std::lock_guard lock(mutex_);
        if (share < shares_[file]) return;
        done_ += weights_[file] * (share - shares_[file]);
        shares_[file] = share;
        if (tell_) tell_(done_ / total_);
    }

private:
    const std::function<void(double)>& tell_;
    std::mutex mutex_;
    std::vector<double> weights_, shares_;
    double total_ = 0.0, done_ = 0.0;
};

std::string still_of(const fs::path& file, const CheckedFile* checked) {
    auto excerpts = open_excerpts(file);
    if (!excerpts) return {};
    const Nanoseconds length = checked && checked->media ? checked->media->duration : std::chrono::seconds(3);
    auto frame = (*excerpts)->frame_at(length / 3);
    if (!frame) frame = (*excerpts)->frame_at(Nanoseconds{0});
    if (!frame) return {};
    auto jpeg = small_jpeg(*frame, still_width_px);
    return jpeg ? *std::move(jpeg) : std::string();
}

class Run {
public:
    Run(const std::vector<ListedFile>& files, const Preset& preset, const CheckRunOptions& options,
        const CheckRunSinks& sinks)
        : files_(files),
          preset_(preset),
          options_(options),
          sinks_(sinks),
          jobs_(jobs_for(files.size(), options)),
          basis_(basis()),
          progress_(files, sinks.on_progress) {}

    Status run() {
        OrderedWork<CheckedLine> steps;
        steps.work = [this](std::size_t number) { return check(number); };
        steps.on_done = [this](CheckedLine& done) {
            if (options_.journal && !done.resumed && trouble_) trouble_ = options_.journal->append(done.line);
            if (sinks_.on_done) sinks_.on_done(done);
        };
        steps.in_order = [this](CheckedLine done) {
            if (sinks_.in_order) sinks_.in_order(done);
        };
        do_in_order(files_.size(), jobs_, steps);
        return trouble_;
    }

private:
    [[nodiscard]] bool is_stopped() const { return options_.cancelled && *options_.cancelled; }

    [[nodiscard]] std::string basis() const {
        std::string text = options_.basis_more;
        text += options_.depth == CheckDepth::Full ? " full" : " container";
        if (!options_.person_model.empty()) text += " person-model=" + options_.person_model.string();
        if (!options_.fix_folder.empty()) {
            text += options_.may_encode == MayEncode::Yes ? " encode-to=" : " copy-to=";
            text += options_.fix_folder.string();
        }
        return text;
    }

    [[nodiscard]] std::optional<CheckedLine> check(std::size_t number) {
        if (is_stopped()) return std::nullopt;
        const fs::path& file = files_[number].path;
        const FileStamp stamp = stamp_of(file);
        CheckedLine done;
        if (options_.journal) {
            if (auto line = options_.journal->find(file.string(), stamp, basis_)) {
                done.line = *std::move(line);
                done.resumed = true;
            }
        }
        if (done.resumed) {
            if (options_.stills) done.still_jpeg = still_of(file, nullptr);
            progress_.show(number, 1.0);
            return done;
        }
        FileCheckOptions checking;
        checking.depth = options_.depth;
        checking.person_model = options_.person_model;
        checking.cancelled = options_.cancelled;
        checking.decoder_threads = jobs_ == 1 ? 0 : 1;
        checking.on_progress = [&](double share) { progress_.show(number, 0.99 * share); };
        const FileCheck found = check_file(file, preset_, checking);
        if (found.stopped) return std::nullopt;
        std::optional<RepairOutcome> repaired;
        if (!options_.fix_folder.empty() && found.checked.media && is_repairable(found.repair, options_.may_encode)) {
            checking.on_progress = nullptr;
            repaired = repair(files_[number], found, checking);
        }
        if (options_.stills) done.still_jpeg = still_of(file, &found.checked);
        done.line = check_line(found, preset_, stamp, basis_, repaired);
        progress_.show(number, 1.0);
        return done;
    }

    [[nodiscard]] RepairOutcome repair(const ListedFile& file, const FileCheck& found,
                                       const FileCheckOptions& checking) {
        RepairOutcome outcome;
        outcome.file = options_.fix_folder / file.below;
        outcome.file.replace_extension(".mp4");
        std::error_code failure;
        fs::create_directories(outcome.file.parent_path(), failure);
        if (failure) {
            outcome.problem = say("The folder {0} can't be made ({1}): choose a folder you may write to.",
                                  outcome.file.parent_path().string(), failure.message());
            return outcome;
        }
        outcome.encoded = options_.may_encode == MayEncode::Yes && found.repair.has(RepairBy::Encoding);
        const Status done =
            repair_file(file.path, outcome.file, *found.checked.media, found.repair, options_.may_encode, preset_.file);
        if (!done) {
            outcome.problem = done.error().message;
            return outcome;
        }
        FileCheck again = check_file(outcome.file, preset_, checking);
        if (!again.stopped) outcome.after = std::move(again.checked);
        return outcome;
    }

    const std::vector<ListedFile>& files_;
    const Preset& preset_;
    const CheckRunOptions& options_;
    const CheckRunSinks& sinks_;
    const unsigned jobs_;
    const std::string basis_;
    SharedProgress progress_;
    Status trouble_;
};

}  // namespace

Status run_checks(const std::vector<ListedFile>& files, const Preset& preset, const CheckRunOptions& options,
                  const CheckRunSinks& sinks) {
    return Run(files, preset, options, sinks).run();
}

}  // namespace changji
