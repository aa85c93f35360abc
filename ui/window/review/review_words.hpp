#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ui/language/language.hpp"
#include "ui/review/review_material.hpp"

namespace changji {

/// A finding as the list shows it.
struct ClauseLine {
    std::size_t finding = 0;  ///< index in the report
    FindingStatus status = FindingStatus::Unmeasured;
    std::string name;    ///< "Face brightness"
    std::string clause;  ///< "四.3-c"
    std::string value;   ///< with its limit: "38.2 % (limit 45–72 %)"
    std::string message, advice;
    std::vector<Stretch> places;
};

/// What a review says of one take in the language in use: put together once, not with every frame.
struct ReviewWords {
    std::string headline;  ///< whether it can be sent in
    std::string take;      ///< number, length, guest, when
    std::vector<ClauseLine> lines;
    std::vector<std::string> problems;

    /// Of that take, or of none; nothing happens while take and language are the same.
    void speak_of(const std::shared_ptr<const ReviewMaterial>& material);

private:
    std::shared_ptr<const ReviewMaterial> of_;
    Language language_ = Language::Chinese;
};

}  // namespace changji
