#include "ui/check/file_list.hpp"

#include <glob.h>
#include <algorithm>
#include <set>

namespace changji {
namespace {

namespace fs = std::filesystem;

/// The path without links; as it was given where it doesn't lead anywhere.
fs::path true_path(const fs::path& path) {
    std::error_code failure;
    const fs::path found = fs::canonical(path, failure);
    return failure ? fs::absolute(path, failure) : found;
}

bool lies_below(const fs::path& path, const fs::path& folder) {
    const auto [in_folder, rest] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
    return in_folder == folder.end();
}

std::vector<std::string> expand(const std::string& name) {
    std::error_code failure;
    const bool pattern = name.find_first_of("*?[") != std::string::npos;
    if (!pattern || fs::exists(fs::symlink_status(name, failure))) return {name};
    ::glob_t found{};
    std::vector<std::string> names;
    if (::glob(name.c_str(), GLOB_TILDE, nullptr, &found) == 0)
        names.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
    ::globfree(&found);
    return names.empty() ? std::vector{name} : names;
}

class Lister {
public:
    explicit Lister(const ListOptions& options) : options_(options) {
        for (const fs::path& folder : options.except) entered_.insert(true_path(folder));
    }

    void add(const fs::path& named) {
        std::error_code failure;
        if (!fs::is_directory(named, failure)) return add_file(named, named.filename());
        root_ = true_path(named);
        top_ = named;
        enter(named);
    }
    [[nodiscard]] FileList take() { return std::move(list_); }

private:
    void add_file(const fs::path& path, const fs::path& below) {
        if (files_.insert(true_path(path)).second) list_.files.push_back({path, below});
    }

    void enter(const fs::path& folder) {
        if (!entered_.insert(true_path(folder)).second) return;
        std::error_code failure;
        std::vector<fs::path> inside;
        for (auto entry = fs::directory_iterator(folder, failure); !failure && entry != fs::directory_iterator();
             entry.increment(failure)) {
            inside.push_back(entry->path());
        }
        if (failure) list_.left_out.emplace_back(folder, say("This folder can't be read: {0}.", failure.message()));
        std::ranges::sort(inside);
        for (const fs::path& path : inside) look_at(path);
    }

    void look_at(const fs::path& path) {
        std::error_code failure;
        if (fs::is_symlink(path, failure) && !may_follow(path)) return;
        if (fs::is_directory(path, failure)) return enter(path);
        if (options_.wanted && !options_.wanted(path)) return;
        add_file(path, path.lexically_relative(top_));
    }

    bool may_follow(const fs::path& link) {
        const fs::path target = true_path(link);
        std::error_code failure;
        const bool somewhere = fs::exists(target, failure);
        if (somewhere && lies_below(target, root_)) return false;
        if (somewhere && options_.links == Links::Follow) return true;
        const bool matters =
            !somewhere || fs::is_directory(target, failure) || !options_.wanted || options_.wanted(link);
        if (!matters) return false;
        list_.left_out.emplace_back(
            link, somewhere
                      ? say("A link out of the folder, to {0}: name it or give --follow-links to have it checked.",
                            target.string())
                      : say("A link that leads nowhere."));
        return false;
    }

    const ListOptions& options_;
    fs::path root_, top_;
    std::set<fs::path> entered_, files_;
    FileList list_;
};

}  // namespace

FileList list_files(const std::vector<std::string>& names, const ListOptions& options) {
    Lister lister(options);
    for (const std::string& name : names) {
        for (const std::string& each : expand(name)) lister.add(each);
    }
    return lister.take();
}

}  // namespace changji
