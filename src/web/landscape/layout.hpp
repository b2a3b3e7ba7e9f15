/// Inside the landscape: the steps from plain values to a drawing. Not for other folders.
#pragma once

#include <functional>
#include <vector>

#include "web/landscape/drawing.hpp"

namespace waymark::web::landscape {

/// Sizes in map pixels.
struct Measures {
  Orientation orientation = Orientation::across;
  double extent = 0;         ///< how long the axis of scope may be; down: as long as it must
  double breadth = 0;        ///< across the axis; across: as wide as it must
  double margin_begin = 0;   ///< before the first place, along the axis
  double margin_end = 0;
  double unit = 0;           ///< at least so much for one step of scope (down only)
  double lane = 0;           ///< from the axis to the first lane beside it
  double lane_step = 0;      ///< and from lane to lane
  double radius = 0;
  double name_size = 0;
  double shift_size = 0;
  double id_size = 0;
  double label_width = 0;
  double axis_label_width = 0;  ///< on the axis, where there is more room
};
[[nodiscard]] Measures measures_for(Orientation orientation);

/// 0 is the axis; -1, 1, -2, 2, … lie beside it, the fork's own track on -1.
[[nodiscard]] std::vector<int> lanes(const Ground& ground);

struct Marks {
  std::vector<Point> at;                          ///< of the places
  std::vector<int> lane;
  double end = 0;                                 ///< along the axis, behind the last place
  std::function<double(double position)> along;   ///< where a position on the axis of scope lies
};
/// `label_heights` keep neighbours in a lane apart where scope runs downwards.
[[nodiscard]] Marks set_marks(const Ground& ground, const Measures& measures, const std::vector<double>& label_heights);

/// The words of one place, wrapped; `height` and `width` are those of all lines together.
struct Words {
  std::vector<TextLine> lines;  ///< x is 0, y from the top of the label
  double width = 0;
  double height = 0;
};
[[nodiscard]] std::vector<Words> set_words(const Ground& ground, const Measures& measures, const std::vector<int>& lanes);

/// One curve a route. Routes of a pair, there and back, lie beside each other; curves keep away from marks of other places and from `labels`.
[[nodiscard]] std::vector<Curve> lay_trails(const Ground& ground, const Measures& measures, const Marks& marks, const std::vector<Box>& labels);

/// Where the labels go. No two overlap, whatever the ground; they keep off marks, and off curves and `taken` as far as they can.
[[nodiscard]] std::vector<DrawnPlace> place_labels(const Ground& ground, const Measures& measures, const Marks& marks, const std::vector<Words>& words,
                                                   const std::vector<Curve>& trails, const std::vector<Box>& taken);

/// Contour lines of a made-up ground whose valleys follow the trails.
[[nodiscard]] std::vector<std::string> contours(double width, double height, const std::vector<Curve>& trails, const std::vector<Point>& marks);

/// "M1 2C3 4 5 6 7 8", with one decimal where it says something.
[[nodiscard]] std::string number(double value);
[[nodiscard]] std::string curve_path(const Curve& curve);
/// A chevron at `t`, pointing along the curve.
[[nodiscard]] std::string chevron_path(const Curve& curve, double t, double size);

}  // namespace waymark::web::landscape
