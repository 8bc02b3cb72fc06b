import Glibc
import Quantities

extension Formula {
  /// FIB-4: `age × AST ÷ (platelets × √ALT)`, age in years, enzymes in U/L, platelets in 10⁹/L.
  ///
  /// Sterling 2006, Hepatology 43:1317.
  public static func fib4(age: Double, ast: Double, alt: Double, platelets: Double) -> Double {
    age * ast / (platelets * sqrt(alt))
  }
}

extension Score {
  /// Fibrosis-4 index (2006).
  public static let fib4 = Score(
    id: "fib4", name: "FIB-4", title: "Fibrosis-4 index (2006)",
    purpose: "Advanced fibrosis without a biopsy.",
    family: .fibrosis, rank: 1,
    inputs: [.age, .ast, .alt, .platelets], optionalInputs: [.aetiology],
    falling: [.alt, .platelets],
    formula: ["age in years × AST in U/L ÷ (platelets in 10⁹/L × √(ALT in U/L))"],
    bounds: ["No bounds; reported with two decimals, banded before rounding."],
    variants: [
      Variant(
        "sterling2006", "Limits 1.45 and 3.25, of HIV with hepatitis C.",
        because:
          "They are the limits of the publication; where MASLD is among the causes, those of "
          + "MASLD are chosen."),
      Variant(
        "masld", "Limits 1.30 and 2.67, of fatty liver disease.",
        strata: [
          Stratum("low", from: -.infinity, "advanced fibrosis is unlikely"),
          Stratum("indeterminate", from: 1.30),
          Stratum("high", above: 2.67, "advanced fibrosis is likely"),
        ]),
      Variant(
        "masld65", "Limits 2.0 and 2.67, of fatty liver disease from 65 years on.", .form,
        strata: [
          Stratum("low", from: -.infinity, "advanced fibrosis is unlikely"),
          Stratum("indeterminate", from: 2.0),
          Stratum("high", above: 2.67, "advanced fibrosis is likely"),
        ]),
    ],
    scale: 0...10, decimals: 2,
    strata: [
      Stratum("low", from: -.infinity, "advanced fibrosis is unlikely"),
      Stratum("indeterminate", from: 1.45),
      Stratum("high", above: 3.25, "advanced fibrosis is likely"),
    ],
    population: "Adults of 35 years and older with viral hepatitis or fatty liver disease.",
    cautions: [
      .under(35, "FIB-4 is unreliable under 35 years."),
      Caution("In acute hepatitis the enzymes rise without fibrosis.") { patient in
        [Variable.ast, .alt].contains { (patient.number($0, in: .unitsPerLitre) ?? 0) > 400 }
      },
    ],
    citations: [
      Citation("Sterling RK et al. Hepatology 2006;43:1317-1325.", doi: "10.1002/hep.21178"),
      Citation("McPherson S et al. Am J Gastroenterol 2017;112:740-751."),
    ],
    unconfirmed: ["the limits 1.30 and 2.67, and 2.0 from 65 years on."]
  ) { working in
    if working.variant.id == "sterling2006",
      case .choices(let causes) = working.patient.value(of: .aetiology), causes.contains("masld")
    {
      _ = working.words(.aetiology)
      working.variant = working.score.find(variant: "masld")
    }
    let age = working.number(.age, in: .years)
    let ast = working.number(.ast, in: .unitsPerLitre)
    let alt = working.number(.alt, in: .unitsPerLitre)
    let platelets = working.number(.platelets, in: .billionsPerLitre)
    if working.variant.id == "masld", let age, age >= 65 {
      working.variant = working.score.find(variant: "masld65")
    }
    guard let age, let ast, let alt, let platelets else { return working.incomplete }
    let limits =
      switch working.variant.id {
      case "masld": "MASLD, 1.30 and 2.67"
      case "masld65": "MASLD from 65 years on, 2.0 and 2.67"
      default: "HIV with hepatitis C, 1.45 and 3.25"
      }
    working.note("The limits are those of \(limits).")
    working.note("The terms are factors: their product is the value.")
    working.term("age", .age, points: age)
    working.term("AST", .ast, points: ast)
    working.term("1 ÷ platelets", .platelets, points: 1 / platelets)
    working.term("1 ÷ √ALT", .alt, points: 1 / sqrt(alt))
    return .value(
      working.value(Formula.fib4(age: age, ast: ast, alt: alt, platelets: platelets).snapped))
  }
}
