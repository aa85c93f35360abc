#include "analysis/papers/document_text.hpp"
#include "analysis/papers/manuscript_checks.hpp"
#include "tests/fuzz/input_file.hpp"
#include "tests/fuzz/targets.hpp"

namespace changji::fuzz {
namespace {

Preset demanding_preset() {
    Preset preset;
    preset.id = "fuzz";
    preset.opening = OpeningLine{"四.5-b", "欢迎收看“书记校长话就业”系列访谈，本期我们邀请到的嘉宾是{guest}。", "……"};
    preset.topics = TopicList{"三", {{1, "就业基本情况", "就业基本情况", true}}};
    preset.manuscript = ManuscriptDemand{"四.7", 3000, "四.7", {{1, {"就业率", "就业"}}}};
    return preset;
}

}  // namespace

void read_manuscript(std::string_view bytes) {
    static const Preset preset = demanding_preset();
    for (const char* name : {"a.txt", "a.md"}) {
        const auto document = read_document(bytes, name);
        if (!document) {
            demand(!document.error().message.empty());
            continue;
        }
        const auto findings = check_manuscript(preset, *document, {"张三", "某某大学校长张三"});
        demand(!findings.empty());
        if (document->kind != DocumentKind::Text) break;  // the name decides nothing else
    }
}

}  // namespace changji::fuzz
