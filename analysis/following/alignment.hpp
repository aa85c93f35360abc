#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace changji {

/// Distances between the frames of a reference (rows) and of a live voice (columns).
class DistanceTable {
public:
    DistanceTable(std::size_t rows, std::size_t columns) : columns_(columns), values_(rows * columns) {}
    [[nodiscard]] std::size_t columns() const { return columns_; }
    [[nodiscard]] std::span<float> row(std::size_t row) { return std::span(values_).subspan(row * columns_, columns_); }
    [[nodiscard]] std::span<const float> row(std::size_t row) const {
        return std::span(values_).subspan(row * columns_, columns_);
    }

private:
    std::size_t columns_;
    std::vector<float> values_;
};

struct Alignment {
    static constexpr float impossible = std::numeric_limits<float>::infinity();
    float cost = impossible;                     ///< mean distance a row
    std::size_t from_column = 0, to_column = 0;  ///< both included
};

/// Where the rows, in the order given, fit best between two columns (the second excluded): every row counts once, a
/// step takes one row and one column, one row and two columns, or two rows and one column.
[[nodiscard]] Alignment align(const DistanceTable& table, std::span<const std::size_t> rows, std::size_t from_column,
                              std::size_t to_column);

}  // namespace changji
