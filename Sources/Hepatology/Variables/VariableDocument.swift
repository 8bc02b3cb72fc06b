import Quantities

/// The documentation of a table of variables, made from their declarations.
public enum VariableDocument {
  /// The whole text in Markdown, as `docs/variables.md` holds it for the variables that Lobule brings.
  public static func markdown(of table: VariableTable) -> String {
    var lines = [
      "# Variables", "",
      "This file is made from the declarations in `Sources/Hepatology/Variables/Declared`; edit "
        + "those, then run", "`LOBULE_RECORD=1 swift test --filter VariableDocumentTests`.", "",
      "An id is the name of a variable on the command line, in CSV heads, in JSON and in criteria. "
        + "Its first unit is the one that ranges are given in.",
      "Outside of the *accepted* range a number is refused, outside of the *plausible* one it is "
        + "asked about; a number that is outside of the",
      "*typical* range and would be within it in another unit is asked about too. Where no source is "
        + "named, ranges are an engineering proposal for adults",
      "with severe liver disease, *normal* is customary in adults and differs between laboratories, "
        + "and so is the time for which a value is fresh:",
      "laboratory values a week, what is seen at the bedside two days. What has no such time does not "
        + "age.",
    ]
    for group in Variable.Group.allCases {
      let variables = table.all.filter { $0.group == group }
      guard !variables.isEmpty else { continue }
      lines += ["", "## \(group.title)", ""]
      for variable in variables { lines += section(variable) }
      lines.removeLast()
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func section(_ variable: Variable) -> [String] {
    var facts: [String] = []
    switch variable.kind {
    case .quantity(let measure): facts += self.facts(measure)
    case .choice(let choices, let isOrdered):
      facts.append("one of\(isOrdered ? ", in this order" : ""): \(answers(choices))")
    case .choices(let choices): facts.append("any of: \(answers(choices))")
    case .yesNo: facts.append("yes or no\(codes(variable.codes, " (yes: ", ")"))")
    case .event:
      facts.append("never, a date, or ongoing\(codes(variable.codes, " (ongoing: ", ")"))")
    }
    if !variable.codes.loinc.isEmpty {
      facts.append("LOINC \(variable.codes.loinc.joined(separator: ", "))")
    }
    if let days = variable.freshFor { facts.append("fresh for \(days) days") }
    if variable.isForLife { facts.append("counts also where it is past") }
    if variable.isLasting { facts.append("stays as it is") }
    if !variable.synonyms.isEmpty {
      facts.append("also called \(variable.synonyms.joined(separator: ", "))")
    }
    if let source = variable.source { facts.append("source: \(source)") }
    let short = variable.short == variable.label ? "" : " (\(variable.short))"
    return ["**`\(variable.id)`** \(variable.label)\(short). \(variable.question)", ""]
      + facts.map { "- \($0)" } + [""]
  }

  private static func facts(_ measure: Measure) -> [String] {
    let units = measure.units.filter { $0 != .one }.map { "`\($0.code)`" }
    let range = { (range: ClosedRange<FixedDecimal>) in "\(range.lowerBound) to \(range.upperBound)"
    }
    var facts: [String] = []
    facts.append(
      (measure.isWhole ? "a whole number" : "a number")
        + (units.isEmpty ? "" : " in \(units.joined(separator: ", "))")
        + (measure.conventional == measure.canonical
          ? "" : ", conventionally `\(measure.conventional.code)`")
        + (measure.needsUnit ? "; a number without a unit is refused" : ""))
    var ranges = ["accepted \(range(measure.accepted))"]
    if measure.plausible != measure.accepted {
      ranges.append("plausible \(range(measure.plausible))")
    }
    if measure.typical != measure.plausible { ranges.append("typical \(range(measure.typical))") }
    if let reference = measure.reference { ranges.append("normal \(range(reference))") }
    facts.append(ranges.joined(separator: "; "))
    if !measure.substances.isEmpty {
      facts.append(
        "converts as \(measure.substances.map(\.name).joined(separator: " or "))")
    }
    return facts
  }

  private static func answers(_ choices: [Choice]) -> String {
    choices.map { "`\($0.id)` \($0.label)\(codes($0.codes, " (", ")"))" }.joined(separator: ", ")
  }

  private static func codes(_ codes: Codes, _ before: String, _ after: String) -> String {
    let parts = [("SNOMED CT", codes.snomed), ("ICD-10", codes.icd10)].filter { !$0.1.isEmpty }
      .map { "\($0.0) \($0.1.joined(separator: ", "))" }
    return parts.isEmpty ? "" : before + parts.joined(separator: "; ") + after
  }
}
