import Quantities

/// What a laboratory value is compared with: limits of normal, values before the illness, and values
/// of another day.
extension Variable {
  static let limits: [Variable] = [
    totalBilirubinDay7, creatinineTwoDaysAgo,
    creatinineULN, inrULN, albuminLLN, plateletsLLN, whiteCellsLLN, neutrophilsLLN,
    baselineBilirubin, baselineAST, baselineALT, baselineALP, baselineGGT, baselineINR,
  ]

  static let totalBilirubinDay7 = quantity(
    "totalBilirubinDay7", "Bilirubin on day 7", short: "bili d7", .limitsAndBaselines,
    ["umol/L", "mg/dL"], as: [.bilirubin], needsUnit: true, hard: 1...1710, soft: 2...855,
    usual: 17.1...700, "Total bilirubin on the seventh day of corticosteroids.")
  static let creatinineTwoDaysAgo = quantity(
    "creatinineTwoDaysAgo", "Creatinine, 48 hours ago", short: "crea 48 h", .limitsAndBaselines,
    ["umol/L", "mg/dL"], as: [.creatinine], needsUnit: true, hard: 8.84...2652, soft: 20...707.2,
    usual: 26...707.2, "The lowest creatinine of the last 48 hours.")

  static let creatinineULN = quantity(
    "creatinineULN", "Creatinine, upper limit", short: "crea ULN", .limitsAndBaselines,
    ["umol/L", "mg/dL"], as: [.creatinine], needsUnit: true, hard: 26...260, soft: 60...130,
    "The laboratory's upper limit of normal of creatinine.")
  static let inrULN = quantity(
    "inrULN", "INR, upper limit", short: "INR ULN", .limitsAndBaselines, ["1"], hard: 0.9...2,
    soft: 1...1.4, "The laboratory's upper limit of normal of INR.")
  static let albuminLLN = quantity(
    "albuminLLN", "Albumin, lower limit", short: "alb LLN", .limitsAndBaselines, ["g/L", "g/dL"],
    needsUnit: true, hard: 20...60, soft: 30...40, usual: 25...50,
    "The laboratory's lower limit of normal of albumin.")
  static let plateletsLLN = cellLimit("plateletsLLN", "Platelets, lower limit", 75...300, 100...180)
  static let whiteCellsLLN = cellLimit(
    "whiteCellsLLN", "White cells, lower limit", 2...10, 3...5)
  static let neutrophilsLLN = cellLimit(
    "neutrophilsLLN", "Neutrophils, lower limit", 1...5, 1.5...2.5)

  static let baselineBilirubin = quantity(
    "baselineBilirubin", "Bilirubin, baseline", short: "bili base", .limitsAndBaselines,
    ["umol/L", "mg/dL"], as: [.bilirubin], needsUnit: true, hard: 1...1710, soft: 2...855,
    usual: 5...700, "Total bilirubin before the treatment whose harm is graded.")
  static let baselineAST = baselineEnzyme("baselineAST", "AST, baseline", to: 4000)
  static let baselineALT = baselineEnzyme("baselineALT", "ALT, baseline", to: 4000)
  static let baselineALP = baselineEnzyme("baselineALP", "ALP, baseline", to: 1500)
  static let baselineGGT = baselineEnzyme("baselineGGT", "GGT, baseline", to: 1500)
  static let baselineINR = quantity(
    "baselineINR", "INR, baseline", .limitsAndBaselines, ["1"], hard: 0.5...20, soft: 0.8...8,
    "INR before the treatment whose harm is graded.")

  private static func cellLimit(
    _ id: String, _ label: String, _ hard: ClosedRange<FixedDecimal>,
    _ soft: ClosedRange<FixedDecimal>
  ) -> Variable {
    quantity(
      id, label, short: "\(label.prefix { $0 != "," }) LLN", .limitsAndBaselines,
      ["10*9/L", "10*3/uL", "/uL"], hard: hard, soft: soft,
      "The laboratory's lower limit of normal.")
  }

  private static func baselineEnzyme(_ id: String, _ label: String, to soft: FixedDecimal)
    -> Variable
  {
    quantity(
      id, label, short: "\(label.prefix { $0 != "," }) base", .limitsAndBaselines, ["U/L"],
      hard: 1...30_000, soft: 3...soft, "The value before the treatment whose harm is graded.")
  }
}
