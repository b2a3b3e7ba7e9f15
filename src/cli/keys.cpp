#include "cli/keys.hpp"

#include <fmt/core.h>

#include "access/audit.hpp"
#include "access/second_factors.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/store.hpp"
#include "org/attributes.hpp"
#include "org/personal_data.hpp"
#include "release/publishing.hpp"

namespace waymark::cli {
namespace {

using access::KeyRing;

class KeysRotate : public Command {
 public:
  Description describe() override {
    Description description{
        .name = "keys rotate",
        .group = Group::operate,
        .sentence = "Make a new key, and seal with it again what is sealed in the database.",
        .more =
            "The old keys stay in the file behind the new one: backups need them, and other servers until they have the new file. A server that runs "
            "takes up the file by itself, when it has changed. Another one, on another machine, cannot open what was sealed again until it has the file; "
            "with --seal-later nothing is sealed again until --drop-old does it, when every server has the new key.",
        .parameters = {{.name = "--seal-later", .help = "Only make the new key, for servers that go on working meanwhile.", .into = &m_seal_later},
                       {.name = "--drop-old", .help = "Make no new key; seal again what is left, and take the old keys out.", .into = &m_drop_old},
                       {.name = "--attributes", .help = "The keys to what people declare of themselves, which are apart from the others.", .into = &m_attributes}},
        .examples = {{"waymark keys rotate", "Once a year, and whenever somebody may have seen the keys."},
                     {"waymark keys rotate --seal-later", "Then copy the file to every server, and:"},
                     {"waymark keys rotate --drop-old", "Keep the old file with the old backups."}}};
    for (Parameter& each : m_store.parameters()) description.parameters.push_back(std::move(each));
    return description;
  }

  Outcome run(Context& context) override {
    return with_database_errors([&]() -> Outcome {
      const auto settings = store_settings(m_store);
      if (!settings) return tl::unexpected<Trouble>(settings.error());
      if (!m_attributes && !settings->text("keys").empty()) {
        return tl::unexpected<Trouble>(Error{Error::Kind::wrong_usage,
                                             fmt::format("The keys stand in {}, where they cannot be changed.", settings->value("keys").where),
                                             "Put them into a file that `keys-file` or WAYMARK_KEYS_FILE names, and rotate them there."});
      }
      const std::string file = settings->text(m_attributes ? "attribute-keys-file" : "keys-file");
      const auto keys = m_attributes ? KeyRing::load(file, [](const std::string&) { return std::nullopt; }) : open_keys(*settings);
      if (!keys && m_attributes && keys.error().kind == Error::Kind::not_found) {
        return tl::unexpected<Trouble>(Error{Error::Kind::not_found, keys.error().message, "Say where they are with WAYMARK_ATTRIBUTE_KEYS_FILE."});
      }
      if (!keys) return tl::unexpected<Trouble>(keys.error());
      const auto database = open_ready_store(*settings, MissingFile::refuse);
      if (!database) return tl::unexpected<Trouble>(database.error());
      if (m_drop_old && m_seal_later) {
        return tl::unexpected<Trouble>(
            Error{Error::Kind::wrong_usage, "--seal-later makes a new key, and --drop-old makes none.", "Leave one of them out."});
      }
      return m_drop_old ? drop_old(context, *keys, **database, file) : rotate(context, *keys, **database, file);
    });
  }

 private:
  /// Every room that seals something stands here.
  Result<std::int64_t> reseal(db::Database& database, const KeyRing& ring, std::string_view action) const {
    try {
      return database.write([&](db::Writer& writer) {
        const std::int64_t count = m_attributes ? org::seal_declarations_again(writer, ring) : access::SecondFactors::seal_again(writer, ring);
        access::append_audit(writer,
                             {.doing = access::Doing::at_the_machine(),
                              .action = std::string(action),
                              .object = "key:" + ring.sealing_id(),
                              .facts = {{"sealed_again", std::to_string(count)}}},
                             SystemClock().now());
        return count;
      });
    } catch (const db::DatabaseError&) {
      throw;
    } catch (const std::runtime_error& missing) {
      return fail(Error::Kind::unavailable, fmt::format("Something cannot be sealed again: {}", missing.what()),
                  "Put the missing key back into the file, behind the others, and try again; nothing in the database was changed.");
    }
  }

