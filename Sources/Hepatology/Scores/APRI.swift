import Quantities

extension Formula {
  /// APRI: `100 × (AST ÷ upper limit of normal) ÷ platelets`, AST in U/L, platelets in 10⁹/L.
  ///
  /// Wai 2003, Hepatology 38:518.
  public static func apri(ast: Double, upperLimit: Double, platelets: Double) -> Double {
    100 * ast / upperLimit / platelets
  }
}

extension Score {
  /// AST to platelet ratio index (2003).
  public static let apri = Score(
    id: "apri", name: "APRI", title: "AST to platelet ratio index (2003)",
    purpose: "Fibrosis and cirrhosis without a biopsy.",
    family: .fibrosis, rank: 2,
    inputs: [.ast, .astULN, .platelets], falling: [.astULN, .platelets],
    formula: ["100 × (AST ÷ its upper limit of normal) ÷ platelets in 10⁹/L"],
    bounds: ["No bounds; reported with two decimals, banded before rounding."],
    variants: [
      Variant(
        "wai2003", "Limits 0.5 and 1.5.", because: "They are the limits of the publication."),
      Variant(
        "lin2011", "Limits 0.7, 1.0 and 2.0, of a meta-analysis.",
        strata: [
          Stratum("low", from: -.infinity), Stratum("significant fibrosis", from: 0.7),
          Stratum("severe fibrosis", from: 1.0), Stratum("cirrhosis", from: 2.0),
        ]),
    ],
    scale: 0...5, decimals: 2,
    strata: [
      Stratum("low", from: -.infinity, "significant fibrosis is unlikely"),
      Stratum("indeterminate", above: 0.5),
      Stratum("high", above: 1.5, "significant fibrosis is likely"),
    ],
    population: "Adults with chronic hepatitis C; used in other chronic liver disease too.",
    cautions: [
      Caution("In acute hepatitis AST rises without fibrosis.") {
        ($0.number(.ast, in: .unitsPerLitre) ?? 0) > 400
      }
    ],
    citations: [
      Citation("Wai CT et al. Hepatology 2003;38:518-526."),
      Citation("Lin ZH et al. Hepatology 2011;53:726-736."),
    ],
    unconfirmed: ["to which band the limits themselves belong."]
  ) { working in
    let ast = working.number(.ast, in: .unitsPerLitre)
    let limit = working.number(.astULN, in: .unitsPerLitre)
    let platelets = working.number(.platelets, in: .billionsPerLitre)
    guard let ast, let limit, let platelets else { return working.incomplete }
    working.note("The terms are factors: their product is the value.")
    working.term("100 × AST ÷ upper limit", .ast, .astULN, points: 100 * ast / limit)
    working.term("1 ÷ platelets", .platelets, points: 1 / platelets)
    return .value(
      working.value(Formula.apri(ast: ast, upperLimit: limit, platelets: platelets).snapped))
  }
}
