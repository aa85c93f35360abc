#include "capture/scrub_pictures.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "capture/playing/clip_input.hpp"
#include "capture/thread_priority.hpp"

namespace changji {
namespace {

constexpr int most_pictures = 1000;

/// Indices in an order of which every beginning is spread evenly: by the bits of a counter, turned round.
std::vector<int> spread_order(int count) {
    unsigned size = 1;
    while (size < static_cast<unsigned>(count)) size *= 2;
    std::vector<int> order;
    for (unsigned i = 0; i < size; ++i) {
        unsigned turned = 0;
        for (unsigned bit = 1, mirror = size / 2; bit < size; bit *= 2, mirror /= 2) turned |= i & bit ? mirror : 0;
        const auto index = static_cast<int>((turned + size / 2) % size);
        if (index < count) order.push_back(index);
    }
    return order;
}

class FileScrubPictures final : public ScrubPictures {
public:
    FileScrubPictures(ClipInput input, av::CodecPtr codec, Nanoseconds length, int count, int height_px)
        : input_(std::move(input)), codec_(std::move(codec)), length_(length), height_px_(height_px), pictures_(count) {
        thread_ = std::thread([this] { make_all(); });
    }
    ~FileScrubPictures() override {
        stopping_ = true;
        thread_.join();
    }
    [[nodiscard]] int count() const override { return static_cast<int>(pictures_.size()); }
    [[nodiscard]] Nanoseconds time_of(int index) const override {
        return Nanoseconds{length_.count() / count() * index + length_.count() / count() / 2};
    }
    [[nodiscard]] std::optional<VideoFrame> at(int index) const override {
        std::lock_guard lock(mutex_);
        const bool inside = index >= 0 && index < static_cast<int>(pictures_.size());
        return inside ? pictures_[static_cast<std::size_t>(index)] : std::nullopt;
    }
    [[nodiscard]] bool done() const override { return done_; }

private:
    void make_all();
    [[nodiscard]] bool decode_key(Nanoseconds at);
    [[nodiscard]] std::optional<VideoFrame> scaled();

    ClipInput input_;
    av::CodecPtr codec_;
    const Nanoseconds length_;
    const int height_px_;
    av::ScalerPtr scaler_;
    av::PacketPtr packet_{av_packet_alloc()};
    av::FramePtr decoded_{av_frame_alloc()};

    mutable std::mutex mutex_;
    std::vector<std::optional<VideoFrame>> pictures_;
    std::atomic<bool> stopping_ = false, done_ = false;
    std::thread thread_;
};

void FileScrubPictures::make_all() {
    give_way(19);
    for (const int index : spread_order(count())) {
        if (stopping_) return;
        if (!decode_key(time_of(index))) continue;
        auto picture = scaled();
        std::lock_guard lock(mutex_);
        pictures_[static_cast<std::size_t>(index)] = std::move(picture);
    }
    done_ = true;
}

/// One key frame is sent and the decoder is emptied: no other picture is decoded for it.
bool FileScrubPictures::decode_key(Nanoseconds at) {
    if (!input_.start_before(at)) return false;
    avcodec_flush_buffers(codec_.get());
    while (input_.read(*packet_)) {
        if ((packet_->flags & AV_PKT_FLAG_KEY) == 0) continue;
        if (avcodec_send_packet(codec_.get(), packet_.get()) < 0) return false;
        avcodec_send_packet(codec_.get(), nullptr);
        return avcodec_receive_frame(codec_.get(), decoded_.get()) >= 0;
    }
    return false;
}

std::optional<VideoFrame> FileScrubPictures::scaled() {
    const AVFrame& from = *decoded_;
    const int width_px = std::max(2, from.width * height_px_ / std::max(1, from.height) / 2 * 2);
    scaler_.reset(sws_getCachedContext(scaler_.release(), from.width, from.height,
                                       static_cast<AVPixelFormat>(from.format), width_px, height_px_,
                                       AV_PIX_FMT_YUV420P, SWS_AREA, nullptr, nullptr, nullptr));
    if (!scaler_) return std::nullopt;
    VideoFrame picture =
        make_i420_frame(width_px, height_px_, [&](WritablePlane y, WritablePlane cb, WritablePlane cr) {
            std::uint8_t* const into[] = {y.data, cb.data, cr.data, nullptr};
            const int strides[] = {y.stride_bytes, cb.stride_bytes, cr.stride_bytes, 0};
            sws_scale(scaler_.get(), from.data, from.linesize, 0, from.height, into, strides);
        });
    picture.captured_at = CaptureTime{input_.time_of(from.best_effort_timestamp)};
    return picture;
}

}  // namespace

Result<std::unique_ptr<ScrubPictures>> ScrubPictures::open(const std::filesystem::path& file, int count,
                                                           int height_px) {
    auto clip = ClipFile::open(file);
    if (!clip) return clip.error();
    auto input = ClipInput::open(*clip, ClipTrack::Picture);
    if (!input) return input.error();
    auto codec = input->make_decoder();
    if (!codec) return codec.error();
    (*codec)->thread_count = 1;
    if (const int code = avcodec_open2(codec->get(), nullptr, nullptr); code < 0) return input->cannot_decode(code);
    const Nanoseconds length = input->length();
    return std::unique_ptr<ScrubPictures>(std::make_unique<FileScrubPictures>(
        *std::move(input), *std::move(codec), length, std::clamp(count, 1, most_pictures),
        std::clamp(height_px, 16, 360) / 2 * 2));
}

}  // namespace changji
