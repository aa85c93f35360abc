#include "analysis/subject/person_segmentation.hpp"

#include "analysis/subject/trial_run.hpp"
#include "analysis/subject/onnx_input.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <exception>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include <opencv2/core/utils/logger.hpp>
#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>

namespace changji {
namespace {

namespace fs = std::filesystem;

constexpr int open_width_px = 320, open_height_px = 192;
constexpr std::int64_t least_side_px = 32, most_side_px = 1024;
constexpr std::uintmax_t most_bytes = 512u << 20;

/// Where the colours stand among a tensor's dimensions.
enum class Layout { PlanesFirst, PlanesLast };

struct InputForm {
    Layout layout = Layout::PlanesFirst;
    int width_px = open_width_px;
    int height_px = open_height_px;
};

std::string shape_text(const TensorSizes& sizes) {
    std::string text;
    for (const std::int64_t size : sizes) text += (text.empty() ? "" : "x") + (size > 0 ? std::to_string(size) : "?");
    return text;
}

Result<std::string> read_model(const fs::path& model) {
    std::error_code failure;
    const auto size = fs::is_regular_file(model, failure) ? fs::file_size(model, failure) : 0;
    std::ifstream in(model, std::ios::binary);
    if (size == 0 || failure || !in) {
        return Error{ErrorKind::Io, say("The segmentation model {0} can't be read: check its path.", model.string())};
    }
    if (size > most_bytes) {
        return Error{ErrorKind::InvalidConfig,
                     say("The segmentation model {0} is larger than 512 MB: choose a smaller one.", model.string())};
    }
    return std::string(std::istreambuf_iterator<char>(in), {});
}

std::optional<InputForm> form_of(const TensorSizes& sizes) {
    if (sizes.size() != 4 || (sizes[0] != 1 && sizes[0] != 0)) return std::nullopt;
    InputForm form;
    if (sizes[1] != 3) form.layout = Layout::PlanesLast;
    const bool first = form.layout == Layout::PlanesFirst;
    if (!first && sizes[3] != 3) return std::nullopt;
    const std::int64_t height = sizes[first ? 2 : 1], width = sizes[first ? 3 : 2];
    for (const std::int64_t side : {height, width}) {
        if (side != 0 && (side < least_side_px || side > most_side_px)) return std::nullopt;
    }
    if (height > 0) form.height_px = static_cast<int>(height);
    if (width > 0) form.width_px = static_cast<int>(width);
    return form;
}

/// The picture as the network wants it: RGB of BT.709, −1..1.
cv::Mat tensor_of(const VideoFrame& frame, const InputForm& form) {
    const cv::Size size(form.width_px, form.height_px);
    std::array<cv::Mat, 3> planes;
    for (std::size_t i = 0; i < planes.size(); ++i) {
        const Plane& plane = frame.planes[i];
        const int shrunk = i == 0 ? 1 : 2;
        const cv::Mat view((frame.height_px + shrunk - 1) / shrunk, (frame.width_px + shrunk - 1) / shrunk, CV_8U,
                           const_cast<std::uint8_t*>(plane.data), static_cast<std::size_t>(plane.stride_bytes));
        cv::resize(view, planes[i], size, 0, 0, cv::INTER_AREA);
        planes[i].convertTo(planes[i], CV_32F, 2.0 / (i == 0 ? 219.0 : 224.0),
                            i == 0 ? -2.0 * 16.0 / 219.0 - 1.0 : -2.0 * 128.0 / 224.0);
    }
    // Chroma spans −1..1 as twice the half range −0.5..0.5.
    const cv::Mat &y = planes[0], &cb = planes[1], &cr = planes[2];
    constexpr double kr = 0.2126, kb = 0.0722, kg = 1.0 - kr - kb;
    std::array<cv::Mat, 3> rgb;
    rgb[0] = y + 2.0 * (1.0 - kr) * cr;
    rgb[2] = y + 2.0 * (1.0 - kb) * cb;
    rgb[1] = y - 2.0 * (1.0 - kr) * kr / kg * cr - 2.0 * (1.0 - kb) * kb / kg * cb;
    for (cv::Mat& plane : rgb) plane = cv::min(cv::max(plane, -1.0), 1.0);
    const int height = form.height_px, width = form.width_px;
    if (form.layout == Layout::PlanesFirst) {
        const std::array<int, 4> sizes{1, 3, height, width};
        cv::Mat tensor(4, sizes.data(), CV_32F);
        for (int i = 0; i < 3; ++i) {
            rgb[static_cast<std::size_t>(i)].copyTo(cv::Mat(height, width, CV_32F, tensor.ptr<float>(0, i)));
        }
        return tensor;
    }
    const std::array<int, 4> sizes{1, height, width, 3};
    cv::Mat tensor(4, sizes.data(), CV_32F);
    cv::Mat pixels(height, width, CV_32FC3, tensor.data);
    cv::merge(rgb.data(), rgb.size(), pixels);
    return tensor;
}

/// 1 where a person is, 0 elsewhere, at the output's size; none when the output is no mask.
std::optional<cv::Mat> people_in(const cv::Mat& output) {
    if (output.dims != 4 || output.type() != CV_32F || output.size[0] != 1) return std::nullopt;
    const auto is_planes = [](int count) { return count == 1 || count == 2; };
    const bool first = is_planes(output.size[1]) && !is_planes(output.size[2]);
    if (!first && !(is_planes(output.size[3]) && !is_planes(output.size[1]))) return std::nullopt;
    const int planes = output.size[first ? 1 : 3];
    const int height = output.size[first ? 2 : 1], width = output.size[first ? 3 : 2];
    const auto* const values = output.ptr<float>();
    const std::ptrdiff_t pixels = std::ptrdiff_t{height} * width;
    const std::ptrdiff_t to_next = first ? 1 : planes, to_second = first ? pixels : 1;
    cv::Mat people(height, width, CV_32F);
    for (std::ptrdiff_t i = 0; i < pixels; ++i) {
        const float value = values[i * to_next];
        const bool person = planes == 1 ? value >= 0.5f : values[i * to_next + to_second] > value;
        people.ptr<float>()[i] = person ? 1.0f : 0.0f;
    }
    return people;
}

/// OpenCV's innermost sentence, without the places in its sources.
std::string reason_of(const std::exception& fault) {
    const auto* const by_opencv = dynamic_cast<const cv::Exception*>(&fault);
    std::string reason = by_opencv ? by_opencv->err : fault.what();
    if (const auto code = reason.rfind("error: ("); code != std::string::npos) {
        if (const auto end = reason.find(") ", code); end != std::string::npos) reason.erase(0, end + 2);
    }
    for (const char* const end : {" in function", "\n"}) reason.erase(std::min(reason.find(end), reason.size()));
    return reason;
}

/// OpenCV says on standard error what open() puts into words itself.
class QuietOpenCv {
public:
    QuietOpenCv() : before_(cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT)) {}
    ~QuietOpenCv() { cv::utils::logging::setLogLevel(before_); }
    QuietOpenCv(const QuietOpenCv&) = delete;
    QuietOpenCv& operator=(const QuietOpenCv&) = delete;

private:
    cv::utils::logging::LogLevel before_;
};

TensorSizes sizes_of(const cv::Mat& tensor) {
    TensorSizes sizes;
    for (int i = 0; i < tensor.dims; ++i) sizes.push_back(tensor.size[i]);
    return sizes;
}

}  // namespace

