import Hepatology
import Quantities

/// What a Condition says, where the form asks for just that.
///
/// Only codes of lasting diseases are declared; acute ones are left to a person, since a list of
/// problems does not say what holds today.
enum FHIRCondition {
  /// What is known where a person has a condition.
  struct Meaning {
    let name: String
    let values: [FHIRCodes.Meaning]
  }

  private static let snomed = "http://snomed.info/sct"

  static func meaning(of resource: JSONValue, _ codes: FHIRCodes) -> Result<Meaning, FHIRRefusal> {
    guard let concept = resource["code"] else {
      return .failure(FHIRRefusal("it has no code"))
    }
    let found = concept.codings.lazy.compactMap { coding -> [FHIRCodes.Meaning]? in
      guard let system = coding["system"]?.string, let code = coding["code"]?.string else {
        return nil
      }
      let meanings =
        system == snomed
        ? codes.meanings(ofConcept: code)
        : isICD10(system) ? codes.meanings(ofICD10: code) : []
      return meanings.isEmpty ? nil : meanings
    }.first
    guard let found else {
      return .failure(FHIRRefusal("no question of the form means this condition and no other"))
    }
    // R4 has CodeableConcepts where STU3 has codes.
    if let status = resource["verificationStatus"]?.plainCode, status != "confirmed" {
      return .failure(FHIRRefusal("it is not confirmed but \(status)"))
    }
    let status = resource["clinicalStatus"]?.plainCode
    guard
      found.allSatisfy(\.variable.isForLife)
        || ["active", "recurrence", "relapse"].contains(status)
    else {
      return .failure(FHIRRefusal("it is not active but \(status ?? "of no status")"))
    }
    return .success(Meaning(name: concept.conceptName, values: found))
  }

  /// ICD-10 of the WHO and its national modifications, but not ICD-9, nor procedures (ICD-10-PCS).
  private static func isICD10(_ system: String) -> Bool {
    let name = system.lowercased()
    return name.hasSuffix("/icd-10") || name.hasSuffix("/icd-10-cm") || name.hasSuffix("/icd-10-gm")
      || name == "urn:oid:2.16.840.1.113883.6.3" || name == "urn:oid:2.16.840.1.113883.6.90"
  }

  /// The day on which it began; where that is not said, on which it was recorded.
  static func since(_ resource: JSONValue) -> Day? {
    let names = ["onsetDateTime", "recordedDate", "assertedDate"]
    return names.lazy.compactMap { resource[$0]?.string }.compactMap { Moment($0)?.day }.first
  }
}
