import Clinic
import Hepatology
import Quantities
import Terminal

/// The line above every place: the places, and who is on the form.
struct TopLine: Part {
  let rect: Rect
  let place: Place
  let age: Value?
  let sex: Value?
  /// The code of the patient; `nil` for one who is not in the store.
  let code: PatientCode?
  /// Which of his visits is shown.
  let ordinal: Int?

  private static let name = " lobule "

  func draw(on canvas: inout Canvas) {
    if isWide { canvas.put(Self.name, x: 0, y: rect.y, Style(.accent, bold: true)) }
    var x = 0
    for item in items {
      let isHere = item.place == place
      let style = isHere ? Style(.accent, bold: true, reverse: true) : Style(.quiet)
      x = canvas.put(item.text, x: item.columns.lowerBound, y: rect.y, style)
    }
    if let summary = summaries.first(where: { x + 2 + $0.columns < rect.width }) {
      canvas.put(summary, endingAt: rect.width - 1, y: rect.y)
    }
  }

  /// Whether there is room for more than the places.
  private var isWide: Bool { rect.width >= 100 }

  /// The places, and where each stands.
  var items: [(place: Place, text: String, columns: Range<Int>)] {
    let margin = isWide ? " " : ""
    var x = isWide ? Self.name.columns : 0
    return Place.allCases.map { place in
      let text = "\(margin)\(place.rawValue) \(place.title)\(margin)"
      let start = x + 1
      x = start + text.columns
      return (place, text, start..<x)
    }
  }

  /// Who is on the form, in fewer and fewer words: `P-0007 · 52 F · visit 2`.
  private var summaries: [String] {
    guard let code = code?.text else { return [person ?? "new patient"] }
    let short = person.map { "\(code) · \($0)" } ?? code
    return [ordinal.map { "\(short) · visit \($0)" } ?? "\(short) · no visit", short, code]
  }

  /// Age and sex: `52 F`; `nil` where neither is known.
  private var person: String? {
    var words: [String] = []
    if case .quantity(let quantity, _) = age { words.append("\(quantity.value)") }
    if case .choice(let id) = sex { words.append(id == "female" ? "F" : "M") }
    return words.isEmpty ? nil : words.joined(separator: " ")
  }
}
