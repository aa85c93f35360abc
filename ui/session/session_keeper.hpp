#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ui/session/session.hpp"

namespace changji {

/// By what a person chooses a session: the project's folder, and the sources as `--camera` and `--microphone` take
/// them.
struct SessionWish {
    std::filesystem::path project;
    std::string camera = "auto";
    std::string microphone = "auto";

    friend bool operator==(const SessionWish&, const SessionWish&) = default;
};

/// Owns the window's session and exchanges it for another when somebody chooses another project, camera or microphone.
/// One thread.
class SessionKeeper {
public:
    using Open = std::function<Result<std::unique_ptr<Session>>(SessionOptions)>;
    /// `wish` is what `session` was opened by.
    SessionKeeper(std::unique_ptr<Session> session, SessionWish wish, std::filesystem::path person_model = {},
                  Open open = open_session);

    /// Not after lost() or close().
    [[nodiscard]] Session& session() const { return *session_; }
    [[nodiscard]] const SessionWish& wish() const { return wish_; }

    /// Closes the session and opens another: a camera serves one at a time. What was entered, set and cropped stays as
    /// far as project and source stay. DeviceBusy while a take is recorded or finished, InvalidConfig for a project or
    /// source that can't be read: the session is untouched then. When the other can't be opened, the old one is opened
    /// again, or failing that the best there is, and the error is the new one's.
    Status change(const SessionWish& wish);
    /// For good: a running take is finished first.
    void close() { session_.reset(); }
    /// Not even the old one could be opened again.
    [[nodiscard]] bool lost() const { return session_ == nullptr; }
    /// What the last change has to tell: rescued takes, which source was chosen.
    [[nodiscard]] std::vector<Message> take_notices() { return std::exchange(notices_, {}); }

    /// For the next start of the program, the sound's shape included: what somebody chose, not what was taken in place
    /// of a source that is away today.
    void remember() const;

private:
    [[nodiscard]] Result<SessionOptions> options_for(const SessionWish& wish) const;
    void keep(std::unique_ptr<Session> session, const SessionWish& wish);

    const Open open_;
    const std::filesystem::path person_model_;
    std::unique_ptr<Session> session_;
    SessionWish wish_;
    bool chosen_ = false;     ///< by a person, since the program began
    SoundShape first_shape_;  ///< as it began
    std::vector<Message> notices_;
};

/// `source` with that shape, for sources that take one: "auto?channels=left&gain=6".
[[nodiscard]] std::string shaped_microphone(const std::string& source, const SoundShape& shape);

}  // namespace changji
