// Every word that is drawn: none cut off, none left in the other language.

#include <algorithm>
#include <cctype>
#include <set>
#include <string>
#include <vector>

#include "analysis/judging/advice.hpp"
#include "review_fixture.hpp"

namespace changji {
namespace {

constexpr std::array sizes{std::pair(1280.0F, 720.0F), std::pair(1920.0F, 1080.0F), std::pair(3840.0F, 2160.0F)};
constexpr std::array stages{Stage::Watching, Stage::Recording, Stage::Finishing, Stage::Lost};

/// Units, names of standards and of keys, and what the fake session's devices are called.
const std::set<std::string> same_in_chinese{
    "Home", "eDP",   "HDMI", "txt", "md",  "docx",   "dBFS", "LUFS",  "REC",  "Ctrl", "Esc", "Tab",
    "Alt",  "Shift", "Hz",   "kHz", "USB", "Studio", "Cam",  "Audio", "libx", "zip",  "CSV", "English",
    "EBU",  "MP",    "RGB",  "ISO", "GOP", "Fn",     "min",  "http",  "eth",  "wlan", "IPv"};

/// The words of Latin letters in `text`.
std::vector<std::string> latin_words(const std::string& text) {
    std::vector<std::string> words(1);
    for (const char c : text) {
        if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
            words.back() += c;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    std::erase_if(words, [](const std::string& word) { return word.size() < 3; });
    return words;
}

bool has_chinese(const std::string& text) {
    return std::ranges::any_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0xE4 && byte <= 0xE9;
    });
}

/// Every sentence a meter can show.
std::vector<Message> all_advice() {
    const Preset preset = test::interview_preset();
    const Readings readings;
    const Circumstances circumstances{preset, readings};
    std::vector<Message> all;
    for (std::size_t index = 0; index < measure_count; ++index) {
        const auto measure = static_cast<Measure>(index);
        all.push_back(reason_absent(measure));
        for (const bool too_high : {false, true}) {
            for (const bool fails : {false, true}) {
                for (const double value : {1.0, 2.0}) {
                    const Offence offence{value, too_high, fails};
                    all.push_back(light_advice(measure, offence, circumstances));
                    all.push_back(picture_advice(measure, offence, circumstances));
                    all.push_back(sound_advice(measure, offence, circumstances));
                }
            }
        }
    }
    std::erase_if(all, [](const Message& each) { return each.empty(); });
    std::ranges::sort(all, {}, &Message::id);
    const auto repeated = std::ranges::unique(all);
    all.erase(repeated.begin(), repeated.end());
    return all;
}

/// The tablet panel in each of its states; the last one is open and has the longest words.
std::vector<TabletView> tablet_views() {
    TabletView closed;
    closed.addresses = {{"127.0.0.1", "lo", AddressReach::ThisMachine},
                        {"192.168.100.100", "wlan0", AddressReach::LocalNetwork},
                        {"100.200.100.200", "eth0", AddressReach::Anyone}};
    TabletView refused = closed;
    refused.problem = check_private("100.200.100.200").error().message;
    TabletView open = closed;
    open.open = true;
    open.url = "http://192.168.100.100:65535/0123456789012345/";
    open.code = qr_code(open.url);
    TabletView many = open;
    many.clients = 20;
    many.refused = 1;
    TabletView away = many;
    away.problem =
        say("This machine doesn't have the address {0} any more: no tablet can reach it. Connect to the "
            "network again, or stop and choose another address.",
            "192.168.100.100");
    return {closed, refused, open, many, away};
}

class WordsOnScreen : public test::Screen {
protected:
    void SetUp() override {
        test::Screen::SetUp();
        if (fonts_) fonts_->audit = &audit_;
        session_.campaign.title = "书记校长话就业·访谈";
        test::store_take(folder_.path(), test::dark_report(1));
        test::store_take(folder_.path(), test::good_report(2));
        const TakeFiles third = test::store_take(folder_.path(), test::good_report(3));
        for (const auto& file : {third.report, third.meters}) std::filesystem::remove(file);
    }
    /// Draws everything there is at this size, and hands each screen to `look`.
    template <typename Look>
    void draw_everything(Look look) {
        for (const auto& [width, height] : sizes) {
            set_size(width, height);
            for (const bool compact : {false, true}) {
                view_.settings.compact = compact;
                for (const Stage stage : stages) {
                    session_.now.stage = stage;
                    draw();
                    look(std::to_string(static_cast<int>(width)) + (compact ? " compact" : "") + " stage " +
                         std::to_string(static_cast<int>(stage)));
                }
            }
            view_.settings.compact = false;
            session_.now.stage = Stage::Watching;
            for (const SetupPage page : {SetupPage::Project, SetupPage::Slate, SetupPage::Camera, SetupPage::Microphone,
                                         SetupPage::Settings}) {
                view_.overlay = Overlay::Setup;
                view_.setup.page = page;
                draw();
                look(std::to_string(static_cast<int>(width)) + " set-up page " +
                     std::to_string(static_cast<int>(page)));
            }
            for (const GuideStep step : {GuideStep::Picture, GuideStep::Light, GuideStep::Sound, GuideStep::Trial}) {
                view_.overlay = Overlay::Guide;
                view_.setup.guide.step = step;
                draw();
                look(std::to_string(static_cast<int>(width)) + " guide step " + std::to_string(static_cast<int>(step)));
            }
            for (const Overlay overlay : {Overlay::Help, Overlay::SignOffs, Overlay::Tools}) {
                view_.overlay = overlay;
                draw();
                look(std::to_string(static_cast<int>(width)) + " overlay " + std::to_string(static_cast<int>(overlay)));
            }
            view_.overlay = Overlay::Package;
            draw();
            look(std::to_string(static_cast<int>(width)) + " package");
            for (const PrompterPage page : {PrompterPage::Script, PrompterPage::Screens}) {
                view_.overlay = Overlay::Prompter;
                view_.prompter.page = page;
                view_.prompter.displays = {{"eDP-1", 0, 0, 1920, 1080, 60, true},
                                           {"HDMI-1", 1920, 0, 3840, 2160, 50, false}};
                draw();
                look(std::to_string(static_cast<int>(width)) + " prompter page " +
                     std::to_string(static_cast<int>(page)));
            }
            view_.overlay = Overlay::None;
            draw_the_review(static_cast<int>(width), look);
            view_.overlay = Overlay::Tablet;
            for (const TabletView& each : tablet_views()) {
                view_.tablet = each;
                draw();
                look(std::to_string(static_cast<int>(width)) + " tablet panel, " + (each.open ? "open" : "closed"));
            }
            view_.overlay = Overlay::None;
            draw();
            look(std::to_string(static_cast<int>(width)) + " with tablets");
            view_.tablet = {};
        }
    }
    /// A bad take compared with a good one, and a take of which everything is missing.
    template <typename Look>
    void draw_the_review(int width, Look look) {
        const Preset preset = std::exchange(session_.campaign, review_preset());
        for (const int take : {1, 2, 3}) {
            for (const ReviewPage page : {ReviewPage::Take, ReviewPage::Compare, ReviewPage::Log}) {
                open_review(session_.now, page, take, view_);
                follow_review(test::content_of(folder_.path(), take, take == 2 ? 1 : 2, session_.campaign), view_);
                view_.review.play.stage = TakePlayerState::Stage::Open;
                view_.review.play.length_s = 60.0;
                draw();
                const std::string where = std::to_string(width) + " take " + std::to_string(take) + " page " +
                                          std::to_string(static_cast<int>(page));
                look(where);
            }
            view_.overlay = Overlay::Help;
            draw();
            look(std::to_string(width) + " keys of the review");
            view_.overlay = Overlay::None;
            view_.review.to_delete = take;
            draw();
            look(std::to_string(width) + " delete");
            close_review(view_);
        }
        session_.campaign = preset;
    }
    /// As shipped; without what is in the campaign's own language where that is asked for.
    [[nodiscard]] Preset review_preset() const {
        Preset preset = test::shipped_preset();
        if (session_.campaign.confirmations.empty()) {
            preset.confirmations.clear();
            preset.topics.reset();
            preset.opening.reset();
        }
        return preset;
    }
    test::TemporaryFolder folder_;

