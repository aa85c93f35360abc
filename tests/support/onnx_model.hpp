#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace changji::test {

// Small neural networks for tests, and the file that an ONNX exporter would write of them: protocol buffers with the
// field numbers of onnx.proto, opset 11.

/// A tensor that enters or leaves the network; a size of 0 is left open ("dynamic").
struct OnnxPort {
    std::string name;
    std::vector<std::int64_t> sizes;
    int element = 1;  ///< of onnx.proto's TensorProto.DataType: 1 float, 2 uint8
};

struct OnnxWeights {
    std::string name;
    std::vector<std::int64_t> sizes;
    std::vector<float> values;
};

struct OnnxNode {
    std::string operation;  ///< "Conv"
    std::vector<std::string> inputs;
    std::string output;
    std::vector<std::pair<std::string, std::vector<std::int64_t>>> lists;  ///< attributes such as perm
};

struct OnnxModel {
    std::vector<OnnxPort> inputs;
    std::vector<OnnxWeights> weights;
    std::vector<OnnxNode> nodes;
    std::vector<OnnxPort> outputs;
};

/// The content of the .onnx file.
[[nodiscard]] std::string onnx_file(const OnnxModel& model);

}  // namespace changji::test
