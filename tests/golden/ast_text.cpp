#include "ast_text.hpp"

#include <sstream>
#include <variant>

namespace labacces::law {
namespace {

/// Writes every field that carries meaning, in parentheses.
class Dump {
 public:
  explicit Dump(const ast::File& file) : file_(file) { out_.precision(17); }

  std::string whole() {
    if (file_.program) {
      out_ << "(program " << file_.program->name.text << ' ' << file_.program->label.text;
      write(file_.program->references);
      out_ << ")\n";
    }
    for (const ast::Declaration& declaration : file_.declarations) {
      std::visit([this](const auto& content) { write(content); }, declaration);
      out_ << '\n';
    }
    return out_.str();
  }

 private:
  void write(const ast::References& references) {
    for (const ast::Text& reference : references) out_ << " ref<" << reference.text << '>';
  }
  void write(const ast::Value& value) {
    out_ << " v" << static_cast<int>(value.kind) << ':' << value.number << ':' << value.day.days << ':' << value.word;
  }
  void write(const ast::Row& row) {
    out_ << " row";
    for (const ast::Key& key : row.keys)
      out_ << ' ' << static_cast<int>(key.kind) << ':' << key.number << ':' << key.last << ':' << key.item;
    write(row.value);
  }
  void write(const ast::Bracket& bracket) {
    write(bracket.threshold);
    out_ << " ->";
    write(bracket.value);
  }
  template <typename T>
  void write(const std::vector<T>& parts) {
    for (const T& part : parts) write(part);
  }
  template <typename T>
  void write(const ast::Dated<T>& line) {
    out_ << "\n  " << line.since.day.days;
    if (line.content) {
      write(*line.content);
    } else {
      out_ << " ends";
    }
    write(line.references);
  }
  void head(const char* keyword, const ast::Name& name, const ast::Text& label) {
    out_ << '(' << keyword << ' ' << name.text << " <" << label.text << '>';
  }
  void write(const ast::Type& type) { out_ << " : " << static_cast<int>(type.kind) << ' ' << type.text; }

  void write(const ast::Enum& e) {
    head("enum", e.name, e.label);
    for (const ast::EnumItem& item : e.items) out_ << ' ' << item.name.text << " <" << item.label.text << '>';
    out_ << ')';
  }
  void write(const ast::Input& input) {
    head("input", input.name, input.label);
    out_ << static_cast<int>(input.level) << ' ' << static_cast<int>(input.periodicity);
    write(input.type);
    if (input.default_value) write(*input.default_value);
    write(input.references);
    out_ << ')';
  }
  template <typename T>
  void body(const T& declaration) {
    write(declaration.type);
    write(declaration.references);
    write(declaration.versions);
    out_ << ')';
  }
  void write(const ast::Param& param) {
    head("param", param.name, param.label);
    body(param);
  }
  void write(const ast::Table& table) {
    head("table", table.name, table.label);
    for (const ast::Name& key : table.keys) out_ << " by " << key.text;
    body(table);
  }
  void write(const ast::Scale& scale) {
    head("scale", scale.name, scale.label);
    out_ << static_cast<int>(scale.kind);
    write(scale.key);
    body(scale);
  }
  void write(const ast::RuleVersion& version) {
    out_ << "\n  from " << version.since.day.days;
    write(version.references);
    write(version.expr);
  }
  void write(const ast::Rule& rule) {
    head("rule", rule.name, rule.label);
    out_ << static_cast<int>(rule.level) << ' ' << static_cast<int>(rule.periodicity);
    if (rule.past) {
      out_ << " past " << rule.past->months;
      write(rule.past->start);
    }
    for (const ast::Let& let : rule.lets) {
      out_ << "\n  let " << let.name.text;
      write(let.expr);
    }
    body(rule);
  }
  void write(const ast::Set& set) {
    out_ << "\n  set " << set.path.text << ' ' << set.since.day.days;
    if (set.until) out_ << " ends " << set.until->day.days;
    write(set.expr);
    write(set.rows);
    write(set.references);
  }
  void write(const ast::Drop& drop) {
    out_ << "\n  drop " << drop.path.text << ' ' << drop.since.day.days;
    write(drop.references);
  }
  void write(const ast::Replace& replace) {
    out_ << "\n  replace ";
    write(replace.rule);
  }
  void write(const ast::Add& add) {
    out_ << "\n  add ";
    std::visit([this](const auto& content) { write(content); }, add.declaration);
  }
  void write(const ast::Reform& reform) {
    head("reform", reform.name, reform.label);
    write(reform.references);
    for (const ast::ReformItem& item : reform.items) std::visit([this](const auto& content) { write(content); }, item);
    out_ << ')';
  }
  void write(ast::ExprId id) {
    if (id == ast::no_expr) {
      out_ << " ()";
      return;
    }
    const ast::Expr& e = file_.expr(id);
    out_ << " (" << static_cast<int>(e.kind) << '.' << static_cast<int>(e.op) << '.' << static_cast<int>(e.aggregation) << '.'
         << e.named_otherwise << ' ' << e.number << ' ' << e.day.days << ' ' << e.text << ' ' << static_cast<int>(e.time.kind)
         << ':' << e.time.first << ':' << e.time.last << ':' << e.time.month;
    write(e.a);
    write(e.b);
    write(e.c);
    for (const ast::ExprId argument : e.args) write(argument);
    out_ << ')';
  }

  const ast::File& file_;
  std::ostringstream out_;
};

}  // namespace

std::string ast_text(const ast::File& file) { return Dump(file).whole(); }

}  // namespace labacces::law
