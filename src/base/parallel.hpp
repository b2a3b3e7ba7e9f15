/// Independent work spread over the machine's cores.
#pragma once

#include <cstddef>
#include <functional>

namespace waymark {

/// Calls `work(i)` once for every i below `count`, on this thread and on as many others as there are further cores (at most `count` in all); returns when all
/// are done. The calls must not touch each other's data. When some throw, the rest is left out and the first exception is thrown here.
void parallel_for(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace waymark