  Outcome rotate(Context& context, const KeyRing& keys, db::Database& database, const std::string& file) const {
    const KeyRing ring = keys.with_new_key();
    // First the file: what is sealed with a key that is nowhere is lost.
    if (const auto saved = ring.save(file); !saved) return tl::unexpected<Trouble>(saved.error());
    if (m_seal_later) {
      database.write([&](db::Writer& writer) {
        access::append_audit(writer, {.doing = access::Doing::at_the_machine(), .action = "key_added", .object = "key:" + ring.sealing_id()},
                             SystemClock().now());
      });
      context.terminal.print(
          fmt::format("{} has a new key, {}. Copy the file to every server, and run `waymark keys rotate --drop-old` then.\n", file,
                      ring.sealing_id()));
      return {};
    }
    const auto count = reseal(database, ring, "keys_rotated");
    if (!count) return tl::unexpected<Trouble>(count.error());
    context.terminal.print(
        fmt::format("{} has a new key, {}. {} sealed again.\nCopy the file to every other server; keep a copy apart from the backups.\n",
                    file, ring.sealing_id(), counted(static_cast<std::size_t>(*count), "secret") + (*count == 1 ? " is" : " are")));
    return {};
  }

  Outcome drop_old(Context& context, const KeyRing& keys, db::Database& database, const std::string& file) const {
    if (keys.size() == 1) {
      context.terminal.print(fmt::format("{} holds one key; there is nothing to take out.\n", file));
      return {};
    }
    // A server that had not got the file may have sealed something with an old key meanwhile.
    const auto count = reseal(database, keys, "old_keys_dropped");
    if (!count) return tl::unexpected<Trouble>(count.error());
    if (const auto saved = keys.without_old_keys().save(file); !saved) return tl::unexpected<Trouble>(saved.error());
    context.terminal.print(fmt::format("{} holds one key now, {}. Backups from before need the ones that are gone.\n", file, keys.sealing_id()));
    return {};
  }

  StoreOptions m_store;
  bool m_seal_later = false;
  bool m_drop_old = false;
  bool m_attributes = false;
};

}  // namespace

Result<KeyRing> open_keys(const settings::Settings& settings) {
  if (!settings.text("keys").empty()) return KeyRing::parse(settings.text("keys"));
  // The environment has been read with the settings.
  return KeyRing::load(settings.text("keys-file"), [](const std::string&) { return std::nullopt; });
}

Result<access::CurrentKeys> follow_keys(const settings::Settings& settings) {
  if (settings.text("keys").empty()) return access::CurrentKeys::follow(settings.text("keys-file"));
  return KeyRing::parse(settings.text("keys")).map([](KeyRing ring) { return access::CurrentKeys(std::move(ring)); });
}

Result<void> make_keys_when_new(const settings::Settings& settings, access::Accounts& accounts) {
  const auto keys = open_keys(settings);
  if (keys) return {};
  if (keys.error().kind != Error::Kind::not_found) return tl::unexpected<Error>(keys.error());
  const std::string file = settings.text("keys-file");
  if (accounts.has_administrator()) {
    return fail(Error::Kind::not_found, fmt::format("The keys of this installation are not here: there is no {}.", file),
                "Copy the file from where Waymark ran before, or say where it is with keys-file or WAYMARK_KEYS_FILE.");
  }
  return KeyRing::make().save(file);
}

Result<std::shared_ptr<const access::CurrentKeys>> attribute_keys(const settings::Settings& settings, db::Database& database) {
  const std::string file = settings.text("attribute-keys-file");
  auto keys = access::CurrentKeys::follow(file);
  if (!keys && keys.error().kind == Error::Kind::not_found) {
    if (database.read([](db::Reader& reader) { return org::has_declarations(reader); })) {
      return fail(Error::Kind::not_found, fmt::format("The keys to what people declared of themselves are not here: there is no {}.", file),
                  "Copy the file from where Waymark ran before, or say where it is with attribute-keys-file.");
    }
    if (const auto saved = KeyRing::make().save(file); !saved) return tl::unexpected<Error>(saved.error());
    keys = access::CurrentKeys::follow(file);
  }
  if (!keys) return tl::unexpected<Error>(keys.error());
  return std::make_shared<const access::CurrentKeys>(std::move(*keys));
}

access::PersonalData all_personal_data(std::shared_ptr<const access::CurrentKeys> attribute_keys) {
  access::PersonalData data;
  data.add(org::personal_data(std::move(attribute_keys)));
  data.add(release::personal_data());
  return data;
}

std::unique_ptr<Command> make_keys_rotate() { return std::make_unique<KeysRotate>(); }

}  // namespace waymark::cli
