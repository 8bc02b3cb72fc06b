import Quantities

extension Formula {
  /// The CTCAE grade of a value that is too high, from its multiple of the upper limit or of the
  /// baseline: the number of `limits` that it is above; the first limit itself is grade 1 where
  /// `includingFirst`.
  public static func ctcaeGrade(
    multiple: Double, above limits: [Double], includingFirst: Bool = false
  ) -> Int {
    includingFirst && multiple == limits.first ? 1 : limits.count { multiple > $0 }
  }

  /// The CTCAE grade of a value that is too low: the number of `limits` that it is below, the lower
  /// limit of normal first.
  public static func ctcaeGrade(value: Double, below limits: [Double]) -> Int {
    limits.count { value < $0 }
  }
}

extension Citation {
  static let ctcae5 = Citation(
    "NCI Common Terminology Criteria for Adverse Events (CTCAE) version 5.0, 2017.")
  static let ctcae4 = Citation(
    "NCI Common Terminology Criteria for Adverse Events (CTCAE) version 4.03, 2010.")
}

extension Score {
  /// A CTCAE grade of a laboratory value.
  fileprivate convenience init(
    id: String, name: String, term: String, rank: Int, inputs: [Variable],
    optionalInputs: [Variable] = [], falling: [Variable], formula: [String],
    variants: [Variant], grades: Int, compute: @escaping @Sendable (inout Working) -> Outcome
  ) {
    self.init(
      id: id, name: name, title: "\(term) (CTCAE 5.0)", purpose: "Grade of an adverse event.",
      family: .toxicity, rank: rank, form: .grade, inputs: inputs, optionalInputs: optionalInputs,
      falling: falling, formula: formula,
      bounds: ["Grade 5 is death; what no laboratory value shows is left to a person."],
      variants: variants, scale: 0...Double(grades),
      strata: (0...grades).map {
        Stratum("grade \($0)", from: $0 == 0 ? -.infinity : Double($0))
      },
      population: "People under treatment, in trials and outside.", citations: [.ctcae5, .ctcae4],
      compute: compute)
  }

  /// A grade by multiples of the upper limit of normal, or of a baseline that is above it.
  fileprivate convenience init(
    id: String, name: String, term: String, rank: Int, of variable: Variable, over limit: Variable,
    baseline: Variable, limits: [Double], baselineLimits: [Double]
  ) {
    // The text says "1.5 - 3.0 x baseline" of transaminases and "2.0 - 2.5 x baseline" of ALP and
    // GGT, which include their first limit, but "> 1.0 - 1.5 x baseline" of bilirubin.
    let isFirstIn = baselineLimits.first != 1
    func bands(_ limits: [Double], includingFirst: Bool = false) -> String {
      limits.enumerated().map { place, limit in
        "grade \(place + 1) \(place == 0 && includingFirst ? "from" : "above") "
          + Working.plain(limit)
      }
      .joined(separator: ", ")
    }
    self.init(
      id: id, name: name, term: term, rank: rank, inputs: [variable, limit],
      optionalInputs: [baseline], falling: [limit, baseline],
      formula: [
        "multiples of the upper limit of normal: \(bands(limits))",
        "where the baseline is above the upper limit, multiples of the baseline: "
          + bands(baselineLimits, includingFirst: isFirstIn),
      ],
      variants: [
        Variant(
          "version5", "CTCAE 5.0: by the baseline where that is abnormal.",
          because: "It is the version in force; in liver failure the baseline is nearly always "
            + "abnormal."),
        Variant("version4", "CTCAE 4.03: by the upper limit of normal always."),
      ],
      grades: 4
    ) { working in
      let unit = variable.measure?.canonical ?? .one
      let value = working.number(variable, in: unit)
      let upper = working.number(limit, in: unit)
      guard let value, let upper else { return working.incomplete }
      let isFive = working.variant.id == "version5"
      let before = isFive ? working.optionalNumber(baseline, in: unit) : nil
      if isFive, before == nil {
        working.note("The baseline is not given: graded by the upper limit of normal.")
      }
      if let before, before > upper {
        let multiple = (value / before).snapped
        working.term(
          "multiple of the baseline", variable, baseline, points: multiple, against: baselineLimits)
        let grade = Formula.ctcaeGrade(
          multiple: multiple, above: baselineLimits, includingFirst: isFirstIn)
        return .value(working.value(Double(grade)))
      }
      let multiple = (value / upper).snapped
      working.term(
        "multiple of the upper limit", variable, limit, points: multiple, against: limits)
      return .value(
        working.value(Double(Formula.ctcaeGrade(multiple: multiple, above: limits))))
    }
  }

