#include "capture/av/av.hpp"
#include "capture/recorder.hpp"
#include "capture/recording/encoder_input.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

extern "C" {
#include <libavutil/opt.h>
}

namespace changji {
namespace {

// Only x264 keeps its presets to itself; other encoders name theirs in FFmpeg's option tables.
constexpr std::array<std::string_view, 9> x264_speeds = {"ultrafast", "superfast", "veryfast", "faster",  "fast",
                                                         "medium",    "slow",      "slower",   "veryslow"};

std::vector<std::string_view> speeds_of(const AVCodec& encoder) {
    if (std::string_view(encoder.name) == "libx264") return {x264_speeds.begin(), x264_speeds.end()};
    const AVClass* options = encoder.priv_class;
    if (!options) return {};
    const AVOption* preset = av_opt_find(&options, "preset", nullptr, 0, AV_OPT_SEARCH_FAKE_OBJ);
    std::vector<std::string_view> speeds;
    for (const AVOption* option = nullptr; preset && preset->unit && (option = av_opt_next(&options, option));) {
        if (option->type == AV_OPT_TYPE_CONST && option->unit && std::string_view(option->unit) == preset->unit) {
            speeds.emplace_back(option->name);
        }
    }
    return speeds;
}

std::string listed(const std::vector<std::string_view>& words) {
    std::string list;
    for (const std::string_view word : words) list.append(list.empty() ? "" : ", ").append(word);
    return list;
}

}  // namespace

Result<EncoderChoice> parse_encoder(std::string_view text) {
    if (text == "auto") return EncoderChoice{};
    const std::size_t colon = text.find(':');
    EncoderChoice choice{std::string(text.substr(0, colon)), ""};

    const AVCodec* encoder = avcodec_find_encoder_by_name(choice.name.c_str());
    if (!encoder || encoder->id != AV_CODEC_ID_H264) {
        return Error{
            ErrorKind::InvalidConfig,
            say("There is no H.264 encoder \"{0}\" here. `changji devices` lists those there are.", choice.name)};
    }
    if (input_format(*encoder) == AV_PIX_FMT_NONE) {
        return Error{ErrorKind::InvalidConfig,
                     say("The encoder {0} can't take the program's pictures (yuv420p). Use libx264.", choice.name)};
    }
    if (colon == std::string_view::npos) {
        if (choice.name == EncoderChoice{}.name) choice.speed = EncoderChoice{}.speed;
        return choice;
    }
    choice.speed = text.substr(colon + 1);
    const std::vector<std::string_view> speeds = speeds_of(*encoder);
    if (speeds.empty()) {
        return Error{ErrorKind::InvalidConfig, say("The encoder {0} has no speeds to choose from; leave out \":{1}\".",
                                                   choice.name, choice.speed)};
    }
    if (std::find(speeds.begin(), speeds.end(), choice.speed) == speeds.end()) {
        return Error{ErrorKind::InvalidConfig, say("The encoder {0} knows no speed \"{1}\". It has: {2}.", choice.name,
                                                   choice.speed, listed(speeds))};
    }
    return choice;
}

}  // namespace changji