struct PersonSegmentation::Network {
    cv::dnn::Net net;
    InputForm form;

    cv::Mat run(const cv::Mat& tensor) {
        net.setInput(tensor);
        return net.forward();
    }
};

PersonSegmentation::PersonSegmentation(std::unique_ptr<Network> network) : network_(std::move(network)) {}
PersonSegmentation::PersonSegmentation(PersonSegmentation&&) noexcept = default;
PersonSegmentation& PersonSegmentation::operator=(PersonSegmentation&&) noexcept = default;
PersonSegmentation::~PersonSegmentation() = default;

Result<PersonSegmentation> PersonSegmentation::open(const fs::path& model) {
    const auto file = read_model(model);
    if (!file) return file.error();
    const auto inputs = onnx_inputs(*file);
    if (!inputs) {
        return Error{ErrorKind::InvalidConfig,
                     say("{0} is no ONNX model, or its end is missing: export or download it again.", model.string())};
    }
    if (std::ranges::any_of(*inputs, [](const OnnxInput& input) { return !input.is_float; })) {
        return Error{ErrorKind::InvalidConfig,
                     say("The segmentation model {0} takes in other numbers than 32-bit floats: export it with a float "
                         "input.",
                         model.string())};
    }
    const auto form = inputs->size() == 1 ? form_of(inputs->front().sizes) : std::nullopt;
    if (!form) {
        std::string found;
        for (const OnnxInput& input : *inputs) {
            found += (found.empty() ? "" : ", ") + shape_text(input.sizes);
        }
        return Error{ErrorKind::InvalidConfig,
                     say("The segmentation model {0} takes in {1}: it has to take one picture of 1x3xHEIGHTxWIDTH or "
                         "1xHEIGHTxWIDTHx3 floats, sides of 32 to 1024.",
                         model.string(), found)};
    }
    cv::setNumThreads(1);  // the encoder needs the other cores
    const QuietOpenCv quiet;
    const auto read_and_run = [&](std::unique_ptr<Network>& network) {
        network = std::make_unique<Network>(Network{cv::dnn::readNetFromONNX(file->data(), file->size()), *form});
        const bool first = form->layout == Layout::PlanesFirst;
        const std::array<int, 4> sizes{1, first ? 3 : form->height_px, first ? form->height_px : form->width_px,
                                       first ? form->width_px : 3};
        return network->run(cv::Mat(4, sizes.data(), CV_32F, cv::Scalar(0)));
    };
    std::unique_ptr<Network> network;
    if (!survives([&] { static_cast<void>(read_and_run(network)); })) {
        return Error{ErrorKind::InvalidConfig,
                     say("The segmentation model {0} is damaged: reading it fails. Export or download it again.",
                         model.string())};
    }
    try {
        const cv::Mat output = read_and_run(network);
        if (network->net.getUnconnectedOutLayers().size() != 1) {
            return Error{ErrorKind::InvalidConfig, say("The segmentation model {0} gives several outputs: export it "
                                                       "with the people's mask alone.",
                                                       model.string())};
        }
        if (!people_in(output)) {
            return Error{
                ErrorKind::InvalidConfig,
                say("The segmentation model {0} gives {1}: it has to give one or two planes, as 1x1xHEIGHTxWIDTH "
                    "or 1x2xHEIGHTxWIDTH.",
                    model.string(), shape_text(sizes_of(output)))};
        }
        return PersonSegmentation(std::move(network));
    } catch (const std::exception& fault) {
        return Error{ErrorKind::InvalidConfig,
                     say("OpenCV can't run the segmentation model {0} ({1}): export it for ONNX opset 11 with a fixed "
                         "size.",
                         model.string(), reason_of(fault))};
    }
}

SubjectMask PersonSegmentation::find_people(const VideoFrame& frame) const {
    SubjectMask mask;
    try {
        const auto people = people_in(network_->run(tensor_of(frame, network_->form)));
        if (!people) return mask;
        cv::Mat shares;
        cv::resize(*people, shares, {Thumbnail::width, Thumbnail::height}, 0, 0,
                   people->cols >= Thumbnail::width ? cv::INTER_AREA : cv::INTER_LINEAR);
        for (int i = 0; i < Thumbnail::width * Thumbnail::height; ++i) {
            if (shares.ptr<float>()[i] >= 0.5f) mask.set(static_cast<std::size_t>(i));
        }
    } catch (const std::exception&) {
        return SubjectMask();  // nobody: the template by faces stands in
    }
    return mask;
}

}  // namespace changji
