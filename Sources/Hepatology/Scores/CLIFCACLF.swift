import Glibc
import Quantities

extension Formula {
  /// CLIF-C ACLF: `10 (0.33 organ failure + 0.04 age + 0.63 ln white cells − 2)`, white cells in
  /// 10⁹/L, not held between 0 and 100 yet.
  ///
  /// Jalan 2014, J Hepatol 61:1038.
  public static func clifCACLF(organFailure: Double, age: Double, whiteCells: Double) -> Double {
    10 * (0.33 * organFailure + 0.04 * age + 0.63 * log(whiteCells) - 2)
  }

  /// Mortality by CLIF-C ACLF as a fraction, `1 − exp(−a exp(b score))`, after 1, 3, 6 or 12 months;
  /// `nil` for any other time.
  ///
  /// The constants agree with sixteen values of two public calculators to half a per cent; they have
  /// not been compared with the paper.
  public static func clifCACLFMortality(score: Double, months: Int) -> Double? {
    let constants: [Int: (Double, Double)] = [
      1: (0.0022, 0.0995), 3: (0.0079, 0.0869), 6: (0.0115, 0.0824), 12: (0.0231, 0.0731),
    ]
    return constants[months].map { a, b in 1 - exp(-a * exp(b * score)) }
  }
}

extension Score.Outlook {
  fileprivate static func clifCACLF(_ months: Int, _ formula: String) -> Score.Outlook {
    Score.Outlook(
      "death within \(months == 1 ? "1 month" : "\(months) months")",
      in: "patients with ACLF, Europe (CANONIC, Jalan 2014)", formula: formula,
      isConfirmed: false
    ) { 100 * (Formula.clifCACLFMortality(score: $0, months: months) ?? .nan) }
  }
}

extension Score {
  /// CLIF Consortium ACLF score (2014).
  public static let clifCACLF = Score(
    id: "clifCACLF", name: "CLIF-C ACLF", title: "CLIF Consortium ACLF score (2014)",
    purpose: "Mortality of acute-on-chronic liver failure.",
    family: .aclf, rank: 3,
    inputs: [.age] + CLIFOrgans.inputs + [.whiteCells],
    optionalInputs: CLIFOrgans.optionalInputs, falling: CLIFOrgans.falling,
    formula: [
      "10 × (0.33 × CLIF-C OF + 0.04 × age in years + 0.63 × ln(white cells in 10⁹/L) − 2)"
    ],
    bounds: ["Held between 0 and 100; reported with one decimal."],
    variants: [
      Variant(
        "oneDecimal", "One decimal; mortality is computed from it.",
        because: "Most calculators report one decimal."),
      Variant("whole", "Rounded to a whole number before mortality is computed."),
      Variant("kidney15", "Kidney of CLIF-C OF at 1.5 and 2.0 mg/dL."),
    ],
    scale: 0...100, decimals: 1,
    strata: [
      Stratum("below 70", from: -.infinity),
      Stratum(
        "70 and more", from: 70,
        "after 48 hours of intensive care none survived 28 days (202 patients of one centre)"),
    ],
    population: "Acute-on-chronic liver failure by EASL-CLIF.",
    cautions: [
      .under(18, "Made for adults."),
      Caution("No ACLF by EASL-CLIF: this score is for ACLF, CLIF-C AD for those without.") {
        if case .value(let grade) = Score.aclfGrade.outcome(for: $0, variant: nil) {
          grade.reported == 0
        } else {
          false
        }
      },
    ],
    outlooks: [
      .clifCACLF(1, "1 − exp(−0.0022 × exp(0.0995 × score))"),
      .clifCACLF(3, "1 − exp(−0.0079 × exp(0.0869 × score))"),
      .clifCACLF(6, "1 − exp(−0.0115 × exp(0.0824 × score))"),
      .clifCACLF(12, "1 − exp(−0.0231 × exp(0.0731 × score))"),
    ],
    citations: [
      .jalan,
      Citation("Engelmann C et al. Crit Care 2018;22:254.", doi: "10.1186/s13054-018-2156-0"),
    ]
  ) { working in
    let age = working.number(.age, in: .years)
    let organs = CLIFOrgans(
      &working, kidney: working.variant.id == "kidney15" ? (1.5, 2) : (2, 3.5))
    let whiteCells = working.number(.whiteCells, in: .billionsPerLitre)
    guard let age, let organs, let whiteCells else { return working.incomplete }
    for organ in organs.points {
      working.term("3.3 × \(organ.label)", organ.variables, points: 3.3 * organ.points)
    }
    working.term("0.4 × age", .age, points: 0.4 * age)
    working.term("6.3 × ln white cells", .whiteCells, points: 6.3 * log(whiteCells))
    working.term("constant", points: -20)
    let sum = Formula.clifCACLF(organFailure: organs.sum, age: age, whiteCells: whiteCells)
    let score = min(max(sum, 0), 100)
    if score != sum { working.note("Held at \(Int(score)), the end of the scale.") }
    let isWhole = working.variant.id == "whole"
    return .value(
      working.value(
        score, reported: isWhole ? score.rounded() : nil, banded: isWhole ? score.rounded() : nil))
  }
}
