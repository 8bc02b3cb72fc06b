import Quantities

/// The points of each item in the form that holds where none is named.
private enum ChildPughPoints {
  /// Bilirubin in mg/dL.
  @inline(__always)
  static func bilirubin(_ bilirubin: Double) -> Double { Working.points(bilirubin, 2, 3) }

  /// Albumin in g/dL.
  @inline(__always)
  static func albumin(_ albumin: Double) -> Double { 4 - Working.points(albumin, 2.8, 3.5) }

  @inline(__always)
  static func inr(_ inr: Double, limit: Double = 2.3) -> Double { Working.points(inr, 1.7, limit) }

  /// Ascites by its place: none; mild; moderate and severe.
  @inline(__always)
  static func ascites(_ rank: Double) -> Double { Working.points(rank, 1, 1) }

  /// The West Haven grade: 0; 1 and 2; 3 and 4.
  @inline(__always)
  static func encephalopathy(_ grade: Double) -> Double { Working.points(grade, 1, 2) }
}

extension Score {
  /// Child-Turcotte-Pugh score.
  public static let childPugh = Score(
    id: "childPugh", name: "Child-Pugh", title: "Child-Turcotte-Pugh score",
    purpose: "Severity of cirrhosis in three classes.",
    family: .cirrhosis, rank: 1, isMain: true, form: .points,
    inputs: [.totalBilirubin, .albumin, .inr, .encephalopathyGrade, .ascites],
    optionalInputs: [.prothrombinTime, .prothrombinTimeControl, .aetiology],
    falling: [.albumin, .prothrombinTimeControl],
    formula: [
      "points 1, 2, 3 of each, summed",
      "bilirubin: < 2, 2–3, > 3 mg/dL (34.2 and 51.3 µmol/L); PBC and PSC < 4, 4–10, > 10 mg/dL",
      "albumin: > 3.5, 2.8–3.5, < 2.8 g/dL",
      "INR: < 1.7, 1.7–2.3, > 2.3; or prolongation of the prothrombin time < 4, 4–6, > 6 s",
      "ascites: none; mild or controlled; moderate, severe or refractory",
      "encephalopathy: none; West Haven 1–2; West Haven 3–4",
    ],
    bounds: ["5 to 15 points; a value that stands on a limit has 2 points."],
    variants: [
      Variant(
        "inr", "Bands of bilirubin for all causes; clotting by INR, 1.7 and 2.3.",
        because: "Bilirubin in mg/dL and INR to 2.3 are what most calculators and guidelines print."
      ),
      Variant(
        "cholestatic", "Bands of bilirubin for PBC and PSC: 4 and 10 mg/dL.", .form),
      Variant(
        "prothrombinTime", "Clotting by prolongation of the prothrombin time: 4 and 6 s.", .form),
      Variant(
        "cholestaticProthrombinTime",
        "Bands for PBC and PSC, and clotting by prolongation of the prothrombin time.", .form),
      Variant("inr22", "Three points above an INR of 2.2, as older British texts have it."),
      Variant("si50", "Bilirubin in µmol/L with rounded limits: 34 and 50."),
      Variant("si51", "Bilirubin in µmol/L with rounded limits: 34 and 51."),
      Variant("moderateTwo", "Two points for moderate ascites, as one benchmark counts."),
    ],
    scale: 5...15, decimals: 0,
    strata: [
      Stratum("A", from: 5, "well compensated"),
      Stratum("B", from: 7, "significant functional compromise"),
      Stratum("C", from: 10, "decompensated"),
    ],
    population: "Cirrhosis.",
    cautions: [.without(.cirrhosis, "Made for cirrhosis, which this patient does not have.")],
    outlooks: [
      Outlook(
        "survival for 1 year", in: "cirrhosis, by class (as commonly quoted)",
        by: ["A": 100, "B": 80, "C": 45], isConfirmed: false),
      Outlook(
        "death after an abdominal operation",
        in: "92 patients with cirrhosis of one centre, USA (Mansour 1997)",
        by: ["A": 10, "B": 30, "C": 82]),
    ],
    citations: [
      Citation("Pugh RN et al. Br J Surg 1973;60:646-649.", doi: "10.1002/bjs.1800600817"),
      Citation("Mansour A et al. Surgery 1997;122:730-736.", doi: "10.1016/S0039-6060(97)90080-5"),
    ],
    unconfirmed: ["survival for 1 year by class."],
    kernel: Kernel(
      [
        .number(.totalBilirubin, in: .milligramsPerDecilitre),
        .number(.albumin, in: .gramsPerDecilitre), .number(.inr, in: .one),
        .rank(.encephalopathyGrade), .rank(.ascites),
      ], substitutes: [.prothrombinTime]
    ) { columns, rows, result in
      let (bilirubin, albumin) = (columns.unbounded(0), columns.unbounded(1))
      let (inr, grade) = (columns.unbounded(2), columns.unbounded(3))
      let ascites = columns.unbounded(4)
      for row in rows {
        let points =
          ChildPughPoints.bilirubin(bilirubin[row]) + ChildPughPoints.albumin(albumin[row])
          + ChildPughPoints.inr(inr[row]) + ChildPughPoints.encephalopathy(grade[row])
          + ChildPughPoints.ascites(ascites[row])
        // A comparison loses what is missing, a product does not.
        let known = bilirubin[row] + albumin[row] + inr[row] + grade[row] + ascites[row]
        result[row] = points + 0 * known
      }
    }
  ) { working in
    let isCholestatic = working.variant.id.hasPrefix("cholestatic")
    var usesTime = working.variant.id.lowercased().hasSuffix("prothrombintime")
    if !usesTime, working.patient.value(of: .inr) == nil,
      working.patient.value(of: .prothrombinTime) != nil,
      working.patient.value(of: .prothrombinTimeControl) != nil
    {
      usesTime = true
      let id = isCholestatic ? "cholestaticProthrombinTime" : "prothrombinTime"
      working.variant = working.score.variants.first { $0.id == id } ?? working.variant
      working.note("INR is missing: clotting is counted by the prothrombin time.")
    }

    let rounded: (Double, Double)? = ["si50": (34, 50), "si51": (34, 51)][working.variant.id]
    let inrLimit = working.variant.id == "inr22" ? 2.2 : 2.3
    let bilirubin = working.number(
      .totalBilirubin, in: rounded == nil ? .milligramsPerDecilitre : .micromolesPerLitre)
    let albumin = working.number(.albumin, in: .gramsPerDecilitre)
    var clotting: Double?
    if usesTime {
      let time = working.number(.prothrombinTime, in: .seconds)
      let control = working.number(.prothrombinTimeControl, in: .seconds)
      if let time, let control { clotting = (time - control).snapped }
    } else {
      clotting = working.number(.inr, in: .one)
    }
    let grade = working.rank(.encephalopathyGrade)
    let ascites = working.rank(.ascites)
    guard let bilirubin, let albumin, let clotting, let grade, let ascites else {
      return working.incomplete
    }

    func bilirubinPoints(cholestatic: Bool) -> Double {
      if let (low, high) = rounded { return Working.points(bilirubin, low, high) }
      return cholestatic ? Working.points(bilirubin, 4, 10) : ChildPughPoints.bilirubin(bilirubin)
    }
    let others: [(String, [Variable], Double)] = [
      ("albumin: > 3.5, 2.8–3.5, < 2.8 g/dL", [.albumin], ChildPughPoints.albumin(albumin)),
      usesTime
        ? (
          "prolongation: < 4, 4–6, > 6 s", [.prothrombinTime, .prothrombinTimeControl],
          Working.points(clotting, 4, 6)
        )
        : (
          "INR: < 1.7, 1.7–\(inrLimit), > \(inrLimit)", [.inr],
          ChildPughPoints.inr(clotting, limit: inrLimit)
        ),
      working.variant.id == "moderateTwo"
        ? ("ascites: none, mild or moderate, severe", [.ascites], [1, 2, 2, 3][ascites])
        : (
          "ascites: none, mild, moderate or severe", [.ascites],
          ChildPughPoints.ascites(Double(ascites))
        ),
      (
        "encephalopathy: 0, 1–2, 3–4", [.encephalopathyGrade],
        ChildPughPoints.encephalopathy(Double(grade))
      ),
    ]
    working.term(
      isCholestatic
        ? "bilirubin: < 4, 4–10, > 10 mg/dL"
        : rounded.map { "bilirubin: < \(Int($0)), to \(Int($1)), > \(Int($1)) µmol/L" }
          ?? "bilirubin: < 2, 2–3, > 3 mg/dL",
      .totalBilirubin, points: bilirubinPoints(cholestatic: isCholestatic))
    for (label, variables, points) in others {
      working.term(label, variables, points: points)
    }
    let rest = others.reduce(0) { $0 + $1.2 }
    let sum = rest + bilirubinPoints(cholestatic: isCholestatic)
    if case .choices(let causes) = working.patient.value(of: .aetiology),
      causes.contains("cholestatic"), !isCholestatic, rounded == nil
    {
      let other = Int(rest + bilirubinPoints(cholestatic: true))
      working.note("Cholestatic disease: the bands for PBC and PSC give \(other) points.")
    }
    return .value(working.value(sum))
  }
}
