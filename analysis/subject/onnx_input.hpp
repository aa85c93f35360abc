#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace changji {

/// The sizes of a tensor that a network takes in; 0: left open.
using TensorSizes = std::vector<std::int64_t>;

struct OnnxInput {
    bool is_float = false;  ///< 32 bits; else bytes, half floats, ...
    TensorSizes sizes;
};

/// What an ONNX file (protocol buffers, onnx.proto) declares as its inputs, weights left out. OpenCV reads the network
/// but does not tell what it takes in. None when the file's structure ends early or is another's.
[[nodiscard]] std::optional<std::vector<OnnxInput>> onnx_inputs(std::string_view file);

}  // namespace changji
