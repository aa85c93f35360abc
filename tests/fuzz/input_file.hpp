#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <unistd.h>

namespace changji::fuzz {

/// A bug of ours: found whatever the build's assertions are.
template <typename Condition>
void demand(const Condition& holds) {
    if (!static_cast<bool>(holds)) std::abort();
}

/// A folder of this process that is emptied for each input.
class InputFolder {
public:
    InputFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "changji-fuzz-XXXXXX").string();
        demand(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~InputFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    InputFolder(const InputFolder&) = delete;
    InputFolder& operator=(const InputFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    std::filesystem::path put(const std::string& name, std::string_view bytes) const {
        const std::filesystem::path file = path_ / name;
        std::filesystem::create_directories(file.parent_path());
        const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        demand(descriptor >= 0);
        demand(::write(descriptor, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
        ::close(descriptor);
        return file;
    }

private:
    std::filesystem::path path_;
};

}  // namespace changji::fuzz
