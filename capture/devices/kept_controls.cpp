#include "capture/devices/kept_controls.hpp"

#include <algorithm>
#include <utility>

namespace changji {
namespace {

/// What a camera may change by itself in the middle of a take. Flicker suppression shows no change.
bool may_pump(const ControlState& state) {
    return state.automatic && state.can_be_automatic && state.id != ControlId::PowerLine;
}

ControlWish as_it_stands(const ControlState& state) {
    return {state.id, state.automatic ? std::nullopt : std::optional(state.value)};
}

const ControlState* find_state(const std::vector<ControlState>& states, ControlId id) {
    const auto found =
        std::find_if(states.begin(), states.end(), [id](const ControlState& state) { return state.id == id; });
    return found == states.end() ? nullptr : &*found;
}

}  // namespace

KeptControls::KeptControls(std::string camera_name, std::vector<ControlWish> wishes)
    : name_(std::move(camera_name)), wishes_(std::move(wishes)) {}

KeptControls::~KeptControls() { release_automatic(); }

std::vector<Error> KeptControls::attach(const std::string& path) {
    auto opened = V4l2Controls::open(path, name_);
    if (opened) return attach(std::move(*opened));
    detach();
    return {opened.error()};
}

std::vector<Error> KeptControls::attach(V4l2Controls controls) {
    const std::lock_guard guard(mutex_);
    camera_ = std::make_unique<V4l2Controls>(std::move(controls));
    // A lock holds every control where it stands, and knows of wishes that came later.
    std::vector<ControlWish> all;
    for (const Held& held : held_) all.push_back(held.wish);
    for (const ControlWish& wish : wishes_) {
        const auto same = [&wish](const Held& held) { return held.wish.id == wish.id; };
        if (std::none_of(held_.begin(), held_.end(), same)) all.push_back(wish);
    }
    std::vector<Error> errors;
    const auto apply = [&](const ControlWish& wish) {
        Status done = camera_->set(wish);
        if (!done) errors.push_back(done.error());
        return done;
    };
    for (const ControlId id : std::exchange(to_give_back_, {})) {
        const Status done = apply({id, std::nullopt});
        if (!done && done.error().kind == ErrorKind::DeviceLost) to_give_back_.push_back(id);
    }
    for (const ControlWish& wish : all) (void)apply(wish);
    (void)look();
    return errors;
}

void KeptControls::detach() {
    const std::lock_guard guard(mutex_);
    camera_.reset();
}

std::vector<ControlState> KeptControls::look() const {
    if (camera_) {
        // A camera that was unplugged just now lists nothing.
        if (auto states = camera_->list(); !states.empty()) last_seen_ = std::move(states);
    }
    return last_seen_;
}

std::vector<ControlState> KeptControls::list() const {
    const std::lock_guard guard(mutex_);
    return look();
}

Status KeptControls::try_set(const ControlWish& wish) {
    if (camera_) {
        Status done = camera_->set(wish);
        if (done || done.error().kind != ErrorKind::DeviceLost) return done;
    }
    return Error{ErrorKind::DeviceLost,
                 say("The camera {0} is not there: {1} will be set when it is back.", name_, control_id(wish.id))};
}

Status KeptControls::set(const ControlWish& wish) {
    const std::lock_guard guard(mutex_);
    Status done = try_set(wish);
    const bool impossible =
        !done && (done.error().kind == ErrorKind::UnsupportedFormat || done.error().kind == ErrorKind::InvalidConfig);
    if (!impossible) remember(wish);
    return done;
}

void KeptControls::remember(const ControlWish& wish) {
    const auto same = [&wish](const ControlWish& earlier) { return earlier.id == wish.id; };
    std::erase_if(wishes_, same);
    wishes_.push_back(wish);
    std::erase(to_give_back_, wish.id);
    for (Held& held : held_) {
        if (same(held.wish)) held = {wish, false};
    }
    for (ControlState& state : last_seen_) {
        if (state.id != wish.id) continue;
        state.automatic = !wish.value;
        state.value = wish.value.value_or(state.value);
    }
}

KeptControls::Held KeptControls::freeze(const ControlState& state) {
    const ControlWish wish{state.id, state.value};
    const Status done = try_set(wish);
    if (done || done.error().kind == ErrorKind::DeviceLost) return {wish, true};
    // Not at the value asked for, but perhaps standing still all the same.
    const auto states = look();
    const ControlState* const now = find_state(states, state.id);
    if (now && !now->automatic) return {as_it_stands(*now), true};
    return {as_it_stands(state), false};
}

std::vector<ControlId> KeptControls::lock_automatic() {
    const std::lock_guard guard(mutex_);
    bool exposure_frozen = false;
    std::vector<ControlId> frozen;
    for (const ControlState& state : look()) {
        const auto known =
            std::find_if(held_.begin(), held_.end(), [&state](const Held& held) { return held.wish.id == state.id; });
        Held held{as_it_stands(state), false};
        if (may_pump(state)) {
            held = freeze(state);
            if (held.frozen) frozen.push_back(state.id);
            exposure_frozen = exposure_frozen || (held.frozen && state.id == ControlId::Exposure);
        } else if (state.id == ControlId::Gain && exposure_frozen) {
            // Where automatic exposure rules the gain too, the camera falls back to an older one without it.
            (void)try_set(held.wish);
        }
        if (known == held_.end()) {
            held_.push_back(held);
        } else if (held.frozen) {
            *known = held;
        }
    }
    return frozen;
}

void KeptControls::release_automatic() {
    const std::lock_guard guard(mutex_);
    for (const Held& held : std::exchange(held_, {})) {
        if (!held.frozen) continue;
        const Status done = try_set({held.wish.id, std::nullopt});
        if (!done && done.error().kind == ErrorKind::DeviceLost) to_give_back_.push_back(held.wish.id);
    }
}

}  // namespace changji