  /// A grade by absolute limits below the lower limit of normal.
  fileprivate convenience init(
    id: String, name: String, term: String, rank: Int, of variable: Variable,
    under lowerLimit: Variable, limits: [Double], in unit: Unit
  ) {
    self.init(
      id: id, name: name, term: term, rank: rank, inputs: [variable, lowerLimit],
      falling: [variable],
      formula: [
        "grade 1 below the lower limit of normal, "
          + limits.enumerated()
          .map { "grade \($0 + 2) below \(Working.plain($1)) \(unit.symbol)" }
          .joined(separator: ", ")
      ],
      variants: [Variant("version5", "CTCAE 5.0; version 4.03 has the same limits.")],
      grades: limits.count + 1
    ) { working in
      guard let value = working.number(variable, in: unit) else {
        _ = working.number(lowerLimit, in: unit)
        return working.incomplete
      }
      working.term(
        "\(variable.label), \(unit.symbol)", variable, points: value,
        against: limits + [working.patient.number(lowerLimit, in: unit)].compactMap { $0 })
      let absolute = Formula.ctcaeGrade(value: value, below: limits)
      if absolute > 0 { return .value(working.value(Double(absolute + 1))) }
      guard let limit = working.number(lowerLimit, in: unit) else { return working.incomplete }
      return .value(working.value(value < limit ? 1 : 0))
    }
  }

  /// CTCAE grade of bilirubin.
  public static let ctcaeBilirubin = Score(
    id: "ctcaeBilirubin", name: "CTCAE bilirubin", term: "Blood bilirubin increased", rank: 1,
    of: .totalBilirubin, over: .totalBilirubinULN, baseline: .baselineBilirubin,
    limits: [1, 1.5, 3, 10], baselineLimits: [1, 1.5, 3, 10])
  /// CTCAE grade of ALT.
  public static let ctcaeALT = Score(
    id: "ctcaeALT", name: "CTCAE ALT", term: "Alanine aminotransferase increased", rank: 2,
    of: .alt, over: .altULN, baseline: .baselineALT, limits: [1, 3, 5, 20],
    baselineLimits: [1.5, 3, 5, 20])
  /// CTCAE grade of AST.
  public static let ctcaeAST = Score(
    id: "ctcaeAST", name: "CTCAE AST", term: "Aspartate aminotransferase increased", rank: 3,
    of: .ast, over: .astULN, baseline: .baselineAST, limits: [1, 3, 5, 20],
    baselineLimits: [1.5, 3, 5, 20])
  /// CTCAE grade of ALP.
  public static let ctcaeALP = Score(
    id: "ctcaeALP", name: "CTCAE ALP", term: "Alkaline phosphatase increased", rank: 4,
    of: .alp, over: .alpULN, baseline: .baselineALP, limits: [1, 2.5, 5, 20],
    baselineLimits: [2, 2.5, 5, 20])
  /// CTCAE grade of GGT.
  public static let ctcaeGGT = Score(
    id: "ctcaeGGT", name: "CTCAE GGT", term: "GGT increased", rank: 5,
    of: .ggt, over: .ggtULN, baseline: .baselineGGT, limits: [1, 2.5, 5, 20],
    baselineLimits: [2, 2.5, 5, 20])
  /// CTCAE grade of albumin.
  public static let ctcaeAlbumin = Score(
    id: "ctcaeAlbumin", name: "CTCAE albumin", term: "Hypoalbuminemia", rank: 8,
    of: .albumin, under: .albuminLLN, limits: [30, 20], in: .gramsPerLitre)
  /// CTCAE grade of platelets.
  public static let ctcaePlatelets = Score(
    id: "ctcaePlatelets", name: "CTCAE platelets", term: "Platelet count decreased", rank: 9,
    of: .platelets, under: .plateletsLLN, limits: [75, 50, 25], in: .billionsPerLitre)
  /// CTCAE grade of neutrophils.
  public static let ctcaeNeutrophils = Score(
    id: "ctcaeNeutrophils", name: "CTCAE neutrophils", term: "Neutrophil count decreased", rank: 10,
    of: .neutrophils, under: .neutrophilsLLN, limits: [1.5, 1, 0.5], in: .billionsPerLitre)
  /// CTCAE grade of white cells.
  public static let ctcaeWhiteCells = Score(
    id: "ctcaeWhiteCells", name: "CTCAE white cells", term: "White blood cell decreased", rank: 11,
    of: .whiteCells, under: .whiteCellsLLN, limits: [3, 2, 1], in: .billionsPerLitre)

