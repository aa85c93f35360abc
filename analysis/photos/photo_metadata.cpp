#include "analysis/photos/photo_metadata.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <mutex>

#include <exiv2/exiv2.hpp>

namespace changji {
namespace {

using namespace std::string_view_literals;

/// Programs that change how a picture looks. What a camera or phone writes of its own is not here.
constexpr std::string_view editors[] = {
    "photoshop",     "lightroom", "camera raw", "capture one", "snapseed",   "vsco",        "meitu",
    "美图",          "美颜",      "醒图",       "轻颜",        "b612",       "faceu",       "picsart",
    "pixelmator",    "gimp",      "affinity",   "luminar",     "darktable",  "rawtherapee", "dxo",
    "picasa",        "paint.net", "instagram",  "polarr",      "canva",      "acdsee",      "光影魔术手",
    "butter camera", "黄油相机",  "fotor",      "topaz",       "photoscape", "imagemagick"};

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
        return c < 0x80 ? static_cast<char>(std::tolower(c)) : static_cast<char>(c);
    });
    return text;
}

/// Exiv2 sets up its XMP parser once, before any other thread uses it, and is silent.
void set_up() {
    static std::once_flag once;
    std::call_once(once, [] {
        Exiv2::LogMsg::setLevel(Exiv2::LogMsg::mute);
        Exiv2::XmpParser::initialize();
    });
}

std::string format_of(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xD8\xFF"sv)) return "jpeg";
    if (bytes.starts_with("\x89PNG"sv)) return "png";
    if (bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv)) return "tiff";
    if (bytes.starts_with("RIFF"sv) && bytes.substr(8).starts_with("WEBP"sv)) return "webp";
    if (bytes.starts_with("BM"sv)) return "bmp";
    if (bytes.starts_with("GIF8"sv)) return "gif";
    if (bytes.substr(4).starts_with("ftyp"sv)) {
        for (const auto brand : {"heic"sv, "heix"sv, "mif1"sv, "msf1"sv, "hevc"sv, "avif"sv}) {
            if (bytes.substr(8).starts_with(brand)) return "heic";
        }
    }
    return {};
}

Result<std::string> usable_format(std::string_view bytes) {
    const std::string format = bytes.size() < 16 ? std::string() : format_of(bytes);
    if (format.empty()) return Error{ErrorKind::UnsupportedFormat, say("This is no photo: export it as JPEG or PNG.")};
    if (format == "heic") {
        return Error{
            ErrorKind::UnsupportedFormat,
            say("This is a phone's HEIC photo, which many programs can't open: export it as JPEG (on the phone: camera "
                "settings, formats, most compatible).")};
    }
    return format;
}

Error damaged() { return {ErrorKind::Corrupt, say("The photo is damaged: copy it again from where it comes.")}; }

#if EXIV2_TEST_VERSION(0, 28, 0)  // Debian 13
using Size = std::size_t;
long whole_number(const Exiv2::Exifdatum& entry) { return static_cast<long>(entry.toInt64()); }
std::string text_of(const Exiv2::DataBuf& data) { return {reinterpret_cast<const char*>(data.c_data()), data.size()}; }
#else
using Size = long;
long whole_number(const Exiv2::Exifdatum& entry) { return entry.toLong(); }
std::string text_of(const Exiv2::DataBuf& data) {
    return {reinterpret_cast<const char*>(data.pData_), static_cast<std::size_t>(data.size_)};
}
#endif

auto open(std::string_view bytes) {
    set_up();
    auto image =
        Exiv2::ImageFactory::open(reinterpret_cast<const Exiv2::byte*>(bytes.data()), static_cast<Size>(bytes.size()));
    image->readMetadata();
    return image;
}

template <typename Data, typename Key>
std::string text_of(const Data& data, const char* key) {
    const auto found = data.findKey(Key(key));
    if (found == data.end()) return {};
    std::string text = found->toString();
    while (!text.empty() && (text.back() == ' ' || text.back() == '\0')) text.pop_back();
    return text;
}
std::string exif_text(const Exiv2::ExifData& data, const char* key) {
    return text_of<Exiv2::ExifData, Exiv2::ExifKey>(data, key);
}

/// EXIF 2.3, tag 274: what 0th row and column are.
Orientation orientation_of(const Exiv2::ExifData& exif) {
    const auto found = exif.findKey(Exiv2::ExifKey("Exif.Image.Orientation"));
    const long tag = found == exif.end() || found->count() == 0 ? 1 : whole_number(*found);
    constexpr std::array<Orientation, 9> meanings{{{0, false},
                                                   {0, false},
                                                   {0, true},
                                                   {180, false},
                                                   {180, true},
                                                   {270, true},
                                                   {90, false},
                                                   {90, true},
                                                   {270, false}}};
    return tag >= 1 && tag <= 8 ? meanings[static_cast<std::size_t>(tag)] : Orientation();
}

