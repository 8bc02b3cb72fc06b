import Quantities

extension Variable {
  /// Every variable, in the order of the form.
  public static let all: [Variable] = measured + bedside + limits + history

  private static let byID: [String: Variable] = .init(
    uniqueKeysWithValues: all.map { ($0.id, $0) })

  /// The variable of that id.
  public static func find(_ id: String) -> Variable? { byID[id] }

  /// The ids nearest to a word that is none, best first, at most three.
  public static func near(_ word: String) -> [String] {
    nearestNames(to: word, among: all.map(\.id))
  }

  static func yesNo(_ id: String, _ label: String, _ group: Group, _ question: String) -> Variable {
    Variable(
      id: id, label: label, short: label, group: group, kind: .yesNo, question: question, loinc: [])
  }

  static func event(_ id: String, _ label: String, _ group: Group, _ question: String) -> Variable {
    Variable(
      id: id, label: label, short: label, group: group, kind: .event, question: question, loinc: [])
  }

  static func choice(
    _ id: String, _ label: String, short: String? = nil, _ group: Group, ordered: Bool = false,
    _ choices: [Choice], _ question: String
  ) -> Variable {
    Variable(
      id: id, label: label, short: short ?? label, group: group,
      kind: .choice(choices, ordered: ordered), question: question, loinc: [])
  }

  /// A quantity; ranges are in the first unit, and `soft` and `usual` are `hard` where they are not
  /// given.
  static func quantity(
    _ id: String, _ label: String, short: String? = nil, _ group: Group, _ units: [String],
    as substances: [Substance] = [], needsUnit: Bool = false, whole: Bool = false,
    hard: ClosedRange<FixedDecimal>, soft: ClosedRange<FixedDecimal>? = nil,
    usual: ClosedRange<FixedDecimal>? = nil, reference: ClosedRange<FixedDecimal>? = nil,
    loinc: [String] = [], _ question: String
  ) -> Variable {
    let measure = Measure(
      units: units.map(known), substances: substances, needsUnit: needsUnit, hard: hard,
      soft: soft ?? hard, usual: usual ?? soft ?? hard, reference: reference, isWhole: whole)
    return Variable(
      id: id, label: label, short: short ?? label, group: group, kind: .quantity(measure),
      question: question, loinc: loinc)
  }

  private static func known(_ code: String) -> Unit {
    do {
      return try Unit(ucum: code)
    } catch {
      preconditionFailure("the table of variables has a wrong unit: \(error)")
    }
  }
}
