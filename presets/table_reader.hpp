#pragma once

#include "presets/preset.hpp"

#include <chrono>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <toml++/toml.h>

namespace changji {

/// What reading one file has brought up so far; shared by the readers of all its tables.
struct ReadingNotes {
    struct Reference {
        std::string clause;
        int line = 0;
        std::string key;
    };
    std::string file;
    std::vector<PresetFault> faults;
    std::vector<Reference> references;        ///< clause ids used, checked once all clauses are known
    std::map<std::string, int> unique_lines;  ///< "meter.measure=light.contrast" → line it was first seen on
};

enum class Need { Required, Optional };

/// How a string has to look, with an example for the person who wrote it differently.
struct TextForm {
    bool (*fits)(std::string_view);
    std::string_view example;
};

/// Reads one table key by key. Each member reads one key into `into`; what is wrong with the key becomes a
/// fault and leaves `into` as it was. Keys that were never asked for are unknown keys. Internal to presets/.
class TableReader {
public:
    TableReader(const toml::table& table, std::string path, ReadingNotes& notes)
        : table_(table), path_(std::move(path)), notes_(notes) {}

    void text(std::string_view key, std::string& into, Need need = Need::Required);
    void text(std::string_view key, std::string& into, const TextForm& form);
    void texts(std::string_view key, std::vector<std::string>& into, const TextForm& form, Need need = Need::Required);
    void whole(std::string_view key, int& into, int least, int most, Need need = Need::Required);
    void whole(std::string_view key, int& into, std::initializer_list<int> allowed);
    void real(std::string_view key, std::optional<double>& into);
    void flag(std::string_view key, bool& into);
    void date(std::string_view key, std::chrono::year_month_day& into);
    void time(std::string_view key, std::chrono::milliseconds& into);
    void times(std::string_view key, std::vector<std::chrono::milliseconds>& into);
    /// The id of a clause that some [[clause]] has to define.
    void clause(std::string_view key, std::string& into);

    template <typename Enum, std::size_t count>
    void choice(std::string_view key, Enum& into, const std::pair<std::string_view, Enum> (&names)[count]);
    template <typename T>
    void table(std::string_view key, T& into, void (*read)(TableReader&, T&));
    template <typename T>
    void table(std::string_view key, std::optional<T>& into, void (*read)(TableReader&, T&));
    template <typename T>
    void each(std::string_view key, std::vector<T>& into, void (*read)(TableReader&, T&), Need need);

    /// The value of `key`, read before, must not occur twice in tables of this name.
    void unique(std::string_view key);
    /// Faults that only several keys together show.
    void missing(std::string_view key) { note(FaultKind::MissingKey, key, {}); }
    void refuse(std::string_view key, std::string allowed) { note(FaultKind::BadValue, key, std::move(allowed)); }
    /// Every key that was not asked for becomes a fault.
    void finish();

private:
    struct Child {
        const toml::table* table;
        std::string path;
    };
    const toml::node* find(std::string_view key, Need need);
    template <typename Value>
    const Value* value(std::string_view key, Need need, std::string_view expected);
    std::vector<const std::string*> strings(std::string_view key, Need need);
    std::optional<Child> child(std::string_view key, Need need);
    std::vector<Child> children(std::string_view key, Need need);
    [[nodiscard]] std::string dotted(std::string_view key) const;
    [[nodiscard]] int line_of(std::string_view key) const;
    void note(FaultKind kind, std::string_view key, std::string detail);

    const toml::table& table_;
    std::string path_;
    ReadingNotes& notes_;
    std::vector<std::string> asked_;
};

template <typename Enum, std::size_t count>
void TableReader::choice(std::string_view key, Enum& into, const std::pair<std::string_view, Enum> (&names)[count]) {
    std::string word, allowed;
    text(key, word);
    if (word.empty()) return;
    for (const auto& [name, meaning] : names) {
        if (name == word) return void(into = meaning);
        allowed += (allowed.empty() ? "" : " | ") + std::string(name);
    }
    refuse(key, allowed);
}

template <typename T>
void TableReader::table(std::string_view key, T& into, void (*read)(TableReader&, T&)) {
    if (const auto found = child(key, Need::Required)) {
        TableReader reader(*found->table, found->path, notes_);
        read(reader, into);
        reader.finish();
    }
}

template <typename T>
void TableReader::table(std::string_view key, std::optional<T>& into, void (*read)(TableReader&, T&)) {
    if (const auto found = child(key, Need::Optional)) {
        TableReader reader(*found->table, found->path, notes_);
        read(reader, into.emplace());
        reader.finish();
    }
}

template <typename T>
void TableReader::each(std::string_view key, std::vector<T>& into, void (*read)(TableReader&, T&), Need need) {
    for (const Child& found : children(key, need)) {
        TableReader reader(*found.table, found.path, notes_);
        read(reader, into.emplace_back());
        reader.finish();
    }
}

}  // namespace changji
