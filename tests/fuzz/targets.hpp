#pragma once

#include <string_view>

namespace changji::fuzz {

// What reads files made by strangers. Each takes any bytes, calls nothing but the product, and returns: what comes out
// is judged by the sanitizers, by time and by memory. A result that breaks its own contract aborts.

void probe_container(std::string_view bytes);  ///< facts, packets, decoding: the check of a clip
void salvage(std::string_view bytes);          ///< what a crash left, made whole: takes and remux
void load_report(std::string_view bytes);      ///< a take's report, a project, the lines of a check
void load_preset(std::string_view bytes);
void read_manuscript(std::string_view bytes);  ///< text, Markdown, Word, OpenDocument, PDF: judged as well
void read_photo(std::string_view bytes);       ///< metadata, pixels, and the copy without its location

struct Target {
    const char* name;  ///< as in ./dev fuzz NAME
    void (*run)(std::string_view bytes);
};

}  // namespace changji::fuzz
