#pragma once

#include <sys/resource.h>

namespace changji {

/// The calling thread, and the threads it starts, give way to others: 0 as usual, 19 only when nobody else has work.
inline void give_way(int niceness) { ::setpriority(PRIO_PROCESS, 0, niceness); }

}  // namespace changji
