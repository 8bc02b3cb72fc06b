import Hepatology
import Quantities

/// What a Condition says, where it says one thing and no other.
enum FHIRCondition {
  /// What is known where a person has a condition.
  struct Meaning {
    let name: String
    let values: [(variable: Variable, word: String)]
  }

  private struct Known {
    let name: String
    let values: [(String, String)]
    /// Whether it counts that it ever was, and not only that it is.
    var isForLife = false
  }

  /// SNOMED CT concepts of lasting diseases whose name is what a question of the form asks.
  ///
  /// Acute ones are left to a person: a list of problems does not say what holds today.
  private static let known: [String: Known] = [
    "19943007": Known(name: "Cirrhosis of liver", values: [("cirrhosis", "yes")]),
    "420054005": Known(
      name: "Alcoholic cirrhosis", values: [("cirrhosis", "yes"), ("aetiology", "alcohol")]),
    "328383001": Known(name: "Chronic liver disease", values: [("chronicLiverDisease", "yes")]),
    "197321007": Known(
      name: "Chronic nonalcoholic liver disease", values: [("chronicLiverDisease", "yes")]),
    "61977001": Known(name: "Chronic viral hepatitis B", values: [("aetiology", "hbv")]),
    "128302006": Known(name: "Chronic hepatitis C", values: [("aetiology", "hcv")]),
    "109841003": Known(name: "Liver cell carcinoma", values: [("liverCancer", "ongoing")]),
    "46635009": Known(name: "Type 1 diabetes", values: [("diabetes", "type1")]),
    "44054006": Known(name: "Type 2 diabetes", values: [("diabetes", "type2")]),
    "59282003": Known(
      name: "Pulmonary embolism", values: [("venousThromboembolism", "yes")], isForLife: true),
    "128053003": Known(
      name: "Deep venous thrombosis", values: [("venousThromboembolism", "yes")], isForLife: true),
  ]

  static func meaning(of resource: JSONValue) -> Result<Meaning, FHIRRefusal> {
    guard let code = resource["code"]?.code(in: "http://snomed.info/sct"), let found = known[code]
    else {
      return .failure(FHIRRefusal("no question of the form means this condition and no other"))
    }
    // R4 has CodeableConcepts where STU3 has codes.
    if let status = resource["verificationStatus"]?.plainCode, status != "confirmed" {
      return .failure(FHIRRefusal("it is not confirmed but \(status)"))
    }
    let status = resource["clinicalStatus"]?.plainCode
    guard found.isForLife || ["active", "recurrence", "relapse"].contains(status) else {
      return .failure(FHIRRefusal("it is not active but \(status ?? "of no status")"))
    }
    let values = found.values.compactMap { id, word in Variable.find(id).map { ($0, word) } }
    guard values.count == found.values.count else {
      return .failure(FHIRRefusal("the form does not ask for it"))
    }
    return .success(Meaning(name: found.name, values: values))
  }

  /// The day on which it began; where that is not said, on which it was recorded.
  static func since(_ resource: JSONValue) -> Day? {
    let names = ["onsetDateTime", "recordedDate", "assertedDate"]
    return names.lazy.compactMap { resource[$0]?.string }.compactMap { Moment($0)?.day }.first
  }
}
