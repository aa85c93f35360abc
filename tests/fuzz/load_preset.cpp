#include "presets/preset.hpp"
#include "tests/fuzz/input_file.hpp"
#include "tests/fuzz/targets.hpp"

namespace changji::fuzz {

void load_preset(std::string_view bytes) {
    const PresetOutcome outcome = parse_preset(bytes, "preset.toml");
    if (const auto* const faults = std::get_if<std::vector<PresetFault>>(&outcome)) return demand(!faults->empty());
    const Preset& preset = std::get<Preset>(outcome);
    static_cast<void>(preset.opening_line_for("某某大学校长张三"));
    for (const MeterLimit& limit : preset.meters) demand(preset.find_clause(limit.clause) != nullptr);
    for (const Deadline& deadline : preset.deadlines) demand(deadline.date.ok());
}

}  // namespace changji::fuzz
