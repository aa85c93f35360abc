#include "ui/window/commands.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "ui/language/language.hpp"

namespace changji {
namespace {

const std::vector<Command>& table() {
    using enum CommandGroup;
    static const std::vector<Command> all{
        {"record", "Space", Take, say("Record; to stop twice, or hold it"), PressRecord{}},
        {"confirm-stop", "Return", Take, say("Stop, after the first Space"), ConfirmStop{}},
        {"cancel", "Escape", Take, say("Go on; close; clear messages"), Cancel{}},
        {"guest", "F2", Take, say("Write the guest's name"), FocusGuest{}},
        {"sign-offs", "F3", Take, say("Sign off what only people can judge"), ToggleSignOffs{}},
        {"store-reference", "F4", Take, say("Keep picture and sound as reference"), StoreReference{}},
        {"good-moment", "G", Take, say("Mark a good moment of the take"), MarkMoment{MarkKind::Good}},
        {"bad-moment", "X", Take, say("Mark a bad moment of the take"), MarkMoment{MarkKind::Bad}},
        {"outline", "O", Take, say("The topics, or the slate"), ToggleOutline{}},
        {"topic-1", "1", Take, say("Tick topic {0}", "1"), TickTopic{1}},
        {"topic-2", "2", Take, say("Tick topic {0}", "2"), TickTopic{2}},
        {"topic-3", "3", Take, say("Tick topic {0}", "3"), TickTopic{3}},
        {"topic-4", "4", Take, say("Tick topic {0}", "4"), TickTopic{4}},
        {"topic-5", "5", Take, say("Tick topic {0}", "5"), TickTopic{5}},
        {"topic-6", "6", Take, say("Tick topic {0}", "6"), TickTopic{6}},
        {"topic-7", "7", Take, say("Tick topic {0}", "7"), TickTopic{7}},
        {"topic-8", "8", Take, say("Tick topic {0}", "8"), TickTopic{8}},
        {"topic-9", "9", Take, say("Tick topic {0}", "9"), TickTopic{9}},
        {"cue", "M", Take, say("Countdown with or without a tone"), ToggleCue{}},
        {"countdown", "Ctrl+M", Take, say("How long the countdown is"), NextCountdown{}},
        {"trial", "T", Take, say("Test recording: five seconds, judged at once"), SetupAction{StartTrial{}}},
        {"script", "E", Prompter, say("Write the script"), PrompterAction{TogglePrompterPage{PrompterPage::Script}}},
        {"talents", "U", Prompter, say("The talent's screens, the pace"),
         PrompterAction{TogglePrompterPage{PrompterPage::Screens}}},
        {"talent-window", "Y", Prompter, say("Open or close the talent's screen"), PrompterAction{ToggleTalents{}}},
        {"prompt", "B", Prompter, say("Prompter: run or pause"), PrompterAction{RunOrPause{}}},
        {"hold", "J", Prompter, say("Stand still; held down: until let go"), PrompterAction{HoldOrRelease{}}},
        {"follow-voice", "F", Prompter, say("Follow the host's voice, or the pace"), PrompterAction{FollowOrPace{}}},
        {"line-on", "PageDown", Prompter, say("A line on"), PrompterAction{StepScript{PrompterStep::Line, 1}}},
        {"line-back", "PageUp", Prompter, say("A line back"), PrompterAction{StepScript{PrompterStep::Line, -1}}},
        {"sentence-on", "Ctrl+PageDown", Prompter, say("A sentence on"),
         PrompterAction{StepScript{PrompterStep::Sentence, 1}}},
        {"sentence-back", "Ctrl+PageUp", Prompter, say("A sentence back"),
         PrompterAction{StepScript{PrompterStep::Sentence, -1}}},
        {"question-on", "N", Prompter, say("To the next question"), PrompterAction{StepScript{PrompterStep::Mark, 1}}},
        {"question-back", "Shift+N", Prompter, say("To the question before"),
         PrompterAction{StepScript{PrompterStep::Mark, -1}}},
        {"rewind", "Ctrl+Home", Prompter, say("To the beginning of the script"), PrompterAction{RewindScript{}}},
        {"slower", "-", Prompter, say("Slower"), PrompterAction{ChangePace{-1}}},
        {"faster", "=", Prompter, say("Faster"), PrompterAction{ChangePace{1}}},
        {"false-colour", "F5", Aids, say("False colour"), ToggleAid{Aid::FalseColour}},
        {"zebra", "F6", Aids, say("Zebra"), ToggleAid{Aid::Zebra}},
        {"peaking", "F7", Aids, say("Focus peaking"), ToggleAid{Aid::Peaking}},
        {"guides", "F8", Aids, say("Guides"), ToggleAid{Aid::Guides}},
        {"mirror", "F9", Aids, say("Mirror"), ToggleAid{Aid::Mirror}},
        {"magnify", "F10", Aids, say("Enlarge"), ToggleAid{Aid::Magnify}},
        {"waveform", "W", Aids, say("Waveform; again: red, green, blue"), ToggleAid{Aid::Waveform}},
        {"vectorscope", "V", Aids, say("Vectorscope: colours and skin"), ToggleAid{Aid::Vectorscope}},
        {"histogram", "H", Aids, say("Histogram of brightness"), ToggleAid{Aid::Histogram}},
        {"clutter", "K", Aids, say("Restless places of the background"), ToggleAid{Aid::Clutter}},
        {"headroom", "A", Aids, say("Faces: headroom and eye line"), ToggleAid{Aid::Headroom}},
        {"freeze", "Z", Aids, say("Hold the picture"), ToggleAid{Aid::Freeze}},
        {"compare", "R", Aids, say("Compare with the reference"), ToggleAid{Aid::Compare}},
        {"spectrum", "S", Aids, say("Sound spectrum and hum"), ToggleAid{Aid::Spectrum}},
        {"phase", "P", Aids, say("Phase of the sound"), ToggleAid{Aid::Phase}},
        {"tools", "Q", Aids, say("All tools, to switch on and off"), ToggleTools{}},
        {"tablet", "Ctrl+T", Screen, say("Prompter on tablets"), TabletAction{ToggleTablet{}}},
        {"crop-left", "Ctrl+Left", Screen, say("Move the part that is kept left"), MoveCrop{-1, 0}},
        {"crop-right", "Ctrl+Right", Screen, say("Move the part that is kept right"), MoveCrop{1, 0}},
        {"crop-up", "Ctrl+Up", Screen, say("Move the part that is kept up"), MoveCrop{0, -1}},
        {"crop-down", "Ctrl+Down", Screen, say("Move the part that is kept down"), MoveCrop{0, 1}},
        {"review", "I", Take, say("Look at the last take again"), ReviewAction{OpenReview{ReviewPage::Take, 0}}},
        {"take-log", "Ctrl+L", Take, say("The take log: all takes, notes, search"),
         ReviewAction{OpenReview{ReviewPage::Log, 0}}},
        {"help", "F1", Window, say("This list"), ToggleHelp{}},
        {"setup", "F12", Window, say("Set-up: project, slate, devices, keys"), SetupAction{ToggleSetup{}}},
        {"guide", "Ctrl+G", Window, say("The guide for the first time"), SetupAction{ToggleGuide{}}},
        {"package", "Ctrl+D", Window, say("Send in: check and put together"), PackageAction{TogglePackage{}}},
        {"full-screen", "F11", Window, say("Full screen"), ToggleFullScreen{}},
        {"language", "L", Window, say("Change the language"), ToggleLanguage{}},
        {"theme", "D", Window, say("Light or dark screen"), ToggleTheme{}},
        {"compact", "C", Window, say("Preview and meters only"), ToggleCompact{}},
        {"zoom-in", "Ctrl+=", Window, say("Everything larger"), Zoom{1}},
        {"zoom-out", "Ctrl+-", Window, say("Everything smaller"), Zoom{-1}},
        {"zoom-off", "Ctrl+0", Window, say("Everything as large as usual"), Zoom{0}},
        {"close", "Ctrl+Q", Window, say("Close the window; twice while recording"), CloseWindow{}},
        {"play", "Space", Review, say("Play and stop"), ReviewAction{PlayerCommand{TogglePlay{}}}},
        {"record-next", "R", Review, say("Record the next take"), ReviewAction{RecordNext{}}},
        {"frame-back", "Left", Review, say("One picture back"), ReviewAction{PlayerCommand{StepFrames{-1}}}},
        {"frame-on", "Right", Review, say("One picture on"), ReviewAction{PlayerCommand{StepFrames{1}}}},
        {"play-back", "J", Review, say("Backwards; again: faster"), ReviewAction{PlayerCommand{ShuttlePlay{-1}}}},
        {"play-still", "K", Review, say("Stand still"), ReviewAction{PlayerCommand{ShuttlePlay{0}}}},
        {"play-on", "L", Review, say("Forwards; again: faster"), ReviewAction{PlayerCommand{ShuttlePlay{1}}}},
        {"play-slower", ",", Review, say("Play slower"), ReviewAction{PlayerCommand{ChangeSpeed{-1}}}},
        {"play-faster", ".", Review, say("Play faster"), ReviewAction{PlayerCommand{ChangeSpeed{1}}}},
        {"next-place", "N", Review, say("To the next place that isn't right"), ReviewAction{TurnPlace{1}}},
        {"previous-place", "P", Review, say("To the place before"), ReviewAction{TurnPlace{-1}}},
        {"loop", "O", Review, say("Repeat the place; again: no longer"), ReviewAction{ToggleLoop{}}},
        {"finding-down", "Down", Review, say("Down the list"), ReviewAction{TurnFinding{1}}},
        {"finding-up", "Up", Review, say("Up the list"), ReviewAction{TurnFinding{-1}}},
        {"take-before", "[", Review, say("The take before"), ReviewAction{TurnTake{-1}}},
        {"take-after", "]", Review, say("The take after"), ReviewAction{TurnTake{1}}},
        {"page-on", "PageDown", Review, say("Review, comparison, take log"), ReviewAction{TurnReviewPage{1}}},
        {"page-back", "PageUp", Review, say("The same, backwards"), ReviewAction{TurnReviewPage{-1}}},
        {"timeline-closer", "=", Review, say("Timeline: closer"), ReviewAction{ZoomTimeline{2.0, {}}}},
        {"timeline-wider", "-", Review, say("Timeline: wider"), ReviewAction{ZoomTimeline{0.5, {}}}},
        {"rate-good", "G", Review, say("Rate the take: good"), ReviewAction{RateTake{Rating::Good}}},
        {"rate-reserve", "B", Review, say("Rate the take: reserve"), ReviewAction{RateTake{Rating::Reserve}}},
        {"rate-no", "X", Review, say("Rate the take: not to be used"), ReviewAction{RateTake{Rating::No}}},
        {"note", "F2", Review, say("Write a note on the take"), ReviewAction{FocusNote{}}},
        {"compare-takes", "C", Review, say("Compare with the best other take"), ReviewAction{CompareWith{0}}},
        {"save-report", "Ctrl+P", Review, say("Save the report to print"), ReviewAction{SaveReport{}}},
        {"save-log", "Ctrl+S", Review, say("Save the take log as a table (CSV)"), ReviewAction{SaveLog{}}},
        {"delete-take", "Delete", Review, say("Move the take to the trash"), ReviewAction{AskToDelete{}}},
    };
    return all;
}

constexpr std::array text_names{"Space", "Return", "Backspace", "Delete", "Left",   "Right", "Up",
                                "Down",  "Home",   "End",       "Tab",    "Escape", "Insert"};

bool is_key_name(std::string_view key) { return !key.empty() && key.size() < 32; }

}  // namespace

std::span<const Command> commands() { return table(); }

const Command* find_command(std::string_view id) {
    const auto found = std::ranges::find(table(), id, [](const Command& each) { return std::string_view(each.id); });
    return found == table().end() ? nullptr : &*found;
}

KeyMap::KeyMap(const std::map<std::string, std::string>& chosen, std::vector<Message>* faults) {
    std::map<std::pair<KeyPlace, std::string>, std::string> holder;
    const auto tell = [faults](Message message) {
        if (faults) faults->push_back(std::move(message));
    };
    for (const auto& [id, key] : chosen) {
        const Command* const command = find_command(id);
        if (!command) {
            tell(say("The settings give a key to '{0}', which is nothing the program can do: that line is ignored.",
                     id));
        } else if (!key.empty() && !is_key_name(key)) {
            tell(say("The settings give '{0}' a key that is none: it keeps its own.", id));
        } else if (!key.empty() && !holder.emplace(std::pair(place_of(*command), key), id).second) {
            tell(say("The settings give the key {0} to two things: '{1}' has it, '{2}' keeps its own.", key,
                     holder[{place_of(*command), key}], id));
        } else {
            bind(id, key);
        }
    }
}

std::string KeyMap::key_for(std::string_view id) const {
    if (const auto own = chosen_.find(std::string(id)); own != chosen_.end()) return own->second;
    const Command* const command = find_command(id);
    return command ? command->key : std::string();
}

std::string KeyMap::words_for(std::string_view id) const {
    const std::string key = key_for(id);
    return key.empty() ? "–" : key_words(key);
}

const Command* KeyMap::command_for(std::string_view key, KeyPlace place) const {
    if (key.empty()) return nullptr;
    const auto found = std::ranges::find_if(
        table(), [&](const Command& each) { return place_of(each) == place && key_for(each.id) == key; });
    return found == table().end() ? nullptr : &*found;
}

void KeyMap::bind(const std::string& id, const std::string& key) {
    const Command* const command = find_command(id);
    if (!command) return;
    if (const Command* const holder = command_for(key, place_of(*command)); holder && holder != command)
        chosen_[holder->id] = "";
    if (key == command->key) {
        chosen_.erase(id);
    } else {
        chosen_[id] = key;
    }
}

bool belongs_to_text(std::string_view key) {
    if (key.starts_with("Ctrl+") || key.starts_with("Alt+")) return false;
    if (key.starts_with("Shift+")) key.remove_prefix(6);
    if (key.starts_with("Keypad ")) return true;
    const bool one_character = !key.empty() && (key.size() == 1 || static_cast<unsigned char>(key.front()) >= 0x80);
    return one_character || std::ranges::find(text_names, key) != text_names.end();
}

std::string key_words(std::string_view key) {
    static const std::array<std::pair<std::string_view, Message>, 7> words{{{"Space", say("Space")},
                                                                            {"Return", say("Enter")},
                                                                            {"Escape", say("Esc")},
                                                                            {"PageUp", say("PgUp")},
                                                                            {"PageDown", say("PgDn")},
                                                                            {"Backspace", say("Backspace")},
                                                                            {"Delete", say("Delete")}}};
    std::string shown;
    for (const std::string_view held : {"Ctrl+", "Alt+", "Shift+"}) {
        if (!key.starts_with(held)) continue;
        shown += held.substr(0, held.size() - 1);
        shown += ' ';
        key.remove_prefix(held.size());
    }
    constexpr std::array<std::pair<std::string_view, const char*>, 4> arrows{
        {{"Left", "←"}, {"Right", "→"}, {"Up", "↑"}, {"Down", "↓"}}};
    for (const auto& [name, arrow] : arrows) {
        if (name == key) return shown + arrow;
    }
    for (const auto& [name, word] : words) {
        if (name == key) return shown + tr(word);
    }
    return shown + std::string(key);
}

}  // namespace changji
