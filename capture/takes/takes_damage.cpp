#include "capture/takes/takes_damage.hpp"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "capture/mp4/boxes.hpp"
#include "capture/mp4/media_input.hpp"
#include "capture/probing/probe_decoder.hpp"

namespace changji {
namespace {

// Fragments last half a second. What was written that long ago has been synced many times, even to a slow disk.
constexpr std::size_t fragments_looked_at = 60;
constexpr std::size_t fragments_decoded = 6;

/// Neither H.264 (three zero bytes are escaped) nor AAC has so many zeros in a row, but a page never stored has.
constexpr std::ptrdiff_t zeros_of_damage = 64;

bool has_hole(const AVPacket& packet) {
    const std::span<const std::uint8_t> data(packet.data, static_cast<std::size_t>(packet.size));
    return std::search_n(data.begin(), data.end(), zeros_of_damage, std::uint8_t{0}) != data.end();
}

/// The decoders of all streams; the picture's begins with its first key picture.
class StrictDecoders {
public:
    explicit StrictDecoders(const AVFormatContext& context) : begun_(context.nb_streams) {
        for (unsigned i = 0; i < context.nb_streams; ++i) {
            decoders_.push_back(CountingDecoder::open(*context.streams[i], 1));
        }
    }
    [[nodiscard]] bool decodes(const AVPacket& packet) {
        const auto stream = static_cast<std::size_t>(packet.stream_index);
        if (stream >= decoders_.size() || !decoders_[stream]) return true;
        begun_[stream] = begun_[stream] || (packet.flags & AV_PKT_FLAG_KEY);
        return !begun_[stream] || decoders_[stream]->decode(packet) == 0;
    }

private:
    std::vector<std::unique_ptr<CountingDecoder>> decoders_;
    std::vector<bool> begun_;
};

using Fragments = std::vector<mp4::Fragment>;

/// The first damaged one of the last fragments; their number when none is.
std::size_t first_damaged(const mp4::ByteFile& file, const Fragments& fragments, const std::filesystem::path& name) {
    const std::size_t first = fragments.size() - std::min(fragments.size(), fragments_looked_at);
    const std::size_t first_decoded = fragments.size() - std::min(fragments.size(), fragments_decoded);
    std::size_t damaged = first;
    while (damaged < fragments.size() && fragments[damaged].exact && fragments[damaged].follows) ++damaged;
    if (damaged == first && damaged < fragments.size()) return damaged;

    const mp4::Extent header{0, fragments.front().begin};
    const mp4::Extent tail{fragments[first].begin, fragments[damaged - 1].end};
    Result<mp4::MediaInput> input = mp4::open_media(file, {header, tail}, name);
    if (!input) return first;
    StrictDecoders decoders(*input->context());
    std::vector<std::int64_t> packets(fragments.size());
    const av::PacketPtr packet(av_packet_alloc());
    while (input->read(*packet)) {
        const std::int64_t at = packet->pos - header.end + tail.begin;
        const auto fragment = static_cast<std::size_t>(
            std::ranges::find_if(fragments, [&](const mp4::Fragment& each) { return at < each.end; }) -
            fragments.begin());
        if (fragment >= damaged) break;
        ++packets[fragment];
        if (has_hole(*packet) || (fragment >= first_decoded && !decoders.decodes(*packet))) {
            damaged = fragment;
            break;
        }
    }
    // The demuxer gave up, or passed something over.
    for (std::size_t i = first; i < damaged; ++i) {
        if (packets[i] != fragments[i].samples) return i;
    }
    return damaged;
}

const mp4::Track* picture_of(const mp4::Index& index) {
    const auto track = std::ranges::find(index.tracks, mp4::four_cc("vide"), &mp4::Track::handler);
    return track == index.tracks.end() ? nullptr : &*track;
}

double picture_s(const mp4::Index& index) {
    const mp4::Track* const picture = picture_of(index);
    return picture && picture->timescale > 0 ? static_cast<double>(picture->length) / picture->timescale : 0.0;
}

}  // namespace

Result<UsablePart> find_usable_part(const mp4::ByteFile& file, const std::filesystem::path& name) {
    UsablePart part;
    part.index = mp4::read_index(file);
    const double whole_s = picture_s(part.index);
    const Fragments whole = part.index.whole_fragments;
    Fragments usable = whole;
    while (!usable.empty()) {
        const std::size_t damaged = first_damaged(file, usable, name);
        if (damaged == usable.size()) break;
        if (damaged == 0 || whole.size() - damaged > fragments_looked_at) {
            return Error{ErrorKind::Corrupt,
                         say("{0} is damaged in more than its last seconds and was left as it is: copy it to another "
                             "disk at once, a video program may still play parts of it.",
                             name.string())};
        }
        usable.resize(damaged);
    }
    if (usable.empty()) {
        return Error{ErrorKind::Corrupt,
                     say("{0} holds nothing playable, the recording broke off within its first second: it "
                         "can be deleted.",
                         name.string())};
    }
    part.end = usable.back().end;
    if (usable.size() == whole.size()) return part;
    part.index = mp4::read_index(file, part.end);
    part.damaged_s = whole_s - picture_s(part.index);
    return part;
}

}  // namespace changji
