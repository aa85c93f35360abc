#include "capture/mp4/movie_box.hpp"

#include <algorithm>

#include "capture/mp4/boxes.hpp"

namespace changji::mp4 {
namespace {

using Content = std::span<const std::uint8_t>;

struct Run {
    std::uint32_t count = 0;
    std::uint32_t value = 0;
};

/// The pairs of an stts or ctts box, as many as its size really holds.
std::vector<Run> runs_of(Content table) {
    Bytes in(table);
    in.skip(4);
    const std::size_t count = std::min<std::size_t>(in.u32(), in.left() / 8);
    std::vector<Run> runs(count);
    for (Run& run : runs) {
        run.count = in.u32();
        run.value = in.u32();
    }
    return runs;
}

void add_durations(Track& track, const std::vector<Run>& runs) {
    bool first = true;
    for (const Run& run : runs) {
        if (run.count == 0) continue;
        if (first) track.sample_length = run.value;
        first = false;
        track.one_length = track.one_length && run.value == track.sample_length;
        track.samples += run.count;
        track.length += std::int64_t{run.count} * run.value;
    }
}

/// Frames are reordered over a few pictures only, so the earliest one shown is among the first samples.
std::int64_t earliest_shown(const std::vector<Run>& durations, const std::vector<Run>& offsets) {
    constexpr std::uint32_t looked_at = 256;
    std::int64_t decode_time = 0, earliest = offsets.empty() ? 0 : INT64_MAX;
    std::size_t duration_run = 0, offset_run = 0;
    std::uint32_t in_duration = 0, in_offset = 0;
    for (std::uint32_t sample = 0; sample < looked_at; ++sample) {
        while (duration_run < durations.size() && in_duration >= durations[duration_run].count)
            ++duration_run, in_duration = 0;
        while (offset_run < offsets.size() && in_offset >= offsets[offset_run].count) ++offset_run, in_offset = 0;
        if (duration_run >= durations.size() || offset_run >= offsets.size()) break;
        earliest = std::min(earliest, decode_time + static_cast<std::int32_t>(offsets[offset_run].value));
        decode_time += durations[duration_run].value;
        ++in_duration, ++in_offset;
    }
    return earliest == INT64_MAX ? 0 : earliest;
}

std::int64_t sum_of_sizes(Content stsz) {
    Bytes in(stsz);
    in.skip(4);
    const std::uint32_t same = in.u32();
    const std::uint32_t count = in.u32();
    if (same != 0) return std::int64_t{same} * count;
    std::int64_t sum = 0;
    for (std::size_t i = std::min<std::size_t>(count, in.left() / 4); i > 0; --i) sum += in.u32();
    return sum;
}

std::vector<Edit> edits_of(Content elst) {
    Bytes in(elst);
    const bool wide = in.u8() == 1;
    in.skip(3);
    const std::size_t count = std::min<std::size_t>(in.u32(), in.left() / (wide ? 20 : 12));
    std::vector<Edit> edits(count);
    for (Edit& edit : edits) {
        edit.duration = wide ? static_cast<std::int64_t>(in.u64()) : in.u32();
        edit.media_time = wide ? static_cast<std::int64_t>(in.u64()) : in.s32();
        in.skip(4);
    }
    return edits;
}

/// The field at `narrow` bytes into a version 0 box, or at `wide` bytes into a version 1 box.
std::uint32_t field_at(Content full_box, std::size_t narrow, std::size_t wide) {
    Bytes in(full_box);
    const bool version_1 = in.u8() == 1;
    in.skip((version_1 ? wide : narrow) - 1);
    return in.u32();
}

Track read_track(Content trak) {
    Track track;
    const InnerBoxes boxes = boxes_in(trak);
    if (const auto tkhd = find_box(boxes, four_cc("tkhd"))) track.id = field_at(*tkhd, 12, 20);
    if (const auto edts = find_box(boxes, four_cc("edts"))) {
        if (const auto elst = find_box(boxes_in(*edts), four_cc("elst"))) track.edits = edits_of(*elst);
    }
    const auto mdia = find_box(boxes, four_cc("mdia"));
    if (!mdia) return track;
    const InnerBoxes media = boxes_in(*mdia);
    if (const auto mdhd = find_box(media, four_cc("mdhd"))) track.timescale = field_at(*mdhd, 12, 20);
    if (const auto hdlr = find_box(media, four_cc("hdlr"))) track.handler = field_at(*hdlr, 8, 8);
    const auto minf = find_box(media, four_cc("minf"));
    const auto stbl = minf ? find_box(boxes_in(*minf), four_cc("stbl")) : std::nullopt;
    if (!stbl) return track;
    const InnerBoxes tables = boxes_in(*stbl);
    if (const auto stsz = find_box(tables, four_cc("stsz"))) track.bytes = sum_of_sizes(*stsz);
    if (const auto stts = find_box(tables, four_cc("stts"))) {
        const std::vector<Run> durations = runs_of(*stts);
        add_durations(track, durations);
        if (const auto ctts = find_box(tables, four_cc("ctts"))) {
            track.first_shown = earliest_shown(durations, runs_of(*ctts));
        }
    }
    return track;
}

}  // namespace

Movie read_movie(Content moov) {
    Movie movie;
    for (const InnerBox& box : boxes_in(moov).boxes) {
        if (box.type == four_cc("mvhd")) movie.timescale = field_at(box.content, 12, 20);
        if (box.type == four_cc("trak")) movie.tracks.push_back(read_track(box.content));
        if (box.type != four_cc("mvex")) continue;
        movie.extended = true;
        for (const InnerBox& inner : boxes_in(box.content).boxes) {
            if (inner.type != four_cc("trex")) continue;
            Bytes in(inner.content);
            in.skip(4);
            const std::uint32_t track_id = in.u32();
            in.skip(4);
            const std::uint32_t sample_length = in.u32();
            movie.defaults[track_id] = {sample_length, in.u32()};
        }
    }
    return movie;
}

}  // namespace changji::mp4
