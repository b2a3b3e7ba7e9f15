// libpq brings OpenSSL, Kerberos and LDAP along, which would cost every command some milliseconds at its start. So SOCI's calls end here, and the
// library is loaded when the first connection to PostgreSQL is made.
#include "db/libpq_on_demand.hpp"

#include <dlfcn.h>

#include <fmt/core.h>
#include <libpq-fe.h>
#include <libpq/libpq-fs.h>

#include "db/database_error.hpp"

namespace waymark::db {
namespace {

void* library() {
  static void* const loaded = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
  return loaded;
}

/// The library's own function of this name and type. A libpq without it is none: all of them have been there since version 9.2.
template <class Function>
Function* found(const char* name, Function*) {
  void* const symbol = library() == nullptr ? nullptr : dlsym(library(), name);
  if (symbol == nullptr) {
    throw DatabaseError(DatabaseError::Kind::unavailable, "The library of PostgreSQL cannot be loaded.", "Install the package libpq5.", name);
  }
  return reinterpret_cast<Function*>(symbol);
}

}  // namespace

void require_libpq() { found("PQconnectdb", &PQconnectdb); }

}  // namespace waymark::db

#define WAYMARK_FORWARD(Result, name, declared, passed)             \
  extern "C" Result name declared {                                 \
    static auto* const function = waymark::db::found(#name, &name); \
    return function passed;                                         \
  }

WAYMARK_FORWARD(PGconn*, PQconnectdb, (const char* information), (information))
WAYMARK_FORWARD(void, PQfinish, (PGconn * connection), (connection))
WAYMARK_FORWARD(ConnStatusType, PQstatus, (const PGconn* connection), (connection))
WAYMARK_FORWARD(PGTransactionStatusType, PQtransactionStatus, (const PGconn* connection), (connection))
WAYMARK_FORWARD(char*, PQerrorMessage, (const PGconn* connection), (connection))
WAYMARK_FORWARD(int, PQserverVersion, (const PGconn* connection), (connection))
WAYMARK_FORWARD(int, PQsocket, (const PGconn* connection), (connection))
WAYMARK_FORWARD(int, PQconsumeInput, (PGconn * connection), (connection))
WAYMARK_FORWARD(PQnoticeProcessor, PQsetNoticeProcessor, (PGconn * connection, PQnoticeProcessor processor, void* argument),
                (connection, processor, argument))
WAYMARK_FORWARD(PGresult*, PQexec, (PGconn * connection, const char* query), (connection, query))
WAYMARK_FORWARD(PGresult*, PQexecParams,
                (PGconn * connection, const char* command, int count, const Oid* types, const char* const* values, const int* lengths,
                 const int* formats, int result_format),
                (connection, command, count, types, values, lengths, formats, result_format))
WAYMARK_FORWARD(PGresult*, PQprepare, (PGconn * connection, const char* name, const char* query, int count, const Oid* types),
                (connection, name, query, count, types))
WAYMARK_FORWARD(PGresult*, PQexecPrepared,
                (PGconn * connection, const char* name, int count, const char* const* values, const int* lengths, const int* formats,
                 int result_format),
                (connection, name, count, values, lengths, formats, result_format))
WAYMARK_FORWARD(int, PQsendQuery, (PGconn * connection, const char* query), (connection, query))
WAYMARK_FORWARD(int, PQsendQueryParams,
                (PGconn * connection, const char* command, int count, const Oid* types, const char* const* values, const int* lengths,
                 const int* formats, int result_format),
                (connection, command, count, types, values, lengths, formats, result_format))
WAYMARK_FORWARD(int, PQsendPrepare, (PGconn * connection, const char* name, const char* query, int count, const Oid* types),
                (connection, name, query, count, types))
WAYMARK_FORWARD(int, PQsendQueryPrepared,
                (PGconn * connection, const char* name, int count, const char* const* values, const int* lengths, const int* formats,
                 int result_format),
                (connection, name, count, values, lengths, formats, result_format))
WAYMARK_FORWARD(int, PQsetSingleRowMode, (PGconn * connection), (connection))
WAYMARK_FORWARD(PGresult*, PQgetResult, (PGconn * connection), (connection))
WAYMARK_FORWARD(ExecStatusType, PQresultStatus, (const PGresult* result), (result))
WAYMARK_FORWARD(char*, PQresultErrorMessage, (const PGresult* result), (result))
WAYMARK_FORWARD(char*, PQresultErrorField, (const PGresult* result, int field), (result, field))
WAYMARK_FORWARD(int, PQntuples, (const PGresult* result), (result))
WAYMARK_FORWARD(int, PQnfields, (const PGresult* result), (result))
WAYMARK_FORWARD(char*, PQfname, (const PGresult* result, int column), (result, column))
WAYMARK_FORWARD(int, PQfformat, (const PGresult* result, int column), (result, column))
WAYMARK_FORWARD(Oid, PQftype, (const PGresult* result, int column), (result, column))
WAYMARK_FORWARD(int, PQfsize, (const PGresult* result, int column), (result, column))
WAYMARK_FORWARD(char*, PQcmdTuples, (PGresult * result), (result))
WAYMARK_FORWARD(char*, PQgetvalue, (const PGresult* result, int row, int column), (result, row, column))
WAYMARK_FORWARD(int, PQgetlength, (const PGresult* result, int row, int column), (result, row, column))
WAYMARK_FORWARD(int, PQgetisnull, (const PGresult* result, int row, int column), (result, row, column))
WAYMARK_FORWARD(void, PQclear, (PGresult * result), (result))
// SOCI's large objects, which Waymark does not use but which its object files name.
WAYMARK_FORWARD(int, lo_open, (PGconn * connection, Oid object, int mode), (connection, object, mode))
WAYMARK_FORWARD(int, lo_close, (PGconn * connection, int descriptor), (connection, descriptor))
WAYMARK_FORWARD(int, lo_read, (PGconn * connection, int descriptor, char* buffer, size_t size), (connection, descriptor, buffer, size))
WAYMARK_FORWARD(int, lo_write, (PGconn * connection, int descriptor, const char* buffer, size_t size), (connection, descriptor, buffer, size))
WAYMARK_FORWARD(int, lo_lseek, (PGconn * connection, int descriptor, int offset, int whence), (connection, descriptor, offset, whence))
