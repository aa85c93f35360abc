#include "ui/window/choice.hpp"

#include "ui/window/action.hpp"

namespace changji {

template <typename Variant>
Choice<Variant>::Choice(const Choice& other) = default;
template <typename Variant>
Choice<Variant>::Choice(Choice&& other) noexcept = default;
template <typename Variant>
Choice<Variant>& Choice<Variant>::operator=(const Choice& other) = default;
template <typename Variant>
Choice<Variant>& Choice<Variant>::operator=(Choice&& other) noexcept = default;
template <typename Variant>
Choice<Variant>::~Choice() = default;

template struct Choice<PlayerCommands>;
template struct Choice<ReviewActions>;
template struct Choice<SetupActions>;
template struct Choice<PackageActions>;
template struct Choice<TabletActions>;
template struct Choice<PrompterActions>;
template struct Choice<Actions>;

}  // namespace changji
