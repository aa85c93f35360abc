#pragma once

namespace changji {

/// Keeps the screen on and the machine from falling asleep by itself while a take is recorded, and only then. Main
/// thread, after SDL's video was opened.
class SleepGuard {
public:
    /// The desktop's own habit as the program found it is what it goes back to.
    SleepGuard();
    ~SleepGuard() { keep_awake(false); }
    SleepGuard(const SleepGuard&) = delete;
    SleepGuard& operator=(const SleepGuard&) = delete;

    void keep_awake(bool recording);

private:
    bool awake_ = false;
};

}  // namespace changji
