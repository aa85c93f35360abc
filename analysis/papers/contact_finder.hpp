#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace changji {

enum class PhoneKind { Mobile, Landline, Service /*400, 800*/ };

struct Phone {
    std::string number;  ///< as written, width folded: "0731-88822222-123"
    PhoneKind kind = PhoneKind::Mobile;
    std::size_t at = 0;  ///< code points from the text's start
};

/// Whom the organisers may call, as a manuscript names them.
struct Contact {
    std::string name;         ///< "张三", "阿依古丽·买买提"; empty: none found
    std::string only_called;  ///< "张老师" where the full name is missing
    std::optional<Phone> phone;
    bool named_as_contact = false;  ///< a word like 联系人 stands in the text
    bool phone_is_near = false;     ///< within a few lines of that word
};

/// Mainland Chinese numbers: mobiles (11 digits, also +86 and in groups), landlines with area code (0731-8882 2222,
/// (010)88822222, with extension), 400 and 800 numbers; of local numbers without area code those that follow a word
/// like 电话. Digits inside longer numbers (identity cards, dates) are none. In order. Pure.
[[nodiscard]] std::vector<Phone> find_phones(std::string_view utf8);

/// The best of all places where a contact is named: one with a name and a number near it. Pure.
[[nodiscard]] Contact find_contact(std::string_view utf8);

/// "138****0000": a report goes through many hands.
[[nodiscard]] std::string masked(const std::string& number);

}  // namespace changji
