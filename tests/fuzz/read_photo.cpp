#include "analysis/photos/photo_detail.hpp"
#include "analysis/photos/photo_metadata.hpp"
#include "analysis/photos/photo_tone.hpp"
#include "capture/still.hpp"
#include "tests/fuzz/input_file.hpp"
#include "tests/fuzz/targets.hpp"

namespace changji::fuzz {

void read_photo(std::string_view bytes) {
    const auto metadata = read_photo_metadata(bytes);
    if (metadata && metadata->has_location) {
        if (const auto without = without_location(bytes)) {
            const auto again = read_photo_metadata(*without);
            demand(again && !again->has_location);
        }
    }
    // As the check does: what claims to be larger than any camera's picture is not decoded.
    if (!metadata || static_cast<double>(metadata->width_px) * metadata->height_px > 4e6) return;
    const InputFolder folder;
    const auto still = read_still(folder.put("photo.jpg", bytes));
    if (!still) return;
    demand(still->width_px > 0 && still->height_px > 0);
    const auto upright = upright_picture(*still, metadata->orientation, 1280);
    if (upright) demand(upright->width_px <= 1280 && upright->height_px <= 1280);
    if (const auto detail = detail_share(*still)) demand(*detail >= 0.0 && *detail <= 1.0);
    const PhotoTone tone = measure_tone(*still);
    demand(tone.clipped_percent >= 0.0 && tone.clipped_percent <= 100.0);
}

}  // namespace changji::fuzz
