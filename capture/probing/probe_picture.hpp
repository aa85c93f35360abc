#pragma once

#include "capture/mp4/media_input.hpp"
#include "capture/types/media_facts.hpp"

namespace changji {

/// What the stream's parameters say of the picture: codec, size, shape, colour. Times, counts and rates are left.
[[nodiscard]] VideoFacts picture_facts(AVFormatContext& context, AVStream& stream);

/// Fills in, from the stream's first pictures, what its parameters leave open: the size before cropping, the scan.
void look_into_pictures(mp4::MediaInput& input, const AVStream& stream, VideoFacts& facts);

}  // namespace changji
