#include "base/library.hpp"

#include <stdexcept>

#include <dlfcn.h>
#include <fmt/core.h>

namespace waymark {

Library::Library(const char* name, const char* package) : m_handle(dlopen(name, RTLD_NOW | RTLD_LOCAL)), m_name(name) {
  if (m_handle == nullptr) throw std::runtime_error(fmt::format("{} cannot be loaded; install the package {}", name, package));
}

void* Library::address(const char* name) const {
  void* found = dlsym(m_handle, name);
  if (found == nullptr) throw std::runtime_error(fmt::format("{} has no {}", m_name, name));
  return found;
}

}  // namespace waymark
