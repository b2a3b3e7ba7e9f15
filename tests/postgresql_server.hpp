/// A PostgreSQL server of the test program's own, gone when the program ends, however it ends.
#pragma once

#include <string>

/// Started when it is first asked for; one for all tests of a program. Needs the package postgresql. Throws std::runtime_error when it cannot start.
class PostgresqlServer {
 public:
  static PostgresqlServer& running();

  /// An address for an empty schema of its own, so that tests do not see each other.
  [[nodiscard]] std::string new_store();
  /// As an administrator would: connections break, and come back when it is up. Returns when it is.
  void restart();
  void stop();   ///< returns when it is down
  void start();  ///< returns when it answers

  PostgresqlServer(const PostgresqlServer&) = delete;
  PostgresqlServer& operator=(const PostgresqlServer&) = delete;

 private:
  PostgresqlServer();
  ~PostgresqlServer();

  std::string m_folder;
  int m_keeper = -1;  ///< a pipe: when it closes, the keeper stops the server and removes its folder
  int m_stores = 0;
};
