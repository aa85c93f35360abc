#include "capture/probing/probe_packets.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace changji {
namespace {

// More would be 46 hours of 30 pictures a second; a hostile file must not fill the memory.
constexpr std::size_t most_times_kept = 5'000'000;

struct Gathered {
    std::vector<std::int64_t> times;
    std::int64_t packets = 0;
    std::int64_t bytes = 0;
    std::int64_t last_duration = 0;
};

Nanoseconds from_ticks(std::int64_t ticks, AVRational time_base) {
    return Nanoseconds{av_rescale_q(ticks, time_base, AVRational{1, 1'000'000'000})};
}

/// True when each time lies where the rate puts it, within the rounding of the first and of its own.
bool keeps_rate(const std::vector<std::int64_t>& times, AVRational time_base, AVRational rate) {
    if (rate.num <= 0 || rate.den <= 0) return false;
    const double ticks_each = av_q2d(av_inv_q(rate)) / av_q2d(time_base);
    if (ticks_each < 1.0) return false;
    for (std::size_t i = 0; i < times.size(); ++i) {
        const double due = static_cast<double>(times.front()) + static_cast<double>(i) * ticks_each;
        if (std::abs(static_cast<double>(times[i]) - due) > 1.01) return false;
    }
    return true;
}

void find_rate(PacketTimes& facts, const std::vector<std::int64_t>& times, const AVStream& stream) {
    const std::int64_t span = times.back() - times.front();
    if (times.size() < 2 || span <= 0) return;
    AVRational mean{0, 1};
    av_reduce(&mean.num, &mean.den, static_cast<std::int64_t>(times.size() - 1) * stream.time_base.den,
              span * stream.time_base.num, 90'000);
    const std::array<AVRational, 11> candidates = {stream.r_frame_rate,
                                                   stream.avg_frame_rate,
                                                   AVRational{25, 1},
                                                   AVRational{30, 1},
                                                   AVRational{50, 1},
                                                   AVRational{60, 1},
                                                   AVRational{24, 1},
                                                   AVRational{30'000, 1001},
                                                   AVRational{24'000, 1001},
                                                   AVRational{60'000, 1001},
                                                   mean};
    const auto kept =
        std::ranges::find_if(candidates, [&](AVRational rate) { return keeps_rate(times, stream.time_base, rate); });
    facts.constant_rate = kept != candidates.end();
    facts.rate = av::from_av(facts.constant_rate ? *kept : mean);
}

PacketTimes facts_of(Gathered& gathered, const AVStream& stream) {
    PacketTimes facts;
    facts.packets = gathered.packets;
    facts.bytes = gathered.bytes;
    std::vector<std::int64_t>& times = gathered.times;
    if (times.empty()) return facts;
    std::ranges::sort(times);
    find_rate(facts, times, stream);
    std::int64_t last = gathered.last_duration;
    if (last <= 0 && times.size() > 1)
        last = (times.back() - times.front()) / static_cast<std::int64_t>(times.size() - 1);
    facts.start = from_ticks(times.front(), stream.time_base);
    facts.duration = from_ticks(times.back() - times.front() + last, stream.time_base);
    return facts;
}

}  // namespace

std::vector<PacketTimes> packet_times(mp4::MediaInput& input, const std::vector<const AVStream*>& streams) {
    std::vector<Gathered> gathered(streams.size());
    const av::PacketPtr packet(av_packet_alloc());
    while (input.read(*packet)) {
        const auto stream = std::ranges::find(streams, packet->stream_index, &AVStream::index);
        if (stream == streams.end()) continue;
        Gathered& into = gathered[static_cast<std::size_t>(stream - streams.begin())];
        ++into.packets;
        into.bytes += packet->size;
        into.last_duration = packet->duration;
        const std::int64_t due = packet->pts != AV_NOPTS_VALUE ? packet->pts : packet->dts;
        if (due != AV_NOPTS_VALUE && into.times.size() < most_times_kept) into.times.push_back(due);
    }
    std::vector<PacketTimes> facts;
    for (std::size_t i = 0; i < streams.size(); ++i) facts.push_back(facts_of(gathered[i], *streams[i]));
    return facts;
}

}  // namespace changji
