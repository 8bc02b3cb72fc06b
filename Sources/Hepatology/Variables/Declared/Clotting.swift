import Quantities

/// Clotting.
extension Variable {
  /// International normalised ratio of the prothrombin time.
  public static let inr = quantity(
    "inr", "INR", .clotting, ["1"], accepted: 0.5...20, plausible: 0.8...8, reference: 0.8...1.2,
    fresh: .laboratory, loinc: ["6301-6", "34714-6", "38875-1", "46418-0"],
    synonyms: ["international normalised ratio", "PT-INR"],
    "International normalised ratio of the prothrombin time.")

  /// Prothrombin time in seconds, s.
  public static let prothrombinTime = quantity(
    "prothrombinTime", "Prothrombin time", short: "PT", .clotting, ["s"], accepted: 5...200,
    plausible: 9...60, reference: 11...14, fresh: .laboratory, loinc: ["5902-2", "5964-2"],
    synonyms: ["clotting time"], "Prothrombin time in seconds.")

  /// The laboratory's control prothrombin time in seconds, s.
  public static let prothrombinTimeControl = quantity(
    "prothrombinTimeControl", "Prothrombin time, control", short: "PT control", .clotting, ["s"],
    accepted: 5...30, plausible: 9...16, synonyms: ["control prothrombin time"],
    "The laboratory's control prothrombin time in seconds.")

  /// Prothrombin activity in per cent; never derived from INR, %.
  public static let prothrombinActivity = quantity(
    "prothrombinActivity", "Prothrombin activity", short: "PTA", .clotting, ["%"],
    accepted: 1...200, plausible: 10...150, reference: 70...130, fresh: .laboratory,
    loinc: ["5894-1"], synonyms: ["prothrombin index", "Quick", "PT%"],
    "Prothrombin activity in per cent; never derived from INR.")
}
