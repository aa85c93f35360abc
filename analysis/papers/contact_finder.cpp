#include "analysis/papers/contact_finder.hpp"

#include <algorithm>
#include <array>
#include <regex>

#include "analysis/papers/unicode_text.hpp"

namespace changji {
namespace {

using Text = std::u32string_view;

// ── What is looked for, in one place ────────────────────────────────────────────────────────────────────────────────

constexpr Text contact_words[] = {U"联系人", U"对接人",   U"联络人",  U"联络员",
                                  U"经办人", U"联系老师", U"Contact", U"contact"};
constexpr Text phone_words[] = {U"电话", U"手机", U"号码", U"座机", U"联系方式", U"Tel", U"tel", U"Phone", U"phone"};
/// Between the word and the name: "联系人姓名及电话：".
constexpr Text labels[] = {U"联系电话", U"联系方式", U"手机号码", U"手机号", U"姓名", U"名字",   U"电话",
                           U"手机",     U"信息",     U"如下",     U"person", U"name", U"Person", U"Name",
                           U"及",       U"和",       U"与",       U"的",     U"为",   U"是"};
/// Where a name ends.
constexpr Text after_name[] = {U"联系", U"电话", U"手机", U"座机", U"办公", U"微信", U"邮箱",
                               U"单位", U"职务", U"部门", U"负责", U"号码", U"学校", U"大学",
                               U"学院", U"地址", U"传真", U"宣传", U"招生", U"就业"};
constexpr Text titles[] = {U"老师", U"先生", U"女士", U"同志", U"主任", U"科长",
                           U"处长", U"部长", U"教授", U"同学", U"干事", U"书记"};
constexpr Text surnames =
    U"王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任卢姚沈钟姜崔谭"
    U"陆范汪"
    U"廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤温康施文牛樊葛邢安齐易乔伍庞"
    U"颜倪庄"
    U"聂章鲁岳翟申欧阳司徒上官诸葛殷詹关焦柳左甘祝晏佘";

const std::regex& mobile() {
    static const std::regex form(R"((?:(?:\+|00)?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d))");
    return form;
}
const std::regex& landline() {
    static const std::regex form(
        R"((?:\(?0|(?:\+|00)86[- ]?\(?0?)(?:10|2\d|[3-9]\d\d)\)?[- ]{0,3}[2-8]\d{2,3}[- ]?\d{4}(?:-\d{1,6})?(?!\d))");
    return form;
}
const std::regex& service() {
    static const std::regex form(R"([48]00[- ]?\d{3}[- ]?\d{4}(?!\d))");
    return form;
}
const std::regex& local() {
    static const std::regex form(R"([2-8]\d{2,3}[- ]?\d{4}(?:-\d{1,6})?(?!\d))");
    return form;
}

constexpr std::size_t near_after = 80, near_before = 40;  // code points: a few lines of a signature
constexpr std::size_t label_reach = 6;                    // between 电话 and a local number

// ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

bool is_latin(char32_t c) { return (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z'); }
bool is_han(char32_t c) { return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF); }
bool is_name_dot(char32_t c) { return c == 0x00B7 || c == 0x2022 || c == 0x30FB; }
bool separates(char32_t c) { return is_space(c) || Text(U":,;()/|、，：【】[]").find(c) != Text::npos; }

/// The same length, everything but ASCII blanked out, so that places agree.
std::string ascii_shadow(Text text) {
    std::string shadow(text.size(), '\x01');
    std::transform(text.begin(), text.end(), shadow.begin(),
                   [](char32_t c) { return c < 0x80 ? static_cast<char>(c) : '\x01'; });
    return shadow;
}

bool may_begin(const std::string& shadow, std::size_t at) {
    const auto digit = [&](std::size_t i) { return shadow[i] >= '0' && shadow[i] <= '9'; };
    if (!digit(at) && shadow[at] != '+' && shadow[at] != '(') return false;
    if (at == 0) return true;
    const char before = shadow[at - 1];
    if (digit(at - 1) || before == '.' || before == '+' || (before >= 'A' && before <= 'Z')) return false;
    return !(before == '-' && at > 1 && digit(at - 2));
}

bool follows_phone_word(Text text, std::size_t at) {
    const std::size_t from = at - std::min(at, label_reach + 4);
    const Text before = text.substr(from, at - from);
    return std::any_of(std::begin(phone_words), std::end(phone_words), [&](Text word) {
        const std::size_t found = before.rfind(word);
        if (found == Text::npos) return false;
        const Text between = before.substr(found + word.size());
        return std::all_of(between.begin(), between.end(), separates);
    });
}

std::vector<Phone> phones_in(Text text) {
    const std::string shadow = ascii_shadow(text);
    std::vector<Phone> phones;
    for (std::size_t at = 0; at < shadow.size(); ++at) {
        if (!may_begin(shadow, at)) continue;
        const auto try_form = [&](const std::regex& form, PhoneKind kind) {
            std::smatch match;
            if (!std::regex_search(shadow.begin() + static_cast<std::ptrdiff_t>(at), shadow.end(), match, form,
                                   std::regex_constants::match_continuous)) {
                return false;
            }
            phones.push_back({match.str(), kind, at});
            at += match.str().size() - 1;
            return true;
        };
        if (try_form(mobile(), PhoneKind::Mobile) || try_form(landline(), PhoneKind::Landline) ||
            try_form(service(), PhoneKind::Service)) {
            continue;
        }
        if (follows_phone_word(text, at)) try_form(local(), PhoneKind::Landline);
    }
    return phones;
}

/// Past separators and label words.
std::size_t skip_labels(Text text, std::size_t at) {
    while (at < text.size()) {
        if (separates(text[at])) {
            ++at;
            continue;
        }
        const auto label = std::find_if(std::begin(labels), std::end(labels),
                                        [&](Text word) { return text.substr(at).starts_with(word); });
        if (label == std::end(labels)) break;
        at += label->size();
    }
    return at;
}

struct Name {
    std::string full, called;
};

/// "Li Hua": two or three capitalised words.
Name latin_name(Text text) {
    std::size_t end = 0, words = 0;
    while (words < 3 && end < text.size() && text[end] >= U'A' && text[end] <= U'Z') {
        std::size_t stop = end;
        while (stop < text.size() && (is_latin(text[stop]) || text[stop] == U'.')) ++stop;
        ++words;
        end = stop;
        if (stop + 1 >= text.size() || text[stop] != U' ' || !is_latin(text[stop + 1])) break;
        end = stop + 1;
    }
    return words >= 2 ? Name{to_utf8(text.substr(0, end)), {}} : Name{};
}

/// The name that `text` begins with.
Name name_at(Text text) {
    if (!text.empty() && is_latin(text[0])) return latin_name(text);
    std::u32string run;
    std::size_t at = 0;
    while (at < text.size() && run.size() < 16 && (is_han(text[at]) || is_name_dot(text[at]))) run += text[at++];
    // Two characters set apart, to stand in line with names of three.
    if (run.size() == 1) {
        std::size_t next = at;
        while (next < text.size() && text[next] == U' ') ++next;
        const bool alone = next + 1 >= text.size() || !is_han(text[next + 1]);
        if (next > at && next < text.size() && is_han(text[next]) && alone) run += text[next];
    }
    std::size_t end = run.size();
    for (const Text word : after_name) end = std::min(end, run.find(word));
    Name name;
    for (const Text title : titles) {
        const std::size_t found = run.find(title);
        if (found >= end) continue;
        if (found == 1) name.called = to_utf8(Text(run).substr(0, 1 + title.size()));
        end = found;
    }
    const Text kept = Text(run).substr(0, end);
    const bool dotted = std::any_of(kept.begin(), kept.end(), is_name_dot);
    if (kept.size() >= 2 && kept.size() <= (dotted ? 15u : 4u) && !is_name_dot(kept.front())) name.full = to_utf8(kept);
    return name;
}

/// "张三（联系人）": the name that `text` ends with, if it is set apart.
Name name_before(Text text) {
    while (!text.empty() && separates(text.back())) text.remove_suffix(1);
    std::size_t length = 0;
    while (length < text.size() && is_han(text[text.size() - 1 - length])) ++length;
    if (length < 2 || length > 4) return {};
    const Text run = text.substr(text.size() - length);
    return surnames.find(run.front()) == Text::npos ? Name{} : name_at(run);
}

int worth(const Contact& contact) {
    return (contact.name.empty() ? 0 : 4) + (contact.phone_is_near ? 2 : 0) + (contact.only_called.empty() ? 0 : 1);
}

Contact contact_at(Text text, std::size_t word_at, std::size_t word_size, const std::vector<Phone>& phones) {
    Contact contact;
    contact.named_as_contact = true;
    Name name = name_at(text.substr(skip_labels(text, word_at + word_size)));
    if (name.full.empty() && name.called.empty()) name = name_before(text.substr(0, word_at));
    contact.name = name.full;
    contact.only_called = name.full.empty() ? name.called : std::string();
    for (const Phone& phone : phones) {
        const bool is_near = phone.at >= word_at ? phone.at - word_at <= near_after : word_at - phone.at <= near_before;
        if (contact.phone && !is_near) continue;
        if (contact.phone && contact.phone_is_near && phone.at < word_at) continue;
        if (contact.phone && contact.phone_is_near && contact.phone->at >= word_at) continue;
        contact.phone = phone;
        contact.phone_is_near = is_near;
    }
    return contact;
}

}  // namespace

std::vector<Phone> find_phones(std::string_view utf8) { return phones_in(fold_width(to_utf32(utf8))); }

Contact find_contact(std::string_view utf8) {
    const std::u32string text = fold_width(to_utf32(utf8));
    const std::vector<Phone> phones = phones_in(text);
    Contact best;
    if (!phones.empty()) best.phone = phones.front();
    for (const Text word : contact_words) {
        for (std::size_t at = text.find(word); at != Text::npos; at = text.find(word, at + 1)) {
            const Contact here = contact_at(text, at, word.size(), phones);
            if (!best.named_as_contact || worth(here) > worth(best)) best = here;
        }
    }
    return best;
}

std::string masked(const std::string& number) {
    std::size_t digits = static_cast<std::size_t>(
        std::count_if(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; }));
    std::string hidden = number;
    std::size_t seen = 0;
    for (char& c : hidden) {
        if (c < '0' || c > '9') continue;
        ++seen;
        if (seen > 3 && seen + 4 <= digits) c = '*';
    }
    return hidden;
}

}  // namespace changji
