#include "analysis/subject/onnx_input.hpp"

#include <algorithm>
#include <string>

namespace changji {
namespace {

/// One field of a protocol buffer: a number, or bytes that may be a message.
struct Field {
    std::uint64_t id = 0;
    std::uint64_t number = 0;
    std::string_view bytes;
};

/// Walks the fields of one message.
class Fields {
public:
    explicit Fields(std::string_view message) : rest_(message) {}

    /// None at the end, or where the structure breaks: then is_sound() is false.
    std::optional<Field> next() {
        if (rest_.empty() || !sound_) return std::nullopt;
        const std::uint64_t key = varint();
        Field field;
        field.id = key >> 3;
        switch (key & 7) {
            case 0: field.number = varint(); break;
            case 1: take(8); break;
            case 2: field.bytes = take(varint()); break;
            case 5: take(4); break;
            default: sound_ = false;
        }
        return sound_ ? std::optional(field) : std::nullopt;
    }
    [[nodiscard]] bool is_sound() const { return sound_; }

private:
    std::uint64_t varint() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
            const auto byte = static_cast<std::uint8_t>(rest_.front());
            rest_.remove_prefix(1);
            value |= std::uint64_t{byte & 0x7Fu} << shift;
            if (byte < 0x80) return value;
        }
        sound_ = false;
        return 0;
    }
    std::string_view take(std::uint64_t length) {
        sound_ = sound_ && length <= rest_.size();
        if (!sound_) return {};
        const std::string_view taken = rest_.substr(0, length);
        rest_.remove_prefix(length);
        return taken;
    }

    std::string_view rest_;
    bool sound_ = true;
};

/// Calls `on_field` with each field of that number; false when the structure breaks.
template <typename OnField>
bool each(std::string_view message, std::uint64_t id, OnField on_field) {
    Fields fields(message);
    while (const auto field = fields.next()) {
        if (field->id == id) on_field(*field);
    }
    return fields.is_sound();
}

std::string_view bytes_of(std::string_view message, std::uint64_t id) {
    std::string_view found;
    each(message, id, [&](const Field& field) { found = field.bytes; });
    return found;
}

// The field numbers of onnx.proto.
constexpr std::uint64_t model_graph = 7, graph_weights = 5, graph_input = 11, weights_name = 8;
constexpr std::uint64_t value_name = 1, value_type = 2, type_tensor = 1, tensor_element = 1, tensor_shape = 2;
constexpr std::uint64_t shape_dim = 1, dim_value = 1, element_float = 1;

OnnxInput input_of(std::string_view value) {
    const std::string_view tensor = bytes_of(bytes_of(value, value_type), type_tensor);
    OnnxInput input;
    each(tensor, tensor_element, [&](const Field& field) { input.is_float = field.number == element_float; });
    each(bytes_of(tensor, tensor_shape), shape_dim, [&](const Field& dim) {
        std::int64_t size = 0;
        each(dim.bytes, dim_value, [&](const Field& field) { size = static_cast<std::int64_t>(field.number); });
        input.sizes.push_back(size);
    });
    return input;
}

}  // namespace

std::optional<std::vector<OnnxInput>> onnx_inputs(std::string_view file) {
    std::string_view graph;
    if (!each(file, model_graph, [&](const Field& field) { graph = field.bytes; }) || graph.empty()) {
        return std::nullopt;
    }
    std::vector<std::string_view> weights;
    std::vector<OnnxInput> inputs;
    const bool sound =
        each(graph, graph_weights, [&](const Field& field) { weights.push_back(bytes_of(field.bytes, weights_name)); });
    each(graph, graph_input, [&](const Field& field) {
        if (std::ranges::find(weights, bytes_of(field.bytes, value_name)) != weights.end()) return;
        inputs.push_back(input_of(field.bytes));
    });
    return sound ? std::optional(std::move(inputs)) : std::nullopt;
}

}  // namespace changji
