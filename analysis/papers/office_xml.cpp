#include "analysis/papers/office_xml.hpp"

#include <algorithm>
#include <initializer_list>

#include <pugixml.hpp>

namespace changji {
namespace {

constexpr int deepest = 200;
constexpr unsigned parse_options = pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_doctype;

Error damaged_text() {
    return {ErrorKind::Corrupt, say("The document's text is damaged: open it in a word processor and save it again.")};
}

/// pugixml expands nothing but the five entities of XML itself, so nothing grows; what declares its own would be read
/// wrongly, and is told.
Status load(pugi::xml_document& document, std::string_view xml) {
    if (!document.load_buffer(xml.data(), xml.size(), parse_options)) return damaged_text();
    const bool has_type = std::any_of(document.begin(), document.end(),
                                      [](pugi::xml_node node) { return node.type() == pugi::node_doctype; });
    if (!has_type) return {};
    return Error{ErrorKind::Corrupt,
                 say("The document's text declares entities of its own, which could grow without bound: no "
                     "word processor makes that, so it was not read.")};
}

std::string_view local_name(pugi::xml_node node) {
    const std::string_view name = node.name();
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string_view attribute(pugi::xml_node node, std::string_view name) {
    for (const pugi::xml_attribute one : node.attributes()) {
        const std::string_view full = one.name();
        if (full == name || (full.ends_with(name) && full[full.size() - name.size() - 1] == ':')) return one.value();
    }
    return {};
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Goes through a tree and collects its text; the two formats differ in what an element means.
class Collector {
public:
    explicit Collector(void (*enter)(Collector&, pugi::xml_node, int)) : enter_(enter) {}
    void see(pugi::xml_node node, int depth) {
        if (depth > deepest) {
            too_deep_ = true;
            return;
        }
        enter_(*this, node, depth);
    }
    void see_children(pugi::xml_node node, int depth) {
        for (const pugi::xml_node child : node.children()) see(child, depth + 1);
    }
    void put(std::string_view text) { text_ += text; }
    void end_line() {
        if (!text_.empty() && text_.back() != '\n') text_ += '\n';
    }
    Result<std::string> take() {
        if (too_deep_) return damaged_text();
        return std::move(text_);
    }

private:
    void (*enter_)(Collector&, pugi::xml_node, int);
    std::string text_;
    bool too_deep_ = false;
};

bool is_hidden(pugi::xml_node run) {
    for (const pugi::xml_node properties : run.children()) {
        if (local_name(properties) != "rPr") continue;
        for (const pugi::xml_node property : properties.children()) {
            if (local_name(property) != "vanish") continue;
            return !is_one_of(attribute(property, "val"), {"0", "false", "off"});
        }
    }
    return false;
}

void enter_word(Collector& collector, pugi::xml_node node, int depth) {
    const std::string_view name = local_name(node);
    // del, moveFrom: tracked changes; Fallback: the same text box for old programs.
    if (is_one_of(name, {"del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "pPr", "sectPr", "tblPr"}))
        return;
    if (name == "r" && is_hidden(node)) return;
    if (name == "t") return collector.put(node.text().get());
    if (name == "tab") return collector.put("\t");
    if (is_one_of(name, {"br", "cr"})) return collector.put("\n");
    if (name == "noBreakHyphen") return collector.put("-");
    if (name == "sym") return collector.put("\u25A1");  // a character of a symbol font: counts as one
    if (is_one_of(name, {"footnote", "endnote"}) &&
        is_one_of(attribute(node, "type"), {"separator", "continuationSeparator"})) {
        return;
    }
    collector.see_children(node, depth);
    if (name == "p") collector.end_line();
}

void enter_odf(Collector& collector, pugi::xml_node node, int depth) {
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
        // Line ends inside a paragraph are the XML's own layout.
        std::string text = node.value();
        std::replace_if(
            text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
        return collector.put(text);
    }
    const std::string_view name = local_name(node);
    if (is_one_of(name,
                  {"tracked-changes", "annotation", "annotation-end", "note-citation", "automatic-styles", "styles",
                   "font-face-decls", "scripts", "settings", "sequence-decls", "forms", "desc", "title"}) &&
        std::string_view(node.name()) != "text:title") {
        return;
    }
    if (name == "s") {
        const int spaces = std::clamp(std::atoi(std::string(attribute(node, "c")).c_str()), 1, 1000);
        return collector.put(std::string(static_cast<std::size_t>(spaces), ' '));
    }
    if (name == "tab") return collector.put("\t");
    if (name == "line-break") return collector.put("\n");
    if (name == "note-body") collector.end_line();
    collector.see_children(node, depth);
    if (is_one_of(name, {"p", "h"})) collector.end_line();
}

}  // namespace

Result<std::string> text_of_word_xml(std::string_view xml) {
    pugi::xml_document document;
    if (auto loaded = load(document, xml); !loaded) return loaded.error();
    Collector collector(enter_word);
    collector.see_children(document, 0);
    return collector.take();
}

Result<std::string> text_of_odf_xml(std::string_view xml) {
    pugi::xml_document document;
    if (auto loaded = load(document, xml); !loaded) return loaded.error();
    Collector collector(enter_odf);
    for (const pugi::xml_node root : document.children()) {
        for (const pugi::xml_node body : root.children()) {
            // Space between elements that hold no text is layout; text is in the paragraphs of the body.
            if (is_one_of(local_name(body), {"body", "master-styles"})) {
                pugi::xml_node text = body;
                collector.see(text, 0);
            }
        }
    }
    return collector.take();
}

std::string main_part_of(std::string_view relations_xml) {
    pugi::xml_document document;
    if (document.load_buffer(relations_xml.data(), relations_xml.size())) {
        for (const pugi::xml_node one : document.first_child().children()) {
            std::string_view target = attribute(one, "Target");
            if (!attribute(one, "Type").ends_with("/officeDocument")) continue;
            while (target.starts_with('/')) target.remove_prefix(1);
            if (!target.empty()) return std::string(target);
        }
    }
    return "word/document.xml";
}

bool tells_encryption(std::string_view manifest_xml) {
    return manifest_xml.find(":encryption-data") != std::string_view::npos;
}

}  // namespace changji
