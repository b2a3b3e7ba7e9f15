#include "postgresql_server.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace {

namespace fs = std::filesystem;

/// The newest installed version's programs.
std::string programs() {
  std::string newest;
  std::error_code ignored;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", ignored)) {
    const std::string bin = (version.path() / "bin").string();
    if (fs::exists(bin + "/initdb") && bin > newest) newest = bin;
  }
  if (newest.empty()) throw std::runtime_error("PostgreSQL is not installed; ./check installs the package postgresql");
  return newest;
}

/// The server refuses to be root.
std::string as_its_user(const std::string& command) {
  return geteuid() == 0 ? "setpriv --reuid=postgres --regid=postgres --clear-groups -- " + command : command;
}

void run(const std::string& command, const std::string& folder) {
  const std::string logged = "cd / && " + as_its_user(command) + " >>'" + folder + "/commands.log' 2>&1 </dev/null";
  if (std::system(logged.c_str()) == 0) return;
  std::ostringstream log;
  log << std::ifstream(folder + "/commands.log").rdbuf() << std::ifstream(folder + "/server.log").rdbuf();
  throw std::runtime_error("failed: " + command + "\n" + log.str());
}

}  // namespace

PostgresqlServer& PostgresqlServer::running() {
  static PostgresqlServer server;
  return server;
}

PostgresqlServer::PostgresqlServer() {
  std::string pattern = "/tmp/waymark-postgresql-XXXXXX";  // short: the name of a socket may have 107 characters
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  m_folder = pattern;
  if (geteuid() == 0 && std::system(("chown postgres: " + m_folder).c_str()) != 0) throw std::runtime_error("there is no user postgres");
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  m_keeper = ends[1];
  const std::string farewell =
      "cat >/dev/null; kill -QUIT $(head -1 '" + m_folder + "/data/postmaster.pid') 2>/dev/null; sleep 0.2; rm -rf '" + m_folder + "'";
  const pid_t keeper = fork();
  if (keeper == 0) {
    setsid();
    dup2(ends[0], 0);
    const int null = open("/dev/null", O_WRONLY);
    dup2(null, 1);
    dup2(null, 2);
    execl("/bin/sh", "sh", "-c", farewell.c_str(), nullptr);
    _exit(127);
  }
  close(ends[0]);
  run(programs() + "/initdb -D '" + m_folder + "/data' -U postgres --auth=trust --no-sync --no-instructions -E UTF8 --locale=C.UTF-8", m_folder);
  start();
}

PostgresqlServer::~PostgresqlServer() { close(m_keeper); }

void PostgresqlServer::start() {
  run(programs() + "/pg_ctl -D '" + m_folder + "/data' -l '" + m_folder + "/server.log' -w -o \"-k '" + m_folder +
          "' -c listen_addresses='' -c fsync=off -c shared_buffers=32MB -c max_connections=40\" start",
      m_folder);
}

void PostgresqlServer::stop() { run(programs() + "/pg_ctl -D '" + m_folder + "/data' -m fast -w stop", m_folder); }

void PostgresqlServer::restart() {
  stop();
  start();
}

std::string PostgresqlServer::new_store() {
  const std::string schema = "test_" + std::to_string(::getpid()) + "_" + std::to_string(++m_stores);
  run("psql -h '" + m_folder + "' -U postgres -q -c 'CREATE SCHEMA " + schema + "'", m_folder);
  return "postgresql://postgres@/postgres?host=" + m_folder + "&options=-csearch_path%3D" + schema;
}
