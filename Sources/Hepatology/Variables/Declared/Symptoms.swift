import Quantities

/// Symptoms, graded.
extension Variable {
  /// Fatigue: absent, mild, moderate or severe.
  public static let symptomFatigue = symptom(
    "symptomFatigue", "Fatigue", "Fatigue", synonyms: ["tiredness"])

  /// Loss of appetite: absent, mild, moderate or severe.
  public static let symptomAnorexia = symptom(
    "symptomAnorexia", "Anorexia", "Loss of appetite", synonyms: ["loss of appetite"])

  /// Nausea: absent, mild, moderate or severe.
  public static let symptomNausea = symptom("symptomNausea", "Nausea", "Nausea")

  /// Jaundice, as it is seen: absent, mild, moderate or severe.
  public static let symptomJaundice = symptom(
    "symptomJaundice", "Jaundice", "Jaundice, as it is seen")

  /// Disturbance of consciousness: absent, mild, moderate or severe.
  public static let symptomConsciousness = symptom(
    "symptomConsciousness", "Clouded consciousness", "Disturbance of consciousness",
    synonyms: ["drowsiness"])

  private static func symptom(
    _ id: String, _ label: String, _ question: String, synonyms: [String] = []
  ) -> Variable {
    choice(
      id, label, .symptoms, ordered: true,
      [
        Choice("0", "0 absent"), Choice("1", "1 mild"), Choice("2", "2 moderate"),
        Choice("3", "3 severe"),
      ], fresh: .bedside, synonyms: synonyms, "\(question): absent, mild, moderate or severe.")
  }
}
