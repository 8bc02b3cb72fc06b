import Glibc
import Quantities

extension Formula {
  /// ALBI: `0.66 log₁₀ bilirubin − coefficient × albumin`, bilirubin in µmol/L, albumin in g/L.
  ///
  /// Johnson 2015, J Clin Oncol 33:550.
  public static func albi(bilirubin: Double, albumin: Double, coefficient: Double = 0.085) -> Double
  {
    0.66 * log10(bilirubin) - coefficient * albumin
  }
}

extension Score {
  /// Albumin–bilirubin grade (2015).
  public static let albi = Score(
    id: "albi", name: "ALBI", title: "Albumin–bilirubin grade (2015)",
    purpose: "Liver function in hepatocellular carcinoma and cirrhosis, by two laboratory values.",
    family: .cirrhosis, rank: 2,
    inputs: [.totalBilirubin, .albumin], falling: [.albumin],
    formula: ["0.66 × log10(bilirubin in µmol/L) − 0.085 × albumin in g/L"],
    bounds: ["No bounds; reported with two decimals, banded before rounding."],
    variants: [
      Variant(
        "published", "The coefficient of albumin is 0.085.",
        because: "It is the coefficient that most calculators print, with the same limits."),
      Variant("fourDecimals", "The coefficient of albumin is 0.0852, as some authors print it."),
    ],
    scale: -4.5...0.5, decimals: 2,
    strata: [
      Stratum("grade 1", from: -.infinity, "best liver function"),
      Stratum("grade 2", above: -2.60, "intermediate"),
      Stratum("grade 3", above: -1.39, "worst liver function"),
    ],
    population: "Hepatocellular carcinoma; since then chronic liver disease at large.",
    citations: [
      Citation("Johnson PJ et al. J Clin Oncol 2015;33:550-558.", doi: "10.1200/JCO.2014.57.9151")
    ]
  ) { working in
    let bilirubin = working.number(.totalBilirubin, in: .micromolesPerLitre)
    let albumin = working.number(.albumin, in: .gramsPerLitre)
    guard let bilirubin, let albumin else { return working.incomplete }
    let coefficient = working.variant.id == "fourDecimals" ? 0.0852 : 0.085
    working.term("0.66 × log10 bilirubin", .totalBilirubin, points: 0.66 * log10(bilirubin))
    working.term("−\(coefficient) × albumin", .albumin, points: -coefficient * albumin)
    return .value(
      working.value(
        Formula.albi(bilirubin: bilirubin, albumin: albumin, coefficient: coefficient).snapped))
  }
}
