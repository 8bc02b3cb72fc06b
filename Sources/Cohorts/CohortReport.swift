import Hepatology
import Quantities

/// What became of a cohort.
public struct CohortReport: Sendable {
  /// How many rows there were.
  public internal(set) var rows = 0
  /// How many of them could not be read.
  public internal(set) var badRows = 0
  /// The columns that were not used: neither a variable that the scores take nor carried over.
  public internal(set) var unusedColumns: [String] = []
  /// What a reader of the scores must know, a sentence each: inputs that were held at the bounds of
  /// a score, questions that were not answered, forms that were chosen, numbers that look as if they
  /// were in another unit.
  public internal(set) var remarks: [String] = []
}

/// What is counted while rows are scored.
struct Tally: Sendable {
  var rows = 0
  var counts: [Item: Int] = [:]

  /// Something that befalls many rows alike.
  enum Item: Hashable {
    /// An input of a score was held, at what is shown.
    case held(Variable, InputUse.Adjustment, at: String, score: String)
    /// A score was computed without an answer that it asks for.
    case unanswered(Variable, score: String)
    /// Another form than the usual one was chosen.
    case form(String, score: String)
    /// A number asks for a second look.
    case odd(column: Int, CellReader.Oddity)
  }

  mutating func add(_ item: Item, _ count: Int = 1) {
    if count > 0 { counts[item, default: 0] += count }
  }

  mutating func add(_ other: Tally) {
    rows += other.rows
    counts.merge(other.counts, uniquingKeysWith: +)
  }

  /// Counts the inputs that were held where patients were scored side by side.
  mutating func count(
    _ score: Score, _ values: ScoreColumn, _ patients: PatientColumns,
    place: (PatientColumns.Column) -> Int?
  ) {
    for input in score.columnInputs ?? [] {
      guard let column = place(input.column) else { continue }
      let (low, high) = (input.range.lowerBound, input.range.upperBound)
      guard low.isFinite || high.isFinite else { continue }
      let (below, above) = patients.count(outside: input.range, at: column, of: values)
      add(.held(input.variable, .floored, at: input.shown(low), score: score.id), below)
      add(.held(input.variable, .capped, at: input.shown(high), score: score.id), above)
      guard let question = input.replacement, let answer = place(.rank(question)) else { continue }
      let (yes, open) = patients.count(answersAt: answer, of: values)
      add(.held(input.variable, .replaced, at: input.shown(high), score: score.id), yes)
      add(.unanswered(question, score: score.id), open)
    }
  }

  /// Counts the same where the bedside scored a patient.
  mutating func count(_ result: ScoreResult, asked variant: String?) {
    guard result.value != nil else { return }
    for input in result.inputs {
      guard let adjustment = input.adjustment else { continue }
      add(.held(input.variable, adjustment, at: input.used, score: result.score.id))
    }
    for other in result.alternatives {
      if case .variable(let variable) = other.settledBy {
        add(.unanswered(variable, score: result.score.id))
      }
    }
    let usual = variant ?? result.score.variants.first?.id
    if result.variant.id != usual { add(.form(result.variant.id, score: result.score.id)) }
  }

  /// What was counted, a sentence each.
  func sentences(_ scores: [CohortScore], _ columns: [ColumnHeader]) -> [String] {
    odd(columns) + held(scores) + unanswered(scores) + forms(scores)
  }

  private func odd(_ columns: [ColumnHeader]) -> [String] {
    columns.enumerated().flatMap { index, header in
      CellReader.Oddity.allCases.compactMap { oddity in
        guard let count = counts[.odd(column: index, oddity)] else { return nil }
        // A healthy person's bilirubin would be an ill one's in the other unit; a whole column of
        // such numbers is in the other unit.
        if oddity == .otherUnit, count * 2 < rows { return nil }
        let name = "\(header.variable.id)\(header.unit.map { "[\($0.code)]" } ?? "")"
        let many = "\(count) \(count == 1 ? "value" : "values")"
        let others =
          header.variable.measure?.units
          .filter { $0 != (header.unit ?? header.variable.measure?.canonical) }.map(\.code) ?? []
        switch oddity {
        case .unusual: return "\(name): \(many) outside of what is usual: right?"
        case .otherUnit:
          return "\(name): \(many) would be ordinary in \(others.joined(separator: " or ")) and "
            + "\(count == 1 ? "is" : "are") not here: is the unit right?"
        case .comma: return "\(name): the comma of \(many) was read as a decimal point"
        case .thousands: return "\(name): \(many) read with separators of thousands"
        case .rounded: return "\(name): \(many) rounded to \(FixedDecimal.places) decimals"
        }
      }
    }
  }

  private func held(_ scores: [CohortScore]) -> [String] {
    var lines: [String: [(score: String, count: Int)]] = [:]
    var order: [String] = []
    for score in scores {
      let items = counts.compactMap { item, count -> (String, Int)? in
        guard case .held(let variable, let adjustment, let at, score.score.id) = item else {
          return nil
        }
        let way =
          switch adjustment {
          case .floored: "raised to \(at)"
          case .capped: "lowered to \(at)"
          case .replaced: "set to \(at) by renal replacement"
          }
        return ("\(variable.id) \(way)", count)
      }
      for (text, count) in items.sorted(by: { $0.0 < $1.0 }) {
        if lines[text] == nil { order.append(text) }
        lines[text, default: []].append((score.score.id, count))
      }
    }
    return order.map { "\($0) in \(Self.shares(lines[$0] ?? []))" }
  }

  private func unanswered(_ scores: [CohortScore]) -> [String] {
    var lines: [Variable: [(score: String, count: Int)]] = [:]
    for score in scores {
      for (item, count) in counts {
        guard case .unanswered(let variable, score.score.id) = item else { continue }
        lines[variable, default: []].append((score.score.id, count))
      }
    }
    return lines.sorted { $0.key.id < $1.key.id }.map {
      "\($0.key.id) not answered, computed without it, in \(Self.shares($0.value))"
    }
  }

  private func forms(_ scores: [CohortScore]) -> [String] {
    scores.flatMap { score in
      counts.compactMap { item, count -> String? in
        guard case .form(let form, score.score.id) = item else { return nil }
        return "\(score.name) in the form \(form) in \(Self.rows(count))"
      }.sorted()
    }
  }

  /// How many rows of which scores: `12 rows (meld, meldNa), 9 rows (meld3)`.
  private static func shares(_ parts: [(score: String, count: Int)]) -> String {
    var groups: [(count: Int, scores: [String])] = []
    for part in parts {
      if let index = groups.firstIndex(where: { $0.count == part.count }) {
        groups[index].scores.append(part.score)
      } else {
        groups.append((part.count, [part.score]))
      }
    }
    return groups.map { "\(rows($0.count)) (\($0.scores.joined(separator: ", ")))" }
      .joined(separator: ", ")
  }

  static func rows(_ count: Int) -> String { "\(count) \(count == 1 ? "row" : "rows")" }
}
