#include "ui/words.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "ui/language/language.hpp"

namespace changji {

const char* word_for(FindingStatus status) {
    switch (status) {
        case FindingStatus::Pass: return tr("Pass");
        case FindingStatus::Confirm: return tr("Confirm");
        case FindingStatus::Unmeasured: return tr("Not measured");
        case FindingStatus::Warn: return tr("Warn");
        case FindingStatus::Fail: return tr("Fail");
    }
    return "";
}

const char* word_for(VerdictStatus status) {
    switch (status) {
        case VerdictStatus::Pass: return tr("Pass");
        case VerdictStatus::Warn: return tr("Warn");
        case VerdictStatus::Fail: return tr("Fail");
    }
    return "";
}

const char* shape_for(FindingStatus status) {
    switch (status) {
        case FindingStatus::Pass: return "✓";
        case FindingStatus::Confirm: return "?";
        case FindingStatus::Unmeasured: return "–";
        case FindingStatus::Warn: return "▲";
        case FindingStatus::Fail: return "✕";
    }
    return "";
}

const char* shape_for(VerdictStatus status) {
    switch (status) {
        case VerdictStatus::Pass: return shape_for(FindingStatus::Pass);
        case VerdictStatus::Warn: return shape_for(FindingStatus::Warn);
        case VerdictStatus::Fail: return shape_for(FindingStatus::Fail);
    }
    return "";
}

const char* sentence_for(VerdictStatus status) {
    switch (status) {
        case VerdictStatus::Pass: return tr("This can be sent in.");
        case VerdictStatus::Warn: return tr("This can be sent in once the open points below are settled.");
        case VerdictStatus::Fail: return tr("This can't be sent in as it is.");
    }
    return "";
}

const char* name_for(Aspect aspect) {
    switch (aspect) {
        case Aspect::Light: return tr("Light");
        case Aspect::Background: return tr("Background");
        case Aspect::Sound:
        case Aspect::Picture: break;
    }
    return tr("Sound");
}

std::string clock_text(double seconds) {
    const auto whole = static_cast<long>(std::max(0.0, seconds));
    std::array<char, 32> text{};
    if (whole >= 3600) {
        std::snprintf(text.data(), text.size(), "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
    } else {
        std::snprintf(text.data(), text.size(), "%02ld:%02ld", whole / 60, whole % 60);
    }
    return text.data();
}

Message sentence_for(const PresetFault& fault) {
    switch (fault.kind) {
        case FaultKind::Unreadable: return say("The preset file can't be read ({0}).", fault.detail);
        case FaultKind::Syntax: return say("This is not TOML ({0}).", fault.detail);
        case FaultKind::UnknownKey:
            return fault.detail.empty()
                       ? say("Nobody knows the key \"{0}\": remove it.", fault.key)
                       : say("Nobody knows the key \"{0}\": did you mean \"{1}\"?", fault.key, fault.detail);
        case FaultKind::MissingKey: return say("The key \"{0}\" is missing: add it.", fault.key);
        case FaultKind::WrongType: return say("\"{0}\" must be of the type {1}.", fault.key, fault.detail);
        case FaultKind::BadValue:
            return say("The value of \"{0}\" is not allowed; allowed: {1}.", fault.key, fault.detail);
        case FaultKind::UnknownClause:
            return say("\"{0}\" names the clause {1}, which no [[clause]] defines.", fault.key, fault.detail);
        case FaultKind::Duplicate:
            return say("\"{0}\" repeats {1}: each may stand only once.", fault.key, fault.detail);
    }
    return {};
}

}  // namespace changji
