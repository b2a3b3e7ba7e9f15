#include "org/import/field.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/text.hpp"

namespace waymark::org {
namespace {

using Spellings = std::string_view[];

// As header_key() writes them. English first, then German and French.
constexpr Spellings reference_words{"remoteid", "id", "recordid", "externalid", "personid", "workerid", "hrisid", "userid", "uuid", "guid", "sysid", "personalid", "identifiant"};
constexpr Spellings employee_number_words{"employeenumber", "employeeid", "employeeno", "empid", "empno", "empnumber", "staffnumber", "staffid", "payrollnumber", "associateid",
                                    "personnelnumber", "personalnummer", "mitarbeiternummer", "mitarbeiterid", "matricule", "numeroemploye", "numeromatricule"};
constexpr Spellings name_words{"displayfullname", "name", "fullname", "displayname", "employeename", "workername", "preferredname", "employee", "legalname",
                         "vollstandigername", "mitarbeiter", "mitarbeitername", "nomcomplet", "nometprenom"};
constexpr Spellings first_name_words{"firstname", "givenname", "preferredfirstname", "forename", "legalfirstname", "vorname", "rufname", "prenom"};
constexpr Spellings last_name_words{"lastname", "surname", "familyname", "preferredlastname", "legallastname", "nachname", "familienname", "nom", "nomdefamille"};
constexpr Spellings email_words{"workemail", "email", "emailaddress", "workemailaddress", "mail", "emailwork", "primaryemail", "primaryworkemail", "companyemail", "businessemail",
                          "userprincipalname", "dienstlicheemail", "geschaftlicheemail", "emailadresse", "courriel", "adresseemail", "emailprofessionnel", "adressemail"};
constexpr Spellings manager_words{"managerid", "manager", "managerremoteid", "manageremployeeid", "manageremployeenumber", "managernumber", "reportsto", "reportstoid", "reportingto",
                            "supervisor", "supervisorid", "linemanager", "linemanagerid", "directmanager", "managername", "vorgesetzter", "vorgesetzte", "vorgesetztenid",
                            "fuhrungskraft", "fuhrungskraftid", "responsable", "responsablehierarchique", "superieurhierarchique", "idmanager", "idresponsable", "n1"};
constexpr Spellings manager_email_words{"manageremail", "managerworkemail", "manageremailaddress", "supervisoremail", "reportstoemail", "linemanageremail", "emailvorgesetzter",
                                  "emaildervorgesetzten", "emailmanager", "emailresponsable"};
constexpr Spellings dotted_line_words{"dottedline", "dottedlinemanager", "dottedlinemanagerid", "secondarymanager", "matrixmanager", "matrixmanagerid", "functionalmanager",
                                "fachlicherleiter", "fachvorgesetzter", "responsablefonctionnel"};
constexpr Spellings title_words{"jobtitle", "title", "position", "positiontitle", "role", "jobname", "job", "businesstitle", "jobprofile", "stelle", "stellenbezeichnung",
                          "positionsbezeichnung", "funktion", "berufsbezeichnung", "poste", "intituleduposte", "fonction", "intituleposte"};
constexpr Spellings level_words{"level", "joblevel", "grade", "jobgrade", "careerlevel", "managementlevel", "band", "stufe", "karrierestufe", "niveau", "echelon"};
constexpr Spellings level_since_words{"levelsince", "inlevelsince", "levelstartdate", "lastpromotiondate", "promotiondate", "positionstartdate", "jobstartdate", "dateinposition", "inderstufeseit",
                                "stufeseit", "niveaudepuis", "datedepromotion"};
constexpr Spellings archetype_words{"archetype", "archetyp", "specialism"};
constexpr Spellings pathway_words{"pathway", "careerpath", "jobfamily", "ladder", "laufbahn", "filiere"};
constexpr Spellings team_words{"team", "teamname", "squad", "unit", "orgunit", "organizationalunit", "organisationalunit", "group", "gruppe", "equipe", "nomequipe"};
constexpr Spellings groups_words{"groups", "teams", "gruppen", "groupes", "equipes"};
constexpr Spellings department_words{"department", "departmentname", "division", "businessunit", "area", "tribe", "abteilung", "bereich", "departement", "service", "direction"};
constexpr Spellings start_date_words{"startdate", "hiredate", "dateofhire", "joindate", "joiningdate", "dateofjoining", "dateofentry", "entrydate", "employmentstartdate", "originalhiredate",
                               "mostrecenthiredate", "firstday", "eintrittsdatum", "eintritt", "beginn", "einstellungsdatum", "datedembauche", "dateembauche", "datedentree", "dateentree", "datededebut"};
constexpr Spellings end_date_words{"terminationdate", "enddate", "leavedate", "leavingdate", "exitdate", "lastdayofwork", "lastday", "lastworkingday", "employmentenddate", "separationdate",
                             "dateofleaving", "austrittsdatum", "austritt", "letzterarbeitstag", "datedesortie", "datedefin", "datededepart"};
constexpr Spellings status_words{"employmentstatus", "status", "workerstatus", "employeestatus", "workstatus", "activestatus", "active", "isactive", "beschaftigungsstatus", "mitarbeiterstatus", "statut", "statutemploi"};
constexpr Spellings working_time_words{"workingtime", "fte", "ftepercent", "ftepercentage", "fulltimeequivalent", "worktime", "workingtimepercent", "employmentpercentage", "contractedfte",
                                 "arbeitszeit", "arbeitszeitanteil", "beschaftigungsgrad", "pensum", "stellenanteil", "etp", "tempsdetravail", "quotite", "tauxdactivite"};
constexpr Spellings country_words{"country", "worklocationcountry", "locationcountry", "workcountry", "countrycode", "officecountry", "land", "arbeitsland", "pays", "codepays"};

constexpr std::array<FieldRow, field_count> rows{{
    {Field::reference, "reference", "HR system’s key", "The HR system's own key of the person; it never changes, so people are found by it first.", reference_words},
    {Field::employee_number, "employee_number", "employee number", "People are found by it where there is no key.", employee_number_words},
    {Field::name, "name", "name", "The whole name, as colleagues know it.", name_words},
    {Field::first_name, "first_name", "first name", "With last_name, where the name comes in two parts.", first_name_words},
    {Field::last_name, "last_name", "last name", "With first_name, where the name comes in two parts.", last_name_words},
    {Field::email, "email", "e-mail address", "At work; people sign in with it, and are found by it last.", email_words},
    {Field::manager, "manager", "manager", "By key, employee number, e-mail address, or a name that only one person has.", manager_words},
    {Field::manager_email, "manager_email", "manager’s e-mail address", "Where the manager stands in two columns; both must mean the same person.", manager_email_words},
    {Field::dotted_line, "dotted_line", "dotted line", "Managers beside the first, as in manager; several with ; or | between them.", dotted_line_words},
    {Field::title, "title", "job title", "As the contract has it; the titles table gives each its level.", title_words},
    {Field::level, "level", "level", "The id or title of a level of the pathway, or what the levels table makes one of.", level_words},
    {Field::level_since, "level_since", "in this level since", "A day; without it the level is known from the day of the import on.", level_since_words},
    {Field::archetype, "archetype", "archetype", "The id of an archetype of the pathway.", archetype_words},
    {Field::pathway, "pathway", "pathway", "Which pathway they are on, where there are several.", pathway_words},
    {Field::team, "team", "team", "The team they work in, by name.", team_words},
    {Field::groups, "groups", "groups", "Several teams, the narrowest last, or a path such as Product > Payments.", groups_words},
    {Field::department, "department", "department", "What their team is a part of.", department_words},
    {Field::start_date, "start_date", "first day of work", "A day; in the future it is a planned joining.", start_date_words},
    {Field::end_date, "end_date", "last day of work", "A day; in the future it is a planned leaving.", end_date_words},
    {Field::status, "status", "employment status", "Whether they work here, are away, have left, or will come.", status_words},
    {Field::working_time, "working_time", "working time", "As 80, 80 % or 0.8.", working_time_words},
    {Field::country, "country", "country", "Where they work: two letters, three letters, or the country's name.", country_words},
}};

constexpr bool are_in_order() {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (static_cast<std::size_t>(rows[i].field) != i) return false;
  }
  return true;
}
static_assert(are_in_order());

struct DoorRow {
  std::string_view what;
  std::span<const std::string_view> whole, parts;  ///< of header_key
};

constexpr Spellings id_parts{"nationalid", "nationalinsurance", "socialsecurity", "socialinsurance", "taxid", "taxnumber", "taxidentification", "passport", "identitycard", "idcard", "driverlicense",
                             "drivinglicence", "visanumber", "sozialversicherung", "rentenversicherung", "steuerid", "steuernummer", "steueridentifikation", "steuerklasse", "ausweis", "reisepass",
                             "securitesociale", "numerofiscal", "passeport", "carteidentite", "aadhaar"};
constexpr Spellings id_whole{"ssn", "sin", "nino", "nin", "nir", "svnr", "ahvnummer", "bsn", "pesel", "cpf", "curp", "tin", "pan", "pannumber"};
constexpr Spellings bank_parts{"iban", "bankaccount", "bankname", "bankcode", "bankdetail", "bankverbindung", "swift", "routingnumber", "sortcode", "accountnumber", "kontonummer", "kontoinhaber",
                               "coordonneesbancaires", "comptebancaire", "creditcard"};
constexpr Spellings bank_whole{"bank", "bic", "blz", "konto", "rib", "banque", "bankleitzahl"};
constexpr Spellings birth_parts{"birth", "geburt", "naissance", "born"};
constexpr Spellings birth_whole{"dob", "age", "alter"};
constexpr Spellings pay_parts{"salary", "salaries", "compensation", "payrate", "wage", "bonus", "gehalt", "vergutung", "salaire", "remuneration", "entgelt", "payperiod", "paygroup", "paycurrency",
                              "hourlyrate", "commission", "stockoption"};
constexpr Spellings pay_whole{"pay", "lohn", "prime", "basepay", "annualpay", "equity", "stundenlohn", "monatslohn"};
constexpr Spellings home_parts{"homeaddress", "homelocation", "homephone", "privateaddress", "privatphone", "privateemail", "privatephone", "personalemail", "personalphone", "personalmobile", "personaladdress",
                               "homeemail", "streetaddress", "addressline", "postalcode", "postcode", "zipcode", "residen", "privatadresse", "wohnort", "anschrift", "postleitzahl", "strasse",
                               "telefonprivat", "emailprivat", "codepostal", "domicile", "emailpersonnel", "telephonepersonnel", "emergencycontact", "nextofkin", "notfallkontakt"};
constexpr Spellings home_whole{"address", "street", "zip", "adresse", "plz", "rue", "hausnummer", "city", "homecity"};
constexpr Spellings self_parts{"gender", "geschlecht", "ethnic", "religio", "konfession", "disab", "behinder", "handicap", "marital", "familienstand", "situationfamiliale", "nationalit", "citizenship",
                               "staatsangehorig", "veteran", "sexualorientation", "pronoun", "pregnan", "maternity", "immigration", "tribeorcaste", "politic", "unionmember", "gewerkschaft"};
constexpr Spellings self_whole{"sex", "sexe", "race", "caste", "children", "kinder", "enfants", "dependents", "dependants", "salutation", "anrede", "civilite", "visa"};
constexpr Spellings health_parts{"health", "medical", "sickness", "sickleave", "illness", "krank", "gesundheit", "maladie", "leavereason", "absencereason", "terminationreason", "reasonforleaving",
                                 "leavingreason", "austrittsgrund", "kundigungsgrund", "abwesenheitsgrund", "motifdedepart", "motifabsence", "performance"};
constexpr Spellings health_whole{"rating", "lastrating"};

constexpr std::array<DoorRow, 7> door{{
    {"national ids", id_whole, id_parts},
    {"bank accounts", bank_whole, bank_parts},
    {"birth dates", birth_whole, birth_parts},
    {"pay", pay_whole, pay_parts},
    {"private addresses", home_whole, home_parts},
    {"who somebody is", self_whole, self_parts},
    {"health, reasons and ratings", health_whole, health_parts},
}};

/// Letters of Latin-1 and of Latin Extended-A with a mark, as the letter alone.
char plain_letter(char32_t point) {
  static constexpr std::string_view latin_1 = "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty";
  if (point >= 0xC0 && point <= 0xFF) return latin_1[point - 0xC0];
  static constexpr std::string_view extended = "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";
  if (point >= 0x100 && point < 0x100 + extended.size()) return extended[point - 0x100];
  return 0;
}

}  // namespace

