#include "ui/cli/progress.hpp"

#include <unistd.h>
#include <algorithm>
#include <cstdio>
#include <utility>

#include "ui/cli/command.hpp"
#include "ui/words.hpp"

namespace changji {
namespace {

constexpr int bar_cells = 30;
constexpr auto redraw_interval = std::chrono::milliseconds(100);

}  // namespace

Progress::Progress(std::string what) : what_(std::move(what)), terminal_(::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
    if (terminal_ && drawn_ != std::chrono::steady_clock::time_point()) std::fputc('\n', stderr);
}

void Progress::clear() {
    std::lock_guard lock(mutex_);
    if (!terminal_ || drawn_ == std::chrono::steady_clock::time_point()) return;
    std::fputs("\r\x1b[K", stderr);
    drawn_ = {};
}

void Progress::show(double share) {
    std::lock_guard lock(mutex_);
    share = std::clamp(share, 0.0, 1.0);
    const auto now = std::chrono::steady_clock::now();
    if (terminal_) {
        if (now - drawn_ < redraw_interval && share < 1.0) return;
        drawn_ = now;
        draw(share);
        return;
    }
    const int tenths = static_cast<int>(share * 10.0);
    if (tenths <= tenths_told_) return;
    tenths_told_ = tenths;
    print_notice(fill_fields(tr("{0}: {1} %"), {what_, std::to_string(tenths * 10)}));
}

void Progress::draw(double share) const {
    std::string bar;
    const int filled = static_cast<int>(share * bar_cells);
    for (int cell = 0; cell < bar_cells; ++cell) bar += cell < filled ? "█" : "·";
    const double spent_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count();
    const double left_s = share > 0.01 ? spent_s * (1.0 - share) / share : 0.0;
    const std::string line = fill_fields(
        tr("{0} {1} {2} %, {3} left"),
        {what_, bar, std::to_string(static_cast<int>(share * 100.0)), share > 0.01 ? clock_text(left_s) : "--:--"});
    std::fprintf(stderr, "\r%s\x1b[K", line.c_str());
    std::fflush(stderr);
}

}  // namespace changji
