/// JSON values by their names alone; whoever looks into one includes <boost/json.hpp>.
#pragma once

namespace boost::json {
class object;
class value;
}  // namespace boost::json
