#pragma once

namespace changji {

/// In debug builds ends the program when OpenGL has noted an error since the last call, naming the block of calls: an
/// error there is a bug of ours. Does nothing in others, where asking would make the driver wait.
void check_gl(const char* block);

}  // namespace changji
