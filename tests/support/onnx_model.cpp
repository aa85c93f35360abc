#include "tests/support/onnx_model.hpp"

#include <bit>
#include <string_view>

namespace changji::test {
namespace {

static_assert(std::endian::native == std::endian::little, "raw_data is little-endian");

/// A message of protocol buffers, field by field.
class Message {
public:
    Message& number(int field, std::int64_t value) {
        varint(static_cast<std::uint64_t>(field) << 3);
        varint(static_cast<std::uint64_t>(value));
        return *this;
    }
    Message& bytes(int field, std::string_view value) {
        varint(static_cast<std::uint64_t>(field) << 3 | 2);
        varint(value.size());
        content_ += value;
        return *this;
    }
    Message& message(int field, const Message& value) { return bytes(field, value.content_); }
    [[nodiscard]] const std::string& content() const { return content_; }

private:
    void varint(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7) content_ += static_cast<char>(value | 0x80);
        content_ += static_cast<char>(value);
    }
    std::string content_;
};

constexpr int float_type = 1, list_of_integers = 7;

Message value_info(const OnnxPort& port) {
    Message shape;
    for (const std::int64_t size : port.sizes) {
        shape.message(1, size > 0 ? Message().number(1, size) : Message().bytes(2, "open"));
    }
    const Message tensor = Message().number(1, port.element).message(2, shape);
    return Message().bytes(1, port.name).message(2, Message().message(1, tensor));
}

Message tensor(const OnnxWeights& weights) {
    Message message;
    for (const std::int64_t size : weights.sizes) message.number(1, size);
    const auto* const raw = reinterpret_cast<const char*>(weights.values.data());
    return message.number(2, float_type).bytes(8, weights.name).bytes(9, {raw, weights.values.size() * sizeof(float)});
}

Message node(const OnnxNode& node) {
    Message message;
    for (const std::string& input : node.inputs) message.bytes(1, input);
    message.bytes(2, node.output).bytes(3, "make_" + node.output).bytes(4, node.operation);
    for (const auto& [name, values] : node.lists) {
        Message attribute = Message().bytes(1, name);
        for (const std::int64_t value : values) attribute.number(8, value);
        message.message(5, attribute.number(20, list_of_integers));
    }
    return message;
}

}  // namespace

std::string onnx_file(const OnnxModel& model) {
    constexpr int ir_version = 6, opset = 11;
    Message graph;
    for (const OnnxNode& each : model.nodes) graph.message(1, node(each));
    graph.bytes(2, "test");
    for (const OnnxWeights& each : model.weights) graph.message(5, tensor(each));
    for (const OnnxPort& each : model.inputs) graph.message(11, value_info(each));
    for (const OnnxPort& each : model.outputs) graph.message(12, value_info(each));
    return Message().number(1, ir_version).message(7, graph).message(8, Message().number(2, opset)).content();
}

}  // namespace changji::test