  /// CTCAE grade of INR.
  public static let ctcaeINR = Score(
    id: "ctcaeINR", name: "CTCAE INR", term: "INR increased", rank: 6, inputs: [.inr],
    optionalInputs: [.baselineINR, .vitaminKAntagonist, .inrULN], falling: [.baselineINR, .inrULN],
    formula: [
      "grade 1 above 1.2, grade 2 above 1.5, grade 3 above 2.5; there is no grade 4",
      "on a vitamin K antagonist multiples of the baseline: above 1, 1.5, 2.5",
    ],
    variants: [
      Variant(
        "version5", "CTCAE 5.0: above 1.2, 1.5 and 2.5.", because: "It is the version in force."),
      Variant(
        "version4", "CTCAE 4.03: above 1, 1.5 and 2.5 times the upper limit of normal.",
        unconfirmed: "its limits."),
    ],
    grades: 3
  ) { working in
    guard let inr = working.number(.inr, in: .one) else { return working.incomplete }
    if working.answer(.vitaminKAntagonist) == true {
      guard let before = working.number(.baselineINR, in: .one) else { return working.incomplete }
      let multiple = (inr / before).snapped
      working.term(
        "multiple of the baseline", .inr, .baselineINR, points: multiple, against: [1, 1.5, 2.5])
      return .value(
        working.value(Double(Formula.ctcaeGrade(multiple: multiple, above: [1, 1.5, 2.5]))))
    }
    if working.variant.id == "version4" {
      guard let upper = working.number(.inrULN, in: .one) else { return working.incomplete }
      let multiple = (inr / upper).snapped
      working.term(
        "multiple of the upper limit", .inr, .inrULN, points: multiple, against: [1, 1.5, 2.5])
      return .value(
        working.value(Double(Formula.ctcaeGrade(multiple: multiple, above: [1, 1.5, 2.5]))))
    }
    working.term("INR", .inr, points: inr, against: [1.2, 1.5, 2.5])
    return .value(
      working.value(Double(Formula.ctcaeGrade(multiple: inr, above: [1.2, 1.5, 2.5]))))
  }

  /// CTCAE grade of creatinine.
  public static let ctcaeCreatinine = Score(
    id: "ctcaeCreatinine", name: "CTCAE creatinine", term: "Creatinine increased", rank: 7,
    inputs: [.creatinine, .creatinineULN], optionalInputs: [.baselineCreatinine],
    falling: [.creatinineULN, .baselineCreatinine],
    formula: [
      "multiples of the upper limit of normal: grade 1 above 1, grade 2 above 1.5, grade 3 above 3, "
        + "grade 4 above 6",
      "multiples of the baseline: grade 2 above 1.5, grade 3 above 3; the higher grade counts",
    ],
    variants: [
      Variant(
        "version5", "CTCAE 5.0: grade 1 by the upper limit of normal alone.",
        because: "It is the version in force."),
      Variant(
        "version4", "CTCAE 4.03: grade 1 also above the baseline.", unconfirmed: "its limits."),
    ],
    grades: 4
  ) { working in
    let value = working.number(.creatinine, in: .micromolesPerLitre)
    let upper = working.number(.creatinineULN, in: .micromolesPerLitre)
    guard let value, let upper else { return working.incomplete }
    let multiple = (value / upper).snapped
    working.term(
      "multiple of the upper limit", .creatinine, .creatinineULN, points: multiple,
      against: [1, 1.5, 3, 6])
    var grade = Formula.ctcaeGrade(multiple: multiple, above: [1, 1.5, 3, 6])
    if let baseline = working.optionalNumber(.baselineCreatinine, in: .micromolesPerLitre) {
      let multiple = (value / baseline).snapped
      working.term(
        "multiple of the baseline", .creatinine, .baselineCreatinine, points: multiple,
        against: [1, 1.5, 3])
      let byBaseline = Formula.ctcaeGrade(multiple: multiple, above: [1, 1.5, 3])
      grade = max(grade, byBaseline == 1 && working.variant.id == "version5" ? 0 : byBaseline)
    }
    return .value(working.value(Double(grade)))
  }
}
