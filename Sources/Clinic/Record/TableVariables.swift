import Hepatology

/// The variables that the store itself has to know by name.
extension Variable {
  static let patientAge = known("age")
  static let patientSex = known("sex")
  static let bilirubin = known("totalBilirubin")
  static let bilirubinRise = known("totalBilirubinDailyRise")

  /// The id of the answer that a text means, however much of it was typed; the text itself where it
  /// means none.
  func answer(_ typed: String) -> String {
    if case .choice(let id) = read(typed).value { id } else { typed }
  }

  private static func known(_ id: String) -> Variable {
    guard let variable = find(id) else {
      preconditionFailure("the table of variables has no \(id)")
    }
    return variable
  }
}
