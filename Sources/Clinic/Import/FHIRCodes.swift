import Hepatology

/// What codes mean, by the declarations of a table of variables.
struct FHIRCodes {
  /// What a condition says of a patient, and the question whose answer it is.
  struct Meaning {
    let variable: Variable
    let answer: String
  }

  private var measurements: [String: Variable] = [:]
  private var snomed: [String: [Meaning]] = [:]
  private var icd10: [String: [Meaning]] = [:]

  init(_ table: VariableTable) {
    for variable in table.all {
      for code in variable.codes.loinc where measurements[code] == nil {
        measurements[code] = variable
      }
      switch variable.kind {
      case .yesNo: add(variable.codes, Meaning(variable: variable, answer: "yes"))
      case .event: add(variable.codes, Meaning(variable: variable, answer: "ongoing"))
      case .choice(let choices, _), .choices(let choices):
        for choice in choices {
          add(choice.codes, Meaning(variable: variable, answer: choice.id))
        }
      case .quantity: break
      }
    }
  }

  private mutating func add(_ codes: Codes, _ meaning: Meaning) {
    for code in codes.snomed { snomed[code, default: []].append(meaning) }
    for code in codes.icd10 { icd10[code, default: []].append(meaning) }
  }

  /// The variable that a LOINC code measures.
  func measured(by loinc: String) -> Variable? { measurements[loinc] }

  /// What a concept of SNOMED CT says.
  func meanings(ofConcept concept: String) -> [Meaning] { snomed[concept] ?? [] }

  /// What an ICD-10 code says, by itself and by the codes above it: K74.60 lies below K74.6.
  func meanings(ofICD10 code: String) -> [Meaning] {
    var beginning = code.uppercased()
    while beginning.count >= 3 {
      if let found = icd10[beginning] { return found }
      beginning.removeLast()
      if beginning.last == "." { beginning.removeLast() }
    }
    return []
  }
}