std::span<const FieldRow> fields() { return rows; }

std::optional<Field> field_of(std::string_view name) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const FieldRow& row) { return row.name == name; });
  return found == rows.end() ? std::nullopt : std::optional(found->field);
}

std::string header_key(std::string_view header) {
  std::string key;
  for (std::size_t at = 0; at < header.size();) {
    const std::size_t length = utf8_sequence_length(header.substr(at, 4));
    if (length <= 1) {
      const char c = to_lower_ascii(header.substr(at, 1)).front();
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) key += c;
      ++at;
      continue;
    }
    char32_t point = static_cast<unsigned char>(header[at]) & (0xFF >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) point = point << 6 | (static_cast<unsigned char>(header[at + i]) & 0x3F);
    if (point == 0xDF) {
      key += "ss";
    } else if (const char plain = plain_letter(point); plain != 0) {
      key += to_lower_ascii(std::string_view(&plain, 1));
    } else if (point != 0xA0 && (point < 0x2000 || point > 0x206F) && point != 0xFEFF) {
      key += header.substr(at, length);  // other alphabets are compared as they are written
    }
    at += length;
  }
  return key;
}

std::optional<Field> guess_field(std::string_view header) {
  static const std::unordered_map<std::string_view, Field> known = [] {
    std::unordered_map<std::string_view, Field> map;
    for (const FieldRow& row : rows) {
      for (const std::string_view spelling : row.spellings) map.emplace(spelling, row.field);
    }
    return map;
  }();
  if (left_at_the_door(header)) return std::nullopt;
  const auto found = known.find(header_key(header));
  if (found != known.end()) return found->second;
  const auto named = field_of(to_lower_ascii(header));
  return named;
}

std::optional<std::string_view> left_at_the_door(std::string_view header) {
  const std::string key = header_key(header);
  for (const DoorRow& row : door) {
    if (std::find(row.whole.begin(), row.whole.end(), key) != row.whole.end()) return row.what;
    for (const std::string_view part : row.parts) {
      if (key.find(part) != std::string::npos) return row.what;
    }
  }
  return std::nullopt;
}

}  // namespace waymark::org
