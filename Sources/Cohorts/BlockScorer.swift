import Hepatology
import Tables

/// Scores the rows of blocks and writes them.
struct BlockScorer: Sendable {
  private let scores: [CohortScore]
  private let parser: BlockParser
  private let scoring: ColumnScoring
  private let writer: RowWriter
  /// For each score its place among those that are computed side by side.
  private let places: [Int?]
  private let decimals: [Int]
  /// For each score its inputs as columns of numbers, where it is computed side by side.
  private let needs: [[Need]]
  /// For each score whether a variable of the file may stand in for a missing one.
  private let hasSubstitute: [Bool]

  /// An input that a score cannot do without.
  private struct Need: Sendable {
    let variable: Variable
    let column: Int
    /// The column of the question that replaces it where it is answered with yes.
    let replacement: Int?
  }

  /// What became of a block.
  struct Outcome: Sendable {
    let number: Int
    var bytes: [UInt8] = []
    var tally = Tally()
    var bad: [BadRow] = []
  }

  init(
    _ scores: [CohortScore], _ header: CohortHeader, separator: UInt8, writer: RowWriter
  ) {
    self.scores = scores
    self.writer = writer
    // What only notes tell, the bedside must be asked.
    let columnar = writer.hasNotes ? [] : scores.filter(\.isColumnar)
    let scoring = ColumnScoring(columnar.map(\.score))
    self.scoring = scoring
    places = scores.map { score in
      guard score.isColumnar else { return nil }
      return scoring.scores.firstIndex { $0.id == score.score.id }
    }
    decimals = scores.map(\.score.decimals)
    needs = scores.map { score in
      guard score.isColumnar else { return [] }
      return (score.score.columnInputs ?? []).compactMap { input in
        guard !input.isOptional, let column = scoring.columns.firstIndex(of: input.column) else {
          return nil
        }
        return Need(
          variable: input.variable, column: column,
          replacement: input.replacement.flatMap { scoring.columns.firstIndex(of: .rank($0)) })
      }
    }
    let present = Set(header.columns.map(\.header.variable))
    hasSubstitute = scores.map { !present.isDisjoint(with: $0.score.substitutes) }
    let inputs = scores.flatMap { $0.score.inputs + $0.score.optionalInputs + $0.score.substitutes }
    parser = BlockParser(
      header, separator: separator,
      used: writer.hasNotes ? present : Set(inputs), columns: scoring.columns)
  }

  /// The variable columns that are read, in the order of the file.
  var readColumns: [ColumnHeader] { parser.readers.map(\.header) }

  /// How rows and cells are found.
  var scanner: TableScanner { parser.scanner }

  /// Scores a block.
  func outcome(of block: CohortBlock) -> Outcome {
    var outcome = Outcome(number: block.number)
    block.bytes.withUnsafeBufferPointer { bytes in
      let rows = parser.rows(bytes, of: block, columns: scoring.columns)
      let results = scoring.results(of: rows.patients)
      outcome.tally.rows = rows.rows.count
      for (index, counts) in rows.oddities.enumerated() {
        for oddity in CellReader.Oddity.allCases {
          outcome.tally.add(.odd(column: index, oddity), counts[oddity.rawValue])
        }
      }
      for (score, values) in zip(scoring.scores, results) {
        outcome.tally.count(score, values, rows.patients) { scoring.columns.firstIndex(of: $0) }
      }
      outcome.bytes.reserveCapacity(bytes.count)
      write(rows, results, bytes, &outcome)
      outcome.bad = rows.bad
    }
    return outcome
  }

  private func write(
    _ rows: CohortRows, _ results: [ScoreColumn], _ bytes: UnsafeBufferPointer<UInt8>,
    _ outcome: inout Outcome
  ) {
    let keptCount = parser.header.kept.count
    var output = OutputRow()
    output.values = Array(repeating: .none, count: scores.count)
    for (number, row) in rows.rows.enumerated() {
      output.line = row.line
      output.kept.removeAll(keepingCapacity: true)
      for kept in 0..<keptCount {
        let range = rows.kept[number * keptCount + kept]
        output.kept.append(UnsafeBufferPointer(rebasing: bytes[range]))
      }
      if !output.reason.isEmpty { output.reason = "" }
      if !output.notes.isEmpty { output.notes = [] }
      if case .bad(let place) = row.state {
        for index in scores.indices { output.values[index] = .none }
        output.reason = rows.bad[place].sentences.joined(separator: "; ")
      } else {
        score(number, row, rows, results, bytes, &output, &outcome.tally)
      }
      writer.write(output, to: &outcome.bytes)
    }
  }

  /// Scores a good row.
  private func score(
    _ number: Int, _ row: CohortRows.Row, _ rows: CohortRows, _ results: [ScoreColumn],
    _ bytes: UnsafeBufferPointer<UInt8>, _ output: inout OutputRow, _ tally: inout Tally
  ) {
    var reasons: [String] = []
    var patient: Patient?
    for index in scores.indices {
      if let place = places[index], row.state == .columns {
        let steps = results[place].values[number]
        if steps != ScoreColumn.none {
          output.values[index] = .steps(steps, decimals: decimals[index])
          continue
        }
        let missing = hasSubstitute[index] ? [] : missing(index, number, rows.patients)
        if !missing.isEmpty {
          output.values[index] = .none
          reasons.append("\(scores[index].name) needs \(missing.map(\.id).joined(separator: ", "))")
          continue
        }
      }
      let score = scores[index]
      let known = patient ?? parser.patient(bytes, of: row)
      patient = known
      let result = score.score.result(for: known, variant: score.variant)
      tally.count(result, asked: score.variant)
      output.values[index] = result.reportedText.map { .text($0) } ?? .none
      if let reason = Self.reason(result) { reasons.append("\(score.name) \(reason)") }
      if writer.hasNotes { output.notes += Self.notes(result, asked: score) }
    }
    if !reasons.isEmpty { output.reason = reasons.joined(separator: "; ") }
  }

  /// The inputs of a score that a row does not have.
  private func missing(_ index: Int, _ row: Int, _ patients: PatientColumns) -> [Variable] {
    needs[index].filter { need in
      patients[row, need.column].isNaN
        && !(need.replacement.map { patients[row, $0] == 1 } ?? false)
    }.map(\.variable)
  }

  /// Why a score has no value.
  private static func reason(_ result: ScoreResult) -> String? {
    switch result.outcome {
    case .value: nil
    case .notApplicable(let reason): "does not apply: \(reason)"
    case .missing(let gaps):
      "needs "
        + gaps.map { gap in
          gap.variable.id + (gap.reason.map { " (\($0))" } ?? "")
        }.joined(separator: ", ")
    }
  }

  /// What a reader must know of one result: held inputs, another form, and what the score says.
  private static func notes(_ result: ScoreResult, asked score: CohortScore) -> [String] {
    guard result.value != nil else { return [] }
    var notes = result.inputs.compactMap { input in
      input.adjustment.map { "\(input.variable.id) \(input.typed) used as \(input.used) (\($0))" }
    }
    let usual = score.variant ?? score.score.variants.first?.id
    if result.variant.id != usual { notes.append("form \(result.variant.id)") }
    // What holds for every patient is in the documentation of the score.
    let constant = (score.score.unconfirmed + [result.variant.unconfirmed].compactMap { $0 })
    notes += result.notes.filter { note in !constant.contains { note.hasSuffix($0) } }
    notes += result.disagreements.map { "under \($0.variant.id) \($0.text)" }
    return notes.map { "\(score.name): \($0)" }
  }
}
