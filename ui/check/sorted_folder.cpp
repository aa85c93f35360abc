#include "ui/check/sorted_folder.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <system_error>

namespace changji {
namespace fs = std::filesystem;
namespace {

constexpr std::array<std::string_view, 3> good_names{"good", "pass", "合格"};
constexpr std::array<std::string_view, 3> bad_names{"bad", "fail", "不合格"};

/// One folder of a layout.
struct Pile {
    fs::path folder;
    bool good = false;
    std::optional<double> rating;
};

bool is_one_of(const std::array<std::string_view, 3>& names, std::string name) {
    for (char& letter : name) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<double> rating_in(const std::string& name) {
    double rating = 0.0;
    const auto [end, fault] = std::from_chars(name.data(), name.data() + name.size(), rating);
    if (fault != std::errc() || end != name.data() + name.size() || !std::isfinite(rating)) return std::nullopt;
    return rating;
}

bool is_passed_over(const fs::path& path) {
    const std::string name = path.filename().string();
    return name.starts_with('.') || name.ends_with(".evidence") || name.ends_with(".meters.csv") ||
           name.ends_with(".report.json");
}

Error unreadable(const fs::path& folder, const std::error_code& failure) {
    return {ErrorKind::Io, say("The folder {0} can't be read ({1}): check its name and its permissions.",
                               folder.string(), failure.message())};
}

Status add_files(const Pile& pile, std::vector<SortedFile>& files) {
    std::error_code failure;
    for (fs::recursive_directory_iterator entry(pile.folder, failure), end; !failure && entry != end;
         entry.increment(failure)) {
        if (is_passed_over(entry->path())) {
            entry.disable_recursion_pending();
            continue;
        }
        // A link that leads nowhere is kept: it is named as unreadable later. A pipe or device would be waited for.
        std::error_code ignored;
        if (!entry->is_directory(ignored) && !entry->is_other(ignored))
            files.push_back({entry->path(), pile.good, pile.rating});
    }
    if (failure) return unreadable(pile.folder, failure);
    return {};
}

/// The folders directly inside; loose files go to `unsorted`.
Result<std::vector<fs::path>> folders_in(const fs::path& folder, std::vector<fs::path>& unsorted) {
    std::error_code failure;
    std::vector<fs::path> folders;
    for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure)) {
        if (is_passed_over(entry->path())) continue;
        std::error_code ignored;
        (entry->is_directory(ignored) ? folders : unsorted).push_back(entry->path());
    }
    if (failure) return unreadable(folder, failure);
    std::sort(folders.begin(), folders.end());
    std::sort(unsorted.begin(), unsorted.end());
    return folders;
}

Result<std::vector<Pile>> piles_of(const fs::path& folder, const std::vector<fs::path>& inside) {
    std::vector<Pile> piles;
    for (const fs::path& path : inside) {
        const std::string name = path.filename().string();
        Pile pile{path, is_one_of(good_names, name), rating_in(name)};
        if (!pile.good && !pile.rating && !is_one_of(bad_names, name)) {
            return Error{ErrorKind::InvalidConfig,
                         say("{0} says neither good nor bad and is no rating: name the folders good and bad (合格 and "
                             "不合格, pass and fail), or by ratings such as 1 to 5, and move all others away.",
                             path.string())};
        }
        piles.push_back(std::move(pile));
    }
    const auto rated =
        std::count_if(piles.begin(), piles.end(), [](const Pile& pile) { return pile.rating.has_value(); });
    if (rated > 0 && rated < static_cast<std::ptrdiff_t>(piles.size())) {
        return Error{ErrorKind::InvalidConfig,
                     say("{0} holds both ratings and good or bad: sort in one way only.", folder.string())};
    }
    if (piles.empty()) {
        return Error{ErrorKind::InvalidConfig,
                     say("{0} holds no sorted files: make two folders in it, good and bad (合格 and 不合格, pass and "
                         "fail), or one for each rating, such as 1 to 5, and put pictures, clips or sounds into them.",
                         folder.string())};
    }
    return piles;
}

/// Says which ratings are good; returns from where on.
double split_ratings(std::vector<Pile>& piles, std::optional<double> good_from) {
    const auto lower = [](const Pile& a, const Pile& b) { return *a.rating < *b.rating; };
    const auto [lowest, highest] = std::minmax_element(piles.begin(), piles.end(), lower);
    const double middle = (*lowest->rating + *highest->rating) / 2.0;
    double from = *highest->rating;
    for (Pile& pile : piles) {
        pile.good = good_from ? *pile.rating >= *good_from : *pile.rating > middle;
        if (pile.good) from = std::min(from, *pile.rating);
    }
    return good_from.value_or(from);
}

}  // namespace

Result<SortedFolder> read_sorted_folder(const fs::path& folder, std::optional<double> good_from) {
    SortedFolder sorted;
    const auto inside = folders_in(folder, sorted.unsorted);
    if (!inside) return inside.error();
    auto piles = piles_of(folder, *inside);
    if (!piles) return piles.error();
    if (piles->front().rating) {
        sorted.good_from = split_ratings(*piles, good_from);
    } else if (good_from) {
        return Error{ErrorKind::InvalidConfig,
                     say("--good-from is for rated folders, but {0} is sorted into good and bad: leave it out.",
                         folder.string())};
    }
    for (const Pile& pile : *piles) {
        if (auto added = add_files(pile, sorted.files); !added) return added.error();
    }
    std::sort(sorted.files.begin(), sorted.files.end(),
              [](const SortedFile& a, const SortedFile& b) { return a.file < b.file; });
    const auto good =
        std::count_if(sorted.files.begin(), sorted.files.end(), [](const SortedFile& f) { return f.good; });
    const auto bad = static_cast<std::ptrdiff_t>(sorted.files.size()) - good;
    if (good == 0 || bad == 0) {
        return Error{ErrorKind::InvalidConfig,
                     say("{0} holds {1} good and {2} bad files: a limit needs both kinds to stand between.",
                         folder.string(), std::to_string(good), std::to_string(bad))};
    }
    return sorted;
}

}  // namespace changji
