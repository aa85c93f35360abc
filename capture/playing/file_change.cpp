#include "capture/playing/file_change.hpp"

#include <sys/stat.h>

namespace changji {

FileChange change_of(const mp4::ByteFile& opened, const std::filesystem::path& name) {
    struct stat held = {}, named = {};
    if (::fstat(opened.descriptor(), &held) != 0) return FileChange::CutShort;
    if (held.st_size < opened.size_bytes()) return FileChange::CutShort;
    if (::stat(name.c_str(), &named) != 0) return FileChange::Gone;
    if (held.st_dev != named.st_dev || held.st_ino != named.st_ino) return FileChange::Replaced;
    return held.st_size > opened.size_bytes() ? FileChange::Grown : FileChange::None;
}

Message words_of(FileChange change, const std::filesystem::path& name) {
    const std::string file = name.filename().string();
    switch (change) {
        case FileChange::None: break;
        case FileChange::Grown:
            return say("\"{0}\" is still being written: it plays as far as it reached when it was opened.", file);
        case FileChange::CutShort:
            return say("\"{0}\" has become shorter while it was open: what is missing can't be played.", file);
        case FileChange::Replaced:
            return say("Another file has taken the place of \"{0}\": open it again to see that one.", file);
        case FileChange::Gone:
            return say("\"{0}\" was moved or deleted: it plays until it is closed, then it is gone.", file);
    }
    return {};
}

}  // namespace changji
