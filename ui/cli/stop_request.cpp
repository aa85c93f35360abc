#include "ui/cli/stop_request.hpp"

#include <csignal>

namespace changji {
namespace {

std::atomic<bool> asked = false;
static_assert(std::atomic<bool>::is_always_lock_free, "set by a signal's handler");

void ask_to_stop(int) { asked = true; }

}  // namespace

void watch_for_stop() {
    for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, ask_to_stop);
}

const std::atomic<bool>& stop_asked() { return asked; }

}  // namespace changji
