#include "tests/fuzz/input_file.hpp"
#include "tests/fuzz/targets.hpp"
#include "ui/check/check_lines.hpp"
#include "ui/delivery/package_takes.hpp"
#include "ui/project/marks.hpp"
#include "ui/project/project.hpp"
#include "ui/project/stored_report.hpp"
#include "ui/review/html_report.hpp"
#include "ui/review/review.hpp"

namespace changji::fuzz {

void load_report(std::string_view bytes) {
    const InputFolder folder;
    folder.put("project.toml", bytes);
    if (auto project = load_project(folder.path())) {
        static_cast<void>(project->slate.spoken_guest());
        demand(save_project(*project));
        demand(load_project(folder.path()));
    }
    const TakeFiles files = take_files(folder.path() / "takes", 1);
    folder.put("takes/take-001.json", bytes);
    folder.put("takes/take-001.meters.csv", bytes);
    folder.put("takes/take-001.mp4", "picture");
    const StoredReport stored = read_report(files.report);
    demand((stored.state == ReportState::Whole) == stored.problem.empty());
    static_cast<void>(with_remarks_of(files.report, "{}"));
    static_cast<void>(stored_losses(files.report));
    demand(summarise_takes(folder.path() / "takes").size() == 1);
    for (const ReportedTake& take : reported_takes(folder.path() / "takes"))
        static_cast<void>(report_to_send(take.report, "name.mp4"));
    const std::string page = html_report(read_review(files), nullptr);
    demand(page.find("<script") == std::string::npos);
    demand(read_takes(folder.path() / "takes").size() == 1);
    static_cast<void>(read_journal(bytes));
    if (auto journal = CheckJournal::open(folder.put("journal.jsonl", bytes)))
        static_cast<void>(journal->find("a.mp4", FileStamp{1, 1}, "basis"));
}

}  // namespace changji::fuzz
