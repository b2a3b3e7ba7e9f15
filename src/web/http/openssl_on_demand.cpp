// Linking OpenSSL would cost every command some milliseconds at its start, and a copy in the binary would stay as it is when the system's is mended. So the
// calls of tls.cpp end here, and the system's library is loaded when a certificate is read for the first time.
#include "web/http/openssl_on_demand.hpp"

#include <dlfcn.h>

#include <cstdlib>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace waymark::web::http {
namespace {

void* library() {
  // Finds the functions of libcrypto, too, which it brings along.
  static void* const loaded = dlopen("libssl.so.3", RTLD_NOW | RTLD_LOCAL);
  return loaded;
}

/// The library's own function of this name and type.
template <class Function>
Function* found(const char* name, Function*) {
  void* const symbol = library() == nullptr ? nullptr : dlsym(library(), name);
  if (symbol == nullptr) std::abort();
  return reinterpret_cast<Function*>(symbol);
}

}  // namespace

bool has_openssl() { return library() != nullptr; }

}  // namespace waymark::web::http

#define WAYMARK_FORWARD(Result, name, declared, passed)                    \
  extern "C" Result name declared {                                        \
    static auto* const function = waymark::web::http::found(#name, &name); \
    return function passed;                                                \
  }

WAYMARK_FORWARD(const SSL_METHOD*, TLS_server_method, (), ())
WAYMARK_FORWARD(SSL_CTX*, SSL_CTX_new, (const SSL_METHOD* method), (method))
WAYMARK_FORWARD(void, SSL_CTX_free, (SSL_CTX * context), (context))
WAYMARK_FORWARD(long, SSL_CTX_ctrl, (SSL_CTX * context, int command, long number, void* pointer), (context, command, number, pointer))
WAYMARK_FORWARD(uint64_t, SSL_CTX_set_options, (SSL_CTX * context, uint64_t options), (context, options))
WAYMARK_FORWARD(int, SSL_CTX_set_cipher_list, (SSL_CTX * context, const char* list), (context, list))
WAYMARK_FORWARD(void, SSL_CTX_set_alpn_select_cb, (SSL_CTX * context, SSL_CTX_alpn_select_cb_func choose, void* argument), (context, choose, argument))
WAYMARK_FORWARD(int, SSL_select_next_proto,
                (unsigned char** chosen, unsigned char* size, const unsigned char* ours, unsigned ours_size, const unsigned char* theirs, unsigned theirs_size),
                (chosen, size, ours, ours_size, theirs, theirs_size))
WAYMARK_FORWARD(void, SSL_CTX_set_default_passwd_cb, (SSL_CTX * context, pem_password_cb* ask), (context, ask))
WAYMARK_FORWARD(int, SSL_CTX_use_certificate_chain_file, (SSL_CTX * context, const char* file), (context, file))
WAYMARK_FORWARD(int, SSL_CTX_use_PrivateKey_file, (SSL_CTX * context, const char* file, int type), (context, file, type))
WAYMARK_FORWARD(int, SSL_CTX_check_private_key, (const SSL_CTX* context), (context))
WAYMARK_FORWARD(X509*, SSL_CTX_get0_certificate, (const SSL_CTX* context), (context))
WAYMARK_FORWARD(SSL*, SSL_new, (SSL_CTX * context), (context))
WAYMARK_FORWARD(void, SSL_free, (SSL * connection), (connection))
WAYMARK_FORWARD(int, SSL_set_fd, (SSL * connection, int descriptor), (connection, descriptor))
WAYMARK_FORWARD(int, SSL_accept, (SSL * connection), (connection))
WAYMARK_FORWARD(int, SSL_read, (SSL * connection, void* bytes, int size), (connection, bytes, size))
WAYMARK_FORWARD(int, SSL_write, (SSL * connection, const void* bytes, int size), (connection, bytes, size))
WAYMARK_FORWARD(int, SSL_shutdown, (SSL * connection), (connection))
WAYMARK_FORWARD(int, SSL_get_error, (const SSL* connection, int result), (connection, result))
WAYMARK_FORWARD(const ASN1_TIME*, X509_get0_notBefore, (const X509* certificate), (certificate))
WAYMARK_FORWARD(const ASN1_TIME*, X509_get0_notAfter, (const X509* certificate), (certificate))
WAYMARK_FORWARD(int, ASN1_TIME_to_tm, (const ASN1_TIME* time, struct tm* into), (time, into))
WAYMARK_FORWARD(unsigned long, ERR_get_error, (), ())
WAYMARK_FORWARD(unsigned long, ERR_peek_error, (), ())
WAYMARK_FORWARD(void, ERR_clear_error, (), ())
WAYMARK_FORWARD(const char*, ERR_reason_error_string, (unsigned long error), (error))
