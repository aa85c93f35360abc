#include "capture/playing/tempo.hpp"

#include <algorithm>
#include <cstring>
#include <string>

#include "capture/types/sound_block.hpp"

extern "C" {
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavutil/channel_layout.h>
}

namespace changji {

std::unique_ptr<Tempo> Tempo::open(double rate) {
    std::unique_ptr<Tempo> tempo(new Tempo());
    tempo->graph_.reset(avfilter_graph_alloc());
    AVFilterGraph* const graph = tempo->graph_.get();
    if (!graph) return nullptr;
    graph->nb_threads = 1;
    const std::string format = "sample_rate=48000:sample_fmt=flt:channel_layout=stereo:time_base=1/48000";
    const std::string speed = "tempo=" + std::to_string(std::clamp(rate, 0.5, 2.0));
    AVFilterContext* stretch = nullptr;
    const auto make = [&](AVFilterContext** into, const char* filter, const char* options) {
        return avfilter_graph_create_filter(into, avfilter_get_by_name(filter), filter, options, nullptr, graph) >= 0;
    };
    const bool made = make(&tempo->in_, "abuffer", format.c_str()) && make(&stretch, "atempo", speed.c_str()) &&
                      make(&tempo->out_, "abuffersink", nullptr) && avfilter_link(tempo->in_, 0, stretch, 0) >= 0 &&
                      avfilter_link(stretch, 0, tempo->out_, 0) >= 0 && avfilter_graph_config(graph, nullptr) >= 0;
    return made ? std::move(tempo) : nullptr;
}

std::vector<float> Tempo::stretch(const std::vector<float>& interleaved) {
    av::FramePtr frame(av_frame_alloc());
    if (!frame) return {};
    if (interleaved.empty()) {
        if (av_buffersrc_add_frame(in_, nullptr) < 0) return {};
    } else {
        frame->format = AV_SAMPLE_FMT_FLT;
        frame->sample_rate = sound_rate_hz;
        frame->nb_samples = static_cast<int>(interleaved.size() / sound_channels);
        av_channel_layout_default(&frame->ch_layout, sound_channels);
        if (av_frame_get_buffer(frame.get(), 0) < 0) return {};
        std::memcpy(frame->data[0], interleaved.data(), interleaved.size() * sizeof(float));
        frame->pts = given_;
        given_ += frame->nb_samples;
        if (av_buffersrc_add_frame(in_, frame.get()) < 0) return {};
    }
    std::vector<float> out;
    while (av_buffersink_get_frame(out_, frame.get()) >= 0) {
        const auto* samples = reinterpret_cast<const float*>(frame->data[0]);
        out.insert(out.end(), samples, samples + static_cast<std::ptrdiff_t>(frame->nb_samples) * sound_channels);
        av_frame_unref(frame.get());
    }
    return out;
}

}  // namespace changji
