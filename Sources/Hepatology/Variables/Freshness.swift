/// How long a value may be used without a word about its age.
///
/// An engineering proposal, not a published rule: laboratory values a week, what is seen at the
/// bedside two days. Limits of normal, values from before the illness and history do not age.
extension Variable {
  /// For how many days a value counts as fresh; `nil` where it does not age.
  public var freshFor: Int? {
    switch group {
    case .liver, .kidney, .blood, .clotting: Self.ageless.contains(id) ? nil : kind.freshFor
    case .brainAndAbdomen, .circulationAndBreath, .intensiveCare, .symptoms:
      Self.ageless.contains(id) ? nil : Self.bedsideDays
    default: nil
    }
  }

  fileprivate static let laboratoryDays = 7
  fileprivate static let bedsideDays = 2

  /// What stands among measured values and is none: limits of the laboratory, values of another
  /// time, and what hardly changes.
  private static let ageless: Set<String> = [
    "totalBilirubinULN", "astULN", "altULN", "alpULN", "ggtULN", "baselineCreatinine",
    "prothrombinTimeControl", "bodyWeight",
  ]
}

extension Variable.Kind {
  /// A number comes from the laboratory, an answer from the bedside.
  fileprivate var freshFor: Int {
    if case .quantity = self { Variable.laboratoryDays } else { Variable.bedsideDays }
  }
}
