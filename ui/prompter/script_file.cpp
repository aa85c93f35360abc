#include "ui/prompter/script_file.hpp"

#include <algorithm>
#include <cctype>
#include <ctime>
#include <fstream>
#include <functional>

#include "analysis/papers/document_text.hpp"
#include "analysis/papers/text_decoding.hpp"
#include "capture/takes.hpp"
#include "ui/file_content.hpp"

namespace changji {
namespace fs = std::filesystem;
namespace {

constexpr std::uintmax_t largest_bytes = 1'000'000;

Error not_text(const fs::path& file) {
    return {ErrorKind::InvalidConfig, say("{0} is not a text file that can be read: save the script as .docx or as "
                                          "plain text (UTF-8), not longer than 1 MB.",
                                          file.string())};
}

/// Whether it is to be read as a document, not as a text: by its name, and by what it begins with.
bool is_document(const fs::path& file, std::string_view begin) {
    std::string ending = file.extension().string();
    std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return std::tolower(c); });
    const bool named = ending == ".docx" || ending == ".doc" || ending == ".odt" || ending == ".pdf";
    return named || begin.starts_with("PK\x03\x04") || begin.starts_with("%PDF-");
}

Result<std::string> document_text(const fs::path& file) {
    auto document = read_document(content_of(file).value_or(""), file.filename().string());
    if (!document) return document.error();
    if (document->body.size() > largest_bytes) return not_text(file);
    return std::move(document->body);
}

std::string version_name() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    char name[64] = {};
    std::strftime(name, sizeof name, "script-%Y%m%d-%H%M%S", &local);
    return name;
}

}  // namespace

Result<std::string> read_script_file(const fs::path& file) {
    std::error_code failure;
    const auto bytes = fs::file_size(file, failure);
    std::ifstream stream(file, std::ios::binary);
    if (failure || !stream) {
        return Error{ErrorKind::Io,
                     say("The script {0} can't be read: check its name and permissions.", file.string())};
    }
    std::string begin(8, '\0');
    stream.read(begin.data(), static_cast<std::streamsize>(begin.size()));
    if (is_document(file, begin) && bytes <= largest_document_bytes) return document_text(file);
    if (bytes > largest_bytes) return not_text(file);
    auto text = decode_text(content_of(file).value_or(""));
    if (!text) return not_text(file);
    std::erase(text->utf8, '\r');
    return std::move(text->utf8);
}

std::vector<fs::path> script_versions(const fs::path& project_folder) {
    std::vector<fs::path> versions;
    std::error_code failure;
    for (auto entry = fs::directory_iterator(project_folder / "scripts", failure);
         !failure && entry != fs::directory_iterator(); entry.increment(failure)) {
        const std::string name = entry->path().filename().string();
        if (name.starts_with("script-") && name.ends_with(".txt")) versions.push_back(entry->path());
    }
    // A second version of the same second has a number behind it.
    std::ranges::sort(versions, std::ranges::greater{}, [](const fs::path& file) { return file.stem(); });
    return versions;
}

Result<fs::path> keep_script_version(const fs::path& project_folder, std::string_view text) {
    const auto versions = script_versions(project_folder);
    if (!versions.empty() && content_of(versions.front()) == text) return versions.front();
    const fs::path folder = project_folder / "scripts";
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure) {
        return Error{ErrorKind::Io, say("The folder {0} can't be made ({1}): choose a folder you may write to.",
                                        folder.string(), failure.message())};
    }
    const std::string name = version_name();
    fs::path file = folder / (name + ".txt");
    for (int more = 2; fs::exists(file, failure); ++more) file = folder / (name + "-" + std::to_string(more) + ".txt");
    if (auto written = write_file_atomically(file, text); !written) return written.error();
    return file;
}

}  // namespace changji
