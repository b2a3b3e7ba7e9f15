#include "editor/message.hpp"

#include <boost/json.hpp>

#include "base/text.hpp"

namespace waymark::editor {

namespace json = boost::json;

/// The whole message; parameters are asked for below `params`.
struct Message::Tree {
  json::value root;

  [[nodiscard]] const json::value* find(std::string_view pointer) const {
    boost::system::error_code ignored;
    const std::string whole = "/params" + std::string(pointer);
    return root.find_pointer(json::string_view(whole.data(), whole.size()), ignored);
  }
};

namespace {

constexpr std::size_t deepest = 64;

json::value parse(std::string_view body, boost::system::error_code& error) {
  json::parse_options options;
  options.max_depth = deepest;
  return json::parse(json::string_view(body.data(), body.size()), error, {}, options);
}

bool is_hex(std::string_view digits) { return digits.size() == 4 && digits.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos; }

/// An editor may cut an emoji in two; both halves are one UTF-16 unit, and so is U+FFFD.
std::string without_lone_surrogates(std::string body) {
  const auto unit = [&](std::size_t at) -> unsigned {
    if (body.compare(at, 2, "\\u") != 0 || !is_hex(std::string_view(body).substr(at + 2, 4))) return 0;
    return static_cast<unsigned>(std::stoul(body.substr(at + 2, 4), nullptr, 16));
  };
  for (std::size_t at = body.find('\\'); at != std::string::npos && at + 1 < body.size(); at = body.find('\\', at)) {
    const unsigned here = unit(at);
    const bool leads = here >= 0xD800 && here <= 0xDBFF;
    const unsigned next = leads && at + 6 < body.size() ? unit(at + 6) : 0;
    if (leads && next >= 0xDC00 && next <= 0xDFFF) {
      at += 12;
    } else if (here >= 0xD800 && here <= 0xDFFF) {
      body.replace(at, 6, "\\uFFFD");
      at += 6;
    } else {
      at += 2;
    }
  }
  return body;
}

std::string to_json(const json::value& value) { return json::serialize(value); }

}  // namespace

Answer<Message> Message::read(std::string_view body) {
  boost::system::error_code error;
  auto tree = std::make_shared<Tree>(Tree{parse(body, error)});
  if (error && body.find("\\u") != std::string_view::npos) {
    error = {};
    tree->root = parse(without_lone_surrogates(std::string(body)), error);
  }
  if (error) return tl::unexpected<Fault>({Fault::Code::parse_error, "The message is no JSON: " + error.message() + ".", "null"});
  Message message;
  const json::object* const root = tree->root.if_object();
  const auto fault = [&](const char* words) { return tl::unexpected<Fault>({Fault::Code::invalid_request, words, message.m_id}); };
  if (root == nullptr) return fault("A message is an object; several at once are not part of the protocol.");
  const json::value* const id = root->if_contains("id");
  const bool good_id = id != nullptr && (id->is_string() || id->is_int64() || id->is_uint64() || id->is_double());
  if (good_id) message.m_id = to_json(*id);
  const json::value* const version = root->if_contains("jsonrpc");
  if (version == nullptr || !version->is_string() || version->get_string() != "2.0") return fault("A message says \"jsonrpc\": \"2.0\".");
  const json::value* const method = root->if_contains("method");
  if (method == nullptr) {
    if (!root->contains("result") && !root->contains("error")) return fault("A message has a `method`, or is the response to one.");
    message.m_kind = Kind::response;
  } else if (!method->is_string()) {
    return fault("`method` is a text.");
  } else if (id != nullptr && !good_id) {
    return fault("`id` is a number or a text.");
  } else {
    message.m_kind = id != nullptr ? Kind::request : Kind::notification;
    message.m_method = std::string(method->get_string());
  }
  message.m_tree = std::move(tree);
  return message;
}

std::optional<std::string> Message::text(std::string_view pointer) const {
  const json::value* const value = m_tree->find(pointer);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

std::optional<std::int64_t> Message::number(std::string_view pointer) const {
  const json::value* const value = m_tree->find(pointer);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  boost::system::error_code error;
  const auto number = value->to_number<std::int64_t>(error);
  return error ? std::nullopt : std::optional(number);
}

bool Message::flag(std::string_view pointer) const {
  const json::value* const value = m_tree->find(pointer);
  return value != nullptr && value->is_bool() && value->get_bool();
}

bool Message::has(std::string_view pointer) const { return m_tree->find(pointer) != nullptr; }

std::vector<std::string> Message::texts(std::string_view pointer) const {
  std::vector<std::string> texts;
  const json::value* const value = m_tree->find(pointer);
  if (value == nullptr || !value->is_array()) return texts;
  for (const json::value& item : value->get_array()) {
    if (item.is_string()) texts.emplace_back(item.get_string());
  }
  return texts;
}

std::size_t Message::count(std::string_view pointer) const {
  const json::value* const value = m_tree->find(pointer);
  return value != nullptr && value->is_array() ? value->get_array().size() : 0;
}

std::optional<TextPlace> Message::place(std::string_view pointer) const {
  const auto coordinate = [&](const char* name) -> std::optional<std::uint32_t> {
    const json::value* const value = m_tree->find(std::string(pointer) + name);
    if (value == nullptr || !value->is_number()) return std::nullopt;
    const double number = value->to_number<double>();
    if (!(number >= 0)) return std::nullopt;
    return number >= UINT32_MAX ? UINT32_MAX : static_cast<std::uint32_t>(number);
  };
  const auto line = coordinate("/line");
  const auto character = coordinate("/character");
  if (!line || !character) return std::nullopt;
  return TextPlace{*line, *character};
}

std::optional<TextRange> Message::range(std::string_view pointer) const {
  const auto begin = place(std::string(pointer) + "/start");
  const auto end = place(std::string(pointer) + "/end");
  if (!begin || !end) return std::nullopt;
  return TextRange{*begin, *end};
}

std::string Message::json(std::string_view pointer) const {
  const json::value* const value = m_tree->find(pointer);
  return value == nullptr ? "null" : to_json(*value);
}

}  // namespace waymark::editor
