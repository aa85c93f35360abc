#include "capture/mp4/index.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "capture/mp4/boxes.hpp"
#include "capture/mp4/movie_box.hpp"

namespace changji::mp4 {
namespace {

constexpr std::int64_t most_index_bytes = 512LL << 20;
constexpr std::int64_t most_fragment_bytes = 64LL << 20;

std::string brand_name(std::uint32_t brand) {
    std::string name(4, '?');
    for (std::size_t i = 0; i < 4; ++i) {
        const auto letter = static_cast<char>(brand >> (24 - 8 * i) & 0xFF);
        if (letter >= ' ' && letter <= '~') name[i] = letter;
    }
    return name;
}

void read_brands(Index& index, std::span<const std::uint8_t> ftyp) {
    Bytes in(ftyp);
    index.major_brand = brand_name(in.u32());
    in.skip(4);
    while (in.left() >= 4) index.compatible_brands.push_back(brand_name(in.u32()));
}

Nanoseconds from_ticks(std::int64_t ticks, std::uint32_t timescale) {
    if (timescale == 0) return Nanoseconds{0};
    const long double exact = static_cast<long double>(ticks) * 1e9L / timescale;
    return Nanoseconds{std::llroundl(std::clamp(exact, -9.0e18L, 9.0e18L))};
}

/// Lays the track's media on the presentation's timeline as its edit list says.
void apply_edits(Track& track, std::uint32_t movie_timescale) {
    const Nanoseconds media_first = from_ticks(track.first_shown, track.timescale);
    const Nanoseconds media_end = from_ticks(track.first_shown + track.length, track.timescale);
    if (track.edits.empty()) {
        track.start = media_first;
        track.duration = media_end - media_first;
        return;
    }
    // A movie's clock is coarse (mostly 1 ms): an edit that ends within one tick of the media's end means all of it.
    const Nanoseconds movie_tick = from_ticks(1, movie_timescale);
    Nanoseconds at{0}, last{0};
    bool begun = false;
    for (const Edit& edit : track.edits) {
        const Nanoseconds length = from_ticks(edit.duration, movie_timescale);
        if (edit.media_time < 0) {
            at += length;
            continue;
        }
        const Nanoseconds from = from_ticks(edit.media_time, track.timescale);
        const bool to_the_end = edit.duration == 0 || from + length >= media_end - movie_tick;
        const Nanoseconds to = to_the_end ? media_end : from + length;
        if (!begun) track.start = at + std::max(media_first - from, Nanoseconds{0});
        begun = true;
        at += std::max(to - from, Nanoseconds{0});
        last = at;
    }
    track.duration = std::max(last - track.start, Nanoseconds{0});
}

/// Where a track stands before a fragment is added, on the presentation's timeline.
Nanoseconds reached(const std::vector<Track>& before, const std::vector<Track>& after, std::uint32_t handler) {
    for (std::size_t i = 0; i < after.size(); ++i) {
        const Track& track = after[i];
        if (track.handler != handler) continue;
        const auto shown = std::ranges::find_if(track.edits, [](const Edit& edit) { return edit.media_time >= 0; });
        const std::int64_t hidden = shown == track.edits.end() ? 0 : shown->media_time;
        const std::int64_t length = i < before.size() ? before[i].length : 0;
        return from_ticks(track.first_decoded + length - hidden, track.timescale);
    }
    return Nanoseconds{0};
}

struct Totals {
    std::int64_t bytes = 0;
    std::int64_t samples = 0;
    std::int64_t breaks = 0;
};

Totals totals(const Movie& movie) {
    Totals sum;
    for (const Track& track : movie.tracks) {
        sum.bytes += track.bytes;
        sum.samples += track.samples;
        sum.breaks += track.breaks + (track.handler == four_cc("vide") && !track.one_length ? 1 : 0);
    }
    return sum;
}

}  // namespace

Index read_index(const ByteFile& file, std::int64_t end) {
    Index index;
    Movie movie;
    bool media_seen = false, fragments_whole = true;
    std::vector<std::uint8_t> fragment;  // counts once its media is found to be whole
    std::int64_t fragment_begin = 0;
    for (const TopBox& box : top_boxes(file)) {
        if (box.end() > end) break;
        if (box.type == four_cc("ftyp") && index.major_brand.empty()) {
            const std::vector<std::uint8_t> ftyp = content_of(file, box, 4096);
            if (!ftyp.empty()) read_brands(index, ftyp);
        } else if (box.type == four_cc("moov") && !index.has_moov) {
            const std::vector<std::uint8_t> moov = content_of(file, box, most_index_bytes);
            if (moov.empty()) continue;
            movie = read_movie(moov);
            index.has_moov = true;
            index.moov_first = !media_seen;
        } else if (box.type == four_cc("moof")) {
            index.fragmented = true;
            fragment = content_of(file, box, most_fragment_bytes);
            fragment_begin = box.offset;
        } else if (box.type == four_cc("mdat")) {
            media_seen = true;
            if (fragment.empty() || !fragments_whole) continue;
            const Totals before = totals(movie);
            const std::vector<Track> tracks_before = movie.tracks;
            fragments_whole = !box.cut_short && !box.open_ended && add_fragment(movie, fragment);
            fragment.clear();
            if (!fragments_whole) continue;
            const Totals now = totals(movie);
            index.whole_fragments.push_back({fragment_begin, box.end(),
                                             now.bytes - before.bytes == box.size_bytes - box.header_bytes,
                                             now.breaks == before.breaks, now.samples - before.samples,
                                             reached(tracks_before, movie.tracks, four_cc("vide")),
                                             reached(tracks_before, movie.tracks, four_cc("soun"))});
        }
    }
    index.fragmented = index.fragmented || movie.extended;
    for (Track& track : movie.tracks) apply_edits(track, movie.timescale);
    index.tracks = std::move(movie.tracks);
    return index;
}

bool is_iso_mp4(const Index& index) {
    constexpr std::array<std::string_view, 6> iso_families = {"iso", "mp4", "avc1", "M4V", "dash", "MSNV"};
    const auto is_iso = [&](std::string_view brand) {
        return std::ranges::any_of(iso_families, [&](std::string_view family) { return brand.starts_with(family); });
    };
    if (index.major_brand.empty() || index.major_brand == "qt  ") return false;
    return is_iso(index.major_brand) || std::ranges::any_of(index.compatible_brands, is_iso);
}

}  // namespace changji::mp4
