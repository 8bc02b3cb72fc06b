import Quantities

@testable import Criteria

/// A small vocabulary of the kinds of symbols that there are.
struct Ward: Vocabulary {
  static let shared = Ward()
  let symbols: [String: Symbol]
  let names: [String]

  init() {
    func unit(_ code: String) -> Unit {
      guard let unit = try? Unit(ucum: code) else { preconditionFailure("no unit \(code)") }
      return unit
    }
    func quantity(_ code: String, _ substances: Substance...) -> ValueType {
      .quantity(unit(code), substances: substances)
    }
    let grades = Options((0...4).map { .init("\($0)", "Grade \($0)") }, isOrdered: true)
    let amounts = Options(
      [
        .init("none", "None"), .init("mild", "Mild"), .init("moderate", "Moderate"),
        .init("severe", "Severe"),
      ], isOrdered: true)
    let sexes = Options([.init("female", "Female"), .init("male", "Male")])
    let causes = Options([
      .init("hbv", "Hepatitis B"), .init("hcv", "Hepatitis C"), .init("alcohol", "Alcohol"),
    ])
    let classes = Options(["A", "B", "C"].map { .init($0, $0) }, isOrdered: true)
    let entries: [(String, String, ValueType, [Symbol.Member])] = [
      ("age", "Age", quantity("a"), []),
      ("totalBilirubin", "Total bilirubin", quantity("umol/L", .bilirubin), []),
      ("totalBilirubinULN", "Bilirubin ULN", quantity("umol/L", .bilirubin), []),
      ("totalBilirubinDailyRise", "Bilirubin rise", quantity("umol/L/d", .bilirubin), []),
      ("creatinine", "Creatinine", quantity("umol/L", .creatinine), []),
      ("urea", "Urea", quantity("mmol/L", .urea, .ureaNitrogen), []),
      ("inr", "INR", quantity("1"), []),
      ("prothrombinActivity", "Prothrombin activity", quantity("%"), []),
      ("platelets", "Platelets", quantity("10*9/L"), []),
      ("ast", "AST", quantity("U/L"), []),
      ("encephalopathyGrade", "HE grade", .choice(grades), []),
      ("ascites", "Ascites", .choice(amounts), []),
      ("sex", "Sex", .choice(sexes), []),
      ("aetiology", "Aetiology", .choices(causes), []),
      ("cirrhosis", "Cirrhosis", .boolean, []),
      ("pregnant", "Pregnant", .boolean, []),
      ("immunosuppressant", "Immunosuppressant", .event, []),
      ("otherTrial", "Other trial", .event, []),
      ("meld", "MELD", .decimal, []),
      (
        "childPugh", "Child-Pugh", .decimal,
        [.init("class", label: "Child-Pugh class", type: .choice(classes))]
      ),
      ("cosshACLF2", "COSSH-ACLF II", .decimal, []),
      ("admissions", "Admissions", .integer, []),
    ]
    var symbols: [String: Symbol] = [:]
    for (index, entry) in entries.enumerated() {
      symbols[entry.0] = Symbol(
        entry.0, label: entry.1, type: entry.2, members: entry.3, index: index)
    }
    self.symbols = symbols
    names = entries.map(\.0)
  }

  func symbol(_ name: String) -> Symbol? { symbols[name] }

  func index(_ name: String) -> Int { names.firstIndex(of: name) ?? 0 }

  func set(_ names: String...) -> VariableSet { VariableSet(names.map(index)) }
}

/// A patient for tests: facts by name, members as `childPugh.class`.
struct Bed: Facts {
  var facts: [String: Fact] = [:]

  init(_ facts: [String: Fact] = [:]) { self.facts = facts }

  func fact(_ symbol: Int, member: Int?) -> Fact {
    let name = Ward.shared.names[symbol]
    let whole = member.flatMap { Ward.shared.symbols[name]?.members[$0].name }.map {
      "\(name).\($0)"
    }
    return facts[whole ?? name] ?? .unknown(needs: VariableSet(symbol))
  }

  func label(of symbol: Int) -> String {
    Ward.shared.symbols[Ward.shared.names[symbol]]?.label ?? "?"
  }
}

extension Fact {
  static func number(_ value: FixedDecimal) -> Fact { .known(.number(value)) }
  static func flag(_ value: Bool) -> Fact { .known(.boolean(value)) }
  static func option(_ id: String, of name: String) -> Fact {
    guard case .choice(let options) = Ward.shared.symbols[name]?.type,
      let value = options.value(of: id)
    else { return .unknown(needs: VariableSet()) }
    return .known(value)
  }
  static func below(_ number: FixedDecimal, _ name: String) -> Fact {
    .within(
      NumberInterval(low: nil, high: .init(number, isIncluded: false)),
      settledBy: VariableSet(Ward.shared.index(name)))
  }
  static func above(_ number: FixedDecimal, _ name: String) -> Fact {
    .within(
      NumberInterval(low: .init(number, isIncluded: false), high: nil),
      settledBy: VariableSet(Ward.shared.index(name)))
  }
}

/// An expression of the test vocabulary.
func criterion(_ text: String) throws -> Criteria.Expression {
  try Criteria.Expression(parsing: text, vocabulary: Ward.shared)
}

/// An expression of any type.
func expression(_ text: String) throws -> Criteria.Expression {
  try Criteria.Expression(parsing: text, vocabulary: Ward.shared, expecting: nil)
}

/// A text without regard to what its names mean.
func syntax(_ text: String) throws -> Syntax {
  let lexer = Lexer(text)
  if let error = lexer.errors.first { throw error }
  var parser = Parser(lexer.tokens)
  return try parser.parse()
}

/// What a criterion comes to: `true`, `false`, the names that are needed, or what a person must say.
func outcome(_ text: String, _ facts: [String: Fact] = [:], on date: Day? = nil) throws -> String {
  let found = try criterion(text).evaluate(Bed(facts), on: date)
  switch found {
  case .value(.boolean(let flag)): return "\(flag)"
  case .value(let value): return "\(value)"
  case .unknown(let doubt):
    return "needs " + doubt.variables.indices.map { Ward.shared.names[$0] }.joined(separator: ", ")
  case .needsPerson(let matters): return "person: " + matters.joined(separator: "; ")
  }
}

/// What is said about a text that is not a criterion.
func complaints(_ text: String) -> [String] {
  do {
    _ = try criterion(text)
    return []
  } catch let errors as CriteriaErrors {
    return errors.errors.map(\.description)
  } catch {
    return ["\(error)"]
  }
}
