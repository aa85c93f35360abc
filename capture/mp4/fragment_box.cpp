#include <algorithm>
#include <optional>

#include "capture/mp4/boxes.hpp"
#include "capture/mp4/movie_box.hpp"

// Movie fragments: ISO/IEC 14496-12, 8.8.4 to 8.8.12.

namespace changji::mp4 {
namespace {

using Content = std::span<const std::uint8_t>;

struct TrackFragment {
    std::uint32_t track_id = 0;
    FragmentDefaults defaults;
    std::optional<std::int64_t> decode_time;
    std::vector<Content> runs;
};

std::optional<TrackFragment> read_track_fragment(const Movie& movie, Content traf) {
    const InnerBoxes boxes = boxes_in(traf);
    const auto tfhd = find_box(boxes, four_cc("tfhd"));
    if (!boxes.whole || !tfhd) return std::nullopt;
    Bytes in(*tfhd);
    const std::uint32_t flags = in.u32() & 0xFF'FFFF;
    TrackFragment fragment;
    fragment.track_id = in.u32();
    if (const auto known = movie.defaults.find(fragment.track_id); known != movie.defaults.end()) {
        fragment.defaults = known->second;
    }
    if (flags & 0x1) in.skip(8);
    if (flags & 0x2) in.skip(4);
    if (flags & 0x8) fragment.defaults.sample_length = in.u32();
    if (flags & 0x10) fragment.defaults.sample_bytes = in.u32();
    if (in.overran()) return std::nullopt;
    if (const auto tfdt = find_box(boxes, four_cc("tfdt"))) {
        Bytes time(*tfdt);
        const bool wide = time.u8() == 1;
        time.skip(3);
        fragment.decode_time = wide ? static_cast<std::int64_t>(time.u64()) : time.u32();
    }
    for (const InnerBox& box : boxes.boxes) {
        if (box.type == four_cc("trun")) fragment.runs.push_back(box.content);
    }
    return fragment;
}

/// Adds the samples of a trun box; false when it names more samples than it holds.
bool add_run(Track& track, const FragmentDefaults& defaults, Content run) {
    constexpr std::uint32_t most_samples_without_table = 1'000'000;
    Bytes in(run);
    const std::uint32_t flags = in.u32() & 0xFF'FFFF;
    const std::uint32_t count = in.u32();
    if (flags & 0x1) in.skip(4);
    if (flags & 0x4) in.skip(4);
    const std::size_t row_bytes =
        4 * (((flags >> 8) & 1) + ((flags >> 9) & 1) + ((flags >> 10) & 1) + ((flags >> 11) & 1));
    if (in.overran() || (row_bytes > 0 ? count > in.left() / row_bytes : count > most_samples_without_table))
        return false;
    for (std::uint32_t sample = 0; sample < count; ++sample) {
        const std::uint32_t length = flags & 0x100 ? in.u32() : defaults.sample_length;
        const std::uint32_t bytes = flags & 0x200 ? in.u32() : defaults.sample_bytes;
        if (flags & 0x400) in.skip(4);
        const std::int32_t offset = flags & 0x800 ? in.s32() : 0;
        if (track.samples == 0) {
            track.sample_length = length;
            track.first_shown += offset;
        }
        track.one_length = track.one_length && length == track.sample_length;
        ++track.samples;
        track.length += length;
        track.bytes += bytes;
    }
    return true;
}

}  // namespace

bool add_fragment(Movie& movie, Content moof) {
    const InnerBoxes boxes = boxes_in(moof);
    if (!boxes.whole || !find_box(boxes, four_cc("mfhd"))) return false;
    std::vector<Track> tracks = movie.tracks;
    for (const InnerBox& box : boxes.boxes) {
        if (box.type != four_cc("traf")) continue;
        const std::optional<TrackFragment> fragment = read_track_fragment(movie, box.content);
        if (!fragment) return false;
        const auto track = std::ranges::find(tracks, fragment->track_id, &Track::id);
        if (track == tracks.end()) return false;
        if (track->samples == 0) track->first_shown = fragment->decode_time.value_or(0);
        const std::int64_t first_decoded =
            track->samples == 0 ? fragment->decode_time.value_or(0) : track->first_decoded;
        if (track->samples > 0 && fragment->decode_time && *fragment->decode_time != first_decoded + track->length) {
            track->one_length = false;
            ++track->breaks;
            track->length = std::max(track->length, *fragment->decode_time - first_decoded);
        }
        track->first_decoded = first_decoded;
        for (const Content run : fragment->runs) {
            if (!add_run(*track, fragment->defaults, run)) return false;
        }
    }
    movie.tracks = std::move(tracks);
    return true;
}

}  // namespace changji::mp4