    Fonts::Audit audit_;
};

TEST_F(WordsOnScreen, NoneIsCutOffInEitherLanguageAtThreeSizes) {
    std::set<std::string> told;
    for (const Language language : {Language::Chinese, Language::English}) {
        use_language(language);
        draw_everything([&](const std::string& where) {
            EXPECT_GT(audit_.shown.size(), 8U) << where;
            for (const std::string& words : audit_.clipped) {
                if (!told.insert(words).second) continue;
                ADD_FAILURE() << (language == Language::Chinese ? "Chinese, " : "English, ") << where << ": " << words;
            }
        });
    }
}

TEST_F(WordsOnScreen, EveryAdviceFitsItsMeterAndTheCompactOne) {
    const std::vector<Message> sentences = all_advice();
    ASSERT_GT(sentences.size(), 40U);
    std::set<std::string> told;
    for (const Language language : {Language::Chinese, Language::English}) {
        use_language(language);
        for (const bool compact : {false, true}) {
            view_.settings.compact = compact;
            for (std::size_t next = 0; next < sentences.size(); next += 3) {
                for (std::size_t at = 0; at < 3; ++at) {
                    session_.now.meters[at].advice = sentences[(next + at) % sentences.size()];
                }
                draw();
                for (const std::string& words : audit_.clipped) {
                    if (told.insert(words).second) ADD_FAILURE() << (compact ? "compact: " : "") << words;
                }
            }
        }
    }
}

TEST_F(WordsOnScreen, TheChineseScreenSpeaksNoEnglish) {
    use_language(Language::Chinese);
    std::set<std::string> told;
    draw_everything([&](const std::string& where) {
        for (const std::string& shown : audit_.shown) {
            for (const std::string& word : latin_words(shown)) {
                if (same_in_chinese.contains(word) || !told.insert(shown).second) continue;
                ADD_FAILURE() << where << ": " << shown;
            }
        }
    });
}

TEST_F(WordsOnScreen, TheEnglishScreenSpeaksChineseOnlyWhereThePresetAndTheCrewDo) {
    use_language(Language::English);
    // What is read aloud, signed off or typed is in the campaign's own language.
    session_.campaign.opening.reset();
    session_.campaign.confirmations.clear();
    session_.now.slate = {};
    for (TakeReport report : {test::dark_report(1), test::good_report(2)}) {
        report.slate = {};
        test::store_take(folder_.path(), report);
    }
    std::set<std::string> told;
    draw_everything([&](const std::string& where) {
        for (const std::string& shown : audit_.shown) {
            if (!has_chinese(shown) || shown.find("中文") != std::string::npos || !told.insert(shown).second) continue;
            ADD_FAILURE() << where << ": " << shown;
        }
    });
}

}  // namespace
}  // namespace changji
