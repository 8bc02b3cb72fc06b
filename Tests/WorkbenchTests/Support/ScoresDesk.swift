import Hepatology
import PatientSupport
import Quantities
import Terminal

@testable import Workbench

/// The place of the scores by itself, with a patient whom nobody had to type.
struct ScoresDesk {
  private(set) var place: ScoresPlace
  let patient: Patient
  let size: Size
  private let glyphs: Glyphs

  static let favourites = ["meld3", "meldNa", "meld", "childPugh", "cosshACLF2"]

  init(_ patient: Patient, _ size: Size = .small, glyphs: Glyphs = .unicode) {
    self.patient = patient
    self.size = size
    self.glyphs = glyphs
    place = ScoresPlace(favourites: Self.favourites.compactMap(Score.find), glyphs: glyphs)
    fit()
  }

  private var area: Rect { Rect(x: 0, y: 0, width: size.columns, height: size.rows - 2) }
  var layout: ScoresLayout { ScoresLayout(area) }

  private mutating func fit() { place.fit(layout, patient: patient) }

  /// Chooses a score as a person does: by its name in the filter.
  mutating func choose(_ id: String) {
    _ = place.back()
    place.startFilter()
    for character in id { place.type(.character(character)) }
    for _ in place.found where place.chosen?.id != id { place.move(.down, layout: layout) }
    place.open()
    fit()
  }

  mutating func move(_ key: Key) {
    place.move(key, layout: layout)
    fit()
  }

  mutating func nextVariant() {
    _ = place.nextVariant()
    fit()
  }

  mutating func toggleFavourite() {
    _ = place.toggleFavourite()
    fit()
  }

  var canvas: Canvas {
    var canvas = Canvas(Size(columns: size.columns, rows: size.rows - 2), glyphs: glyphs)
    if let body = place.body(area) {
      body.draw(on: &canvas)
    } else {
      place.drawTrend(on: &canvas, in: area)
    }
    return canvas
  }

  var text: String { canvas.lines.joined(separator: "\n") }

  func row(_ text: String) -> String { canvas.lines.first { $0.contains(text) } ?? "" }

  /// The working of the chosen score, a line each.
  var sheet: [String] {
    let document = place.document
    var canvas = Canvas(Size(columns: document.width, rows: document.rows.count))
    document.draw(on: &canvas, in: canvas.bounds)
    return canvas.lines
  }

  /// The lines of the working from a heading to the next blank one.
  func section(_ heading: String) -> [String] {
    Array(sheet.drop { !$0.hasPrefix(heading) }.prefix { !$0.isEmpty })
  }
}

extension Patient {
  /// Some things are known, and nothing is wrong with them.
  static func half() throws -> Patient {
    try patient(
      """
      age=52
      sex=female
      totalBilirubin=214 umol/L
      albumin=31 g/L
      creatinine=132 umol/L
      inr=2.1
      encephalopathyGrade=1
      """)
  }

  /// Everything that any score asks for is known.
  static func complete() throws -> Patient {
    var patient = try patient(
      """
      age=52
      sex=female
      totalBilirubin=214 umol/L
      totalBilirubinULN=21 umol/L
      totalBilirubinDay7=180 umol/L
      totalBilirubinDailyRise=20 umol/L/d
      albumin=31 g/L
      creatinine=132 umol/L
      baselineCreatinine=70 umol/L
      creatinineTwoDaysAgo=100 umol/L
      renalReplacement=no
      urea=6.1 mmol/L
      sodium=131
      ast=180
      alt=240
      platelets=88
      whiteCells=9.4
      neutrophils=4.5
      lactate=2.4 mmol/L
      inr=2.1
      prothrombinTime=22
      prothrombinTimeControl=12
      prothrombinActivity=35
      encephalopathyGrade=1
      ascites=moderate
      meanArterialPressure=75
      vasopressors=no
      ventilation=no
      pao2=80 mm[Hg]
      fio2=21
      glasgowComaScale=14
      chronicLiverDisease=yes
      cirrhosis=yes
      decompensated=no
      priorDecompensation=no
      weeksInsultToDecompensation=3
      aetiology=hbv
      """)
    let asked = Score.all.flatMap { $0.inputs + $0.optionalInputs }
    for variable in asked where patient[variable] == nil {
      switch variable.kind {
      case .quantity(let measure):
        let middle = (measure.typical.lowerBound.double + measure.typical.upperBound.double) / 2
        patient.enter("\(Int(max(1, middle)))", in: measure.canonical, for: variable)
      case .choice(let choices, _): patient.enter(choices[choices.count / 2].id, for: variable)
      case .choices(let choices): patient.enter(choices[0].id, for: variable)
      case .yesNo: patient.enter("no", for: variable)
      case .event: patient.enter("never", for: variable)
      }
    }
    return patient
  }
}
