#include "ui/file_stamp.hpp"

#include <sys/stat.h>

namespace changji {

FileStamp stamp_of(const std::filesystem::path& file) { return mark_of(file).stamp; }

FileMark mark_of(const std::filesystem::path& file) {
    struct stat about = {};
    if (::stat(file.c_str(), &about) != 0 || !S_ISREG(about.st_mode)) return {};
    return {about.st_dev,
            about.st_ino,
            {about.st_size, std::int64_t{about.st_mtim.tv_sec} * 1'000'000'000 + about.st_mtim.tv_nsec}};
}

}  // namespace changji
