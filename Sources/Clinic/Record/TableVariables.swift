import Hepatology

/// The variables that the store itself has to know by name.
extension Variable {
  static let patientAge = known("age")
  static let patientSex = known("sex")
  static let bilirubin = known("totalBilirubin")
  static let bilirubinRise = known("totalBilirubinDailyRise")

  private static func known(_ id: String) -> Variable {
    guard let variable = find(id) else {
      preconditionFailure("the table of variables has no \(id)")
    }
    return variable
  }
}