bool tells_place(const std::string& key) {
    return key.starts_with("Exif.GPSInfo.") || key.starts_with("Xmp.exif.GPS") ||
           key.starts_with("Xmp.iptcExt.Location") || key == "Exif.Image.GPSTag" || key == "Xmp.photoshop.City" ||
           key == "Xmp.photoshop.State" || key == "Xmp.iptc.Location" || key == "Iptc.Application2.City" ||
           key == "Iptc.Application2.SubLocation" || key == "Iptc.Application2.ProvinceState";
}

double degrees_of(const Exiv2::ExifData& exif, const char* key) {
    const auto found = exif.findKey(Exiv2::ExifKey(key));
    double degrees = NAN;
    if (found != exif.end() && found->count() == 3) {
        degrees = found->toFloat(0) + found->toFloat(1) / 60.0 + found->toFloat(2) / 3600.0;
    }
    return degrees;
}

std::string location_of(const Exiv2::ExifData& exif) {
    const double north = degrees_of(exif, "Exif.GPSInfo.GPSLatitude"),
                 east = degrees_of(exif, "Exif.GPSInfo.GPSLongitude");
    if (!std::isfinite(north) || !std::isfinite(east)) return {};
    const auto side = [&](const char* key, const char* otherwise) {
        const std::string written = exif_text(exif, key);
        return written.empty() ? std::string(otherwise) : written.substr(0, 1);
    };
    char text[80];
    std::snprintf(text, sizeof text, "%.3f°%s %.3f°%s", north, side("Exif.GPSInfo.GPSLatitudeRef", "N").c_str(), east,
                  side("Exif.GPSInfo.GPSLongitudeRef", "E").c_str());
    return text;
}

void note_editor(const std::string& program, std::vector<std::string>& edits) {
    const std::string plain = lower(program);
    const bool edits_pictures = std::any_of(std::begin(editors), std::end(editors), [&](std::string_view name) {
        return plain.find(name) != std::string::npos;
    });
    if (edits_pictures && std::find(edits.begin(), edits.end(), program) == edits.end()) edits.push_back(program);
}

std::vector<std::string> edits_of(const Exiv2::Image& image, const std::string& software) {
    std::vector<std::string> edits;
    note_editor(software, edits);
    note_editor(exif_text(image.exifData(), "Exif.Image.ProcessingSoftware"), edits);
    int steps = 0;
    bool has_settings = false;
    for (const auto& entry : image.xmpData()) {
        const std::string key = entry.key();
        if (key == "Xmp.xmp.CreatorTool" || key.ends_with("softwareAgent")) note_editor(entry.toString(), edits);
        steps += key.starts_with("Xmp.xmpMM.History[") && key.ends_with("stEvt:action") ? 1 : 0;
        // Camera Raw and Lightroom write their sliders under crs; cameras never do.
        has_settings = has_settings || key.starts_with("Xmp.crs.");
    }
    if (has_settings) edits.push_back("Camera Raw / Lightroom (crs)");
    if (steps > 1) edits.push_back("XMP History × " + std::to_string(steps));
    return edits;
}

}  // namespace

Result<PhotoMetadata> read_photo_metadata(std::string_view bytes) {
    const auto format = usable_format(bytes);
    if (!format) return format.error();
    PhotoMetadata read;
    read.format = *format;
    try {
        const auto image = open(bytes);
        const Exiv2::ExifData& exif = image->exifData();
        read.width_px = image->pixelWidth();
        read.height_px = image->pixelHeight();
        read.orientation = orientation_of(exif);
        const std::string make = exif_text(exif, "Exif.Image.Make"), model = exif_text(exif, "Exif.Image.Model");
        read.camera = model.starts_with(make) || make.empty() ? model : model.empty() ? make : make + " " + model;
        read.software = exif_text(exif, "Exif.Image.Software");
        read.edits = edits_of(*image, read.software);
        read.location = location_of(exif);
        const auto place = [](const auto& entry) {
            return entry.key() != "Exif.Image.GPSTag" && tells_place(entry.key());
        };
        read.has_location = std::any_of(exif.begin(), exif.end(), place) ||
                            std::any_of(image->xmpData().begin(), image->xmpData().end(), place) ||
                            std::any_of(image->iptcData().begin(), image->iptcData().end(), place);
    } catch (const std::exception&) {
        return damaged();
    }
    return read;
}

Result<std::string> without_location(std::string_view bytes) {
    const auto format = usable_format(bytes);
    if (!format) return format.error();
    try {
        const auto image = open(bytes);
        const auto take_out = [](auto& data) {
            for (auto entry = data.begin(); entry != data.end();) {
                entry = tells_place(entry->key()) ? data.erase(entry) : std::next(entry);
            }
        };
        take_out(image->exifData());
        take_out(image->xmpData());
        take_out(image->iptcData());
        image->writeMetadata();
        Exiv2::BasicIo& io = image->io();
        if (io.open() != 0) return damaged();
        const Exiv2::DataBuf content = io.read(static_cast<Size>(io.size()));
        io.close();
        return text_of(content);
    } catch (const std::exception&) {
        return Error{ErrorKind::UnsupportedFormat,
                     say("The place where the photo was taken can't be taken out of this kind of "
                         "file: export it as JPEG.")};
    }
}

}  // namespace changji
