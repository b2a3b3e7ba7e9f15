/// A shared library that is loaded when it is first needed, so that a command which does not need it does not pay for it at its start.
#pragma once

#include <string>

namespace waymark {

/// Loaded once and kept until the program ends.
class Library {
 public:
  /// `name` as the loader finds it ("libcurl.so.4"). Throws std::runtime_error that names the package to install.
  Library(const char* name, const char* package);

  /// Throws std::runtime_error when the library has no such function.
  template <class Function>
  void find(Function& function, const char* name) const {
    function = reinterpret_cast<Function>(address(name));
  }

 private:
  [[nodiscard]] void* address(const char* name) const;
  void* m_handle;
  std::string m_name;
};

}  // namespace waymark
