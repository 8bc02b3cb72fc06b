import Quantities

/// The forms in which variables are declared.
///
/// Each takes the id, the label, perhaps a short label, the group, and the question last.
extension Variable {
  /// A quantity; ranges are in the first unit, and `plausible` and `typical` are `accepted` where they
  /// are not given.
  static func quantity(
    _ id: String, _ label: String, short: String? = nil, _ group: Group, _ units: [String],
    conventional: String? = nil, as substances: [Substance] = [], needsUnit: Bool = false,
    whole: Bool = false, accepted: ClosedRange<FixedDecimal>,
    plausible: ClosedRange<FixedDecimal>? = nil, typical: ClosedRange<FixedDecimal>? = nil,
    reference: ClosedRange<FixedDecimal>? = nil, fresh: Freshness = .ageless,
    lasting: Bool? = nil, loinc: [String] = [], synonyms: [String] = [], source: String? = nil,
    _ question: String
  ) -> Variable {
    let measure = Measure(
      units: units.map(known), conventional: conventional.map(known), substances: substances,
      needsUnit: needsUnit, accepted: accepted, plausible: plausible, typical: typical,
      reference: reference, isWhole: whole)
    return Variable(
      id: id, label: label, short: short, group: group, kind: .quantity(measure),
      question: question, freshness: fresh, codes: Codes(loinc: loinc),
      isLasting: lasting, synonyms: synonyms, source: source)
  }

  /// A question that is answered with yes or no; the codes mean yes.
  static func yesNo(
    _ id: String, _ label: String, _ group: Group, fresh: Freshness = .ageless,
    lasting: Bool? = nil, snomed: [String] = [], icd10: [String] = [], isForLife: Bool = false,
    synonyms: [String] = [],
    source: String? = nil, _ question: String
  ) -> Variable {
    Variable(
      id: id, label: label, group: group, kind: .yesNo, question: question, freshness: fresh,
      codes: Codes(snomed: snomed, icd10: icd10), isForLife: isForLife,
      isLasting: lasting, synonyms: synonyms, source: source)
  }

  /// Something that happened never, on a date, or still does; the codes mean that it still does.
  static func event(
    _ id: String, _ label: String, _ group: Group, lasting: Bool? = nil, snomed: [String] = [],
    icd10: [String] = [], synonyms: [String] = [], source: String? = nil, _ question: String
  ) -> Variable {
    Variable(
      id: id, label: label, group: group, kind: .event, question: question,
      codes: Codes(snomed: snomed, icd10: icd10), isLasting: lasting, synonyms: synonyms,
      source: source)
  }

  /// One of several answers.
  static func choice(
    _ id: String, _ label: String, short: String? = nil, _ group: Group, ordered: Bool = false,
    _ choices: [Choice], fresh: Freshness = .ageless, synonyms: [String] = [],
    source: String? = nil, _ question: String
  ) -> Variable {
    Variable(
      id: id, label: label, short: short, group: group, kind: .choice(choices, ordered: ordered),
      question: question, freshness: fresh, synonyms: synonyms, source: source)
  }

  /// Any number of several answers.
  static func choices(
    _ id: String, _ label: String, short: String? = nil, _ group: Group, _ choices: [Choice],
    synonyms: [String] = [], source: String? = nil, _ question: String
  ) -> Variable {
    Variable(
      id: id, label: label, short: short, group: group, kind: .choices(choices),
      question: question, synonyms: synonyms, source: source)
  }

  private static func known(_ code: String) -> Unit {
    do {
      return try Unit(ucum: code)
    } catch {
      preconditionFailure("the table of variables has a wrong unit: \(error)")
    }
  }
}
