/// A disk that really is full: a small one of a process of its own.
#pragma once

#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <string>

#include "temporary_folder.hpp"

/// Fills what is left of the disk that holds it; gone with it.
class Ballast {
 public:
  explicit Ballast(std::filesystem::path file) : m_file(std::move(file)) {
    std::ofstream stream(m_file, std::ios::binary);
    const std::string some(4096, 'b');
    while (stream.write(some.data(), static_cast<std::streamsize>(some.size())).flush()) {
    }
  }
  ~Ballast() {
    std::error_code ignored;
    std::filesystem::remove(m_file, ignored);
  }
  Ballast(const Ballast&) = delete;
  Ballast& operator=(const Ballast&) = delete;

 private:
  std::filesystem::path m_file;
};

/// What `run` says of a folder on a disk of `size` ("1m"), in a process and a world of mounts of its own; what it throws is said, too. None where this machine
/// lets nobody mount a disk. REQUIRES that this process has no other threads.
[[nodiscard]] inline std::optional<std::string> on_small_disk(const char* size, const std::function<std::string(const std::filesystem::path&)>& run) {
  const TemporaryFolder folder;
  int ends[2];
  if (pipe(ends) != 0) return "no pipe";
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    const int flags = geteuid() == 0 ? CLONE_NEWNS : CLONE_NEWNS | CLONE_NEWUSER;
    if (unshare(flags) != 0) _exit(1);
    mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
    const std::string options = std::string("size=") + size;
    if (mount("tmpfs", folder.path().c_str(), "tmpfs", 0, options.c_str()) != 0) _exit(1);
    std::string said;
    try {
      said = run(folder.path());
    } catch (const std::exception& thrown) {
      said = thrown.what();
    } catch (...) {
      said = "something was thrown";
    }
    const ssize_t written = write(ends[1], said.data(), said.size());
    _exit(written == static_cast<ssize_t>(said.size()) ? 0 : 2);
  }
  close(ends[1]);
  std::string said;
  char some[4096];
  for (ssize_t count = 0; (count = read(ends[0], some, sizeof some)) > 0;) said.append(some, static_cast<std::size_t>(count));
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 1) return std::nullopt;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) said += " (the process broke)";
  return said;
}
