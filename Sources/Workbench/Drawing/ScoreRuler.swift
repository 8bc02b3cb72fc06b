import Hepatology
import Quantities
import Terminal

/// The scale of a score with its thresholds, and where a patient stands on it or may stand.
struct ScoreRuler {
  let score: Score
  let strata: [Score.Stratum]
  let width: Int
  let glyphs: Glyphs

  /// The column of a number.
  private func place(_ number: Double) -> Int {
    let share =
      (number - score.scale.lowerBound) / (score.scale.upperBound - score.scale.lowerBound)
    guard share.isFinite else { return share > 0 ? width - 1 : 0 }
    return Int((max(0, min(1, share)) * Double(width - 1)).rounded())
  }

  private var line: String {
    var line = Array(repeating: Character("─"), count: width)
    for stratum in strata.dropFirst() { line[place(stratum.lower)] = "┼" }
    return String(line)
  }

  /// The scale with a point where the patient stands.
  func point(at number: Double) -> [Document.Span] {
    guard width >= 8 else { return [] }
    return [
      .init(x: 0, text: line, style: Style(.chart)),
      .init(x: place(number), text: "●", style: Style(.accent, bold: true)),
    ]
  }

  /// The scale with the part where the patient may stand.
  func span(from low: Double, to high: Double) -> [Document.Span] {
    guard width >= 8 else { return [] }
    let (first, last) = (place(low), place(high))
    // In ASCII the part would look like the scale.
    let (left, middle, right): (Character, Character, Character) =
      glyphs == .unicode ? ("├", "━", "┤") : ("[", "=", "]")
    var part = Array(repeating: middle, count: last - first + 1)
    part[0] = left
    part[part.count - 1] = part.count > 1 ? right : middle
    return [
      .init(x: 0, text: line, style: Style(.chart)),
      .init(x: first, text: String(part), style: Style(.unknown, bold: true)),
    ]
  }

  /// The ends and the thresholds below the scale.
  var numbers: String {
    let ends = [score.scale.lowerBound, score.scale.upperBound]
    return labels(
      (ends + strata.dropFirst().map(\.lower)).compactMap { number in
        FixedDecimal(number).map { (place(number), "\($0.rounded(to: 2))") }
      })
  }

  /// The names of the bands above the scale, where each has room; nil where the thresholds say the
  /// same.
  var names: String? {
    guard strata.count > 1, !strata.contains(where: \.isNamedByNumbers) else { return nil }
    var places: [(Int, String)] = []
    for (index, stratum) in strata.enumerated() {
      let start = index == 0 ? 0 : place(stratum.lower)
      let end = index + 1 < strata.count ? place(strata[index + 1].lower) : width
      guard end - start > stratum.name.columns else { return nil }
      places.append(((start + end) / 2, stratum.name))
    }
    return labels(places)
  }

  /// Each text around its column, as long as it leaves a blank to the one before.
  private func labels(_ places: [(Int, String)]) -> String {
    var line = Array(repeating: Character(" "), count: width)
    for (middle, text) in places {
      let start = max(0, min(width - text.count, middle - text.count / 2))
      guard text.count <= width,
        line[max(0, start - 1)..<min(width, start + text.count + 1)].allSatisfy({ $0 == " " })
      else { continue }
      for (k, letter) in text.enumerated() { line[start + k] = letter }
    }
    return String(line)
  }
}

extension Score.Stratum {
  /// Whether the name only repeats its ends, as `20–29` does.
  var isNamedByNumbers: Bool {
    lower.isFinite && name.contains("\(FixedDecimal(lower) ?? 0)")
      && name.contains { $0 == "–" || $0 == " " } && !name.hasPrefix("grade ")
      && !name.hasPrefix("stage ")
  }
}

/// A number in digits three rows high.
enum BigDigits {
  /// The rows; nil where a character has no such form.
  static func rows(of text: String) -> [String]? {
    var rows = ["", "", ""]
    for character in text {
      guard let form = forms[character] else { return nil }
      for (row, part) in form.enumerated() {
        rows[row] += (rows[row].isEmpty || character == "." ? "" : " ") + part
      }
    }
    return rows
  }

  private static let forms: [Character: [String]] = [
    "0": ["┌─┐", "│ │", "└─┘"], "1": ["╶┐ ", " │ ", "╶┴╴"], "2": ["╶─┐", "┌─┘", "└─╴"],
    "3": ["╶─┐", "╶─┤", "╶─┘"], "4": ["╷ ╷", "└─┤", "  ╵"], "5": ["┌─╴", "└─┐", "╶─┘"],
    "6": ["┌─╴", "├─┐", "└─┘"], "7": ["╶─┐", "  │", "  ╵"], "8": ["┌─┐", "├─┤", "└─┘"],
    "9": ["┌─┐", "└─┤", "╶─┘"], ".": [" ", " ", "."], "-": ["   ", "╶─╴", "   "],
  ]
}
