#pragma once

#include <chrono>
#include <mutex>
#include <string>

namespace changji {

/// How far a long command has come, on standard error: a bar with the time left on a terminal, a line every tenth
/// elsewhere.
class Progress {
public:
    /// `what` is said before the bar: a file's name.
    explicit Progress(std::string what);
    ~Progress();  ///< leaves the cursor on a fresh line
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// 0..1; may be called often, by any thread.
    void show(double share);
    /// Takes the bar away, so that a line can be written; it comes back with the next show().
    void clear();

private:
    void draw(double share) const;

    std::mutex mutex_;
    const std::string what_;
    const bool terminal_;
    const std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point drawn_;
    int tenths_told_ = 0;
};

}  // namespace changji
